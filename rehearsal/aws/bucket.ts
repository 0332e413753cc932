import { CREDENTIALS, REGION } from './cloud.ts';

/** Access to a bucket with the owner's rights. */
export function bucketAt(endpoint: string, name: string) {
  return {
    /** Keys of current objects, without old versions. */
    async keys(): Promise<string[]> {
      return textsIn('Key', await call(endpoint, 'GET', `/${name}?list-type=2`));
    },
    /** Removes every version: moto cannot delete a bucket that still has delete markers. */
    async empty(): Promise<void> {
      const versions = (await call(endpoint, 'GET', `/${name}?versions`)).split('<Version>').slice(1);
      for (const version of versions) {
        const [[key], [id]] = [textsIn('Key', version), textsIn('VersionId', version)];
        await call(endpoint, 'DELETE', `/${name}/${key}?versionId=${id}`);
      }
    },
  };
}

export async function bucketNames(endpoint: string): Promise<string[]> {
  return textsIn('Name', await call(endpoint, 'GET', '/'));
}

async function call(endpoint: string, method: string, path: string): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=none`;
  const response = await fetch(endpoint + path, { method, headers: { authorization } });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.text();
}

function textsIn(element: string, xml: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]+)`, 'g'))].map(([, text = '']) => text);
}
