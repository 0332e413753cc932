import { CREDENTIALS, REGION } from './cloud.ts';

// biome-ignore lint/suspicious/noExplicitAny: responses of every operation in their wire format.
export type Json = any;

/** Calls an operation and returns its response in the wire format, which stream events of DynamoDB need. */
export async function jsonCall(url: string, target: string, body: object, service = 'dynamodb'): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
      authorization: `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as Json;
  if (!response.ok) throw Object.assign(new Error(`${target}: ${JSON.stringify(answer)}`), { type: answer.__type });
  return answer;
}
