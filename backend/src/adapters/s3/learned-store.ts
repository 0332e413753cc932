import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { StaleError } from '@curlew/core/kernel';
import type { LearnedStore } from '@curlew/core/triage';

/**
 * An object for each organization, `learned/` and a digest of its id; a revision is the object's ETag, and S3 itself
 * refuses to write over another. Needs `s3:GetObject` and `s3:PutObject` on the objects, and `s3:ListBucket` on the
 * bucket: without it S3 says of an object that is not there that it is forbidden.
 */
export function s3LearnedStore(client: S3Client, bucket: string): LearnedStore {
  const placeOf = (organizationId: string) => ({
    Bucket: bucket,
    Key: `learned/${createHash('sha256').update(organizationId).digest('hex')}`,
  });

  return {
    async load(organizationId) {
      const found = await client.send(new GetObjectCommand(placeOf(organizationId))).catch(unlessMissing);
      if (found === undefined) return undefined;
      const bytes = await found.Body?.transformToByteArray();
      if (bytes === undefined) throw new Error(`${bucket} answered without a body.`);
      return { bytes, revision: given(found.ETag) };
    },
    async revision(organizationId) {
      const found = await client.send(new HeadObjectCommand(placeOf(organizationId))).catch(unlessMissing);
      return found === undefined ? undefined : given(found.ETag);
    },
    async save(organizationId, bytes, revision) {
      const command = new PutObjectCommand({
        ...placeOf(organizationId),
        Body: bytes,
        ContentType: 'application/octet-stream',
        ...(revision === undefined ? { IfNoneMatch: '*' } : { IfMatch: revision }),
      });
      const { ETag } = await client.send(command).catch((error) => {
        throw statusOf(error) === 412 || statusOf(error) === 409 || isMissing(error) ? new StaleError() : error;
      });
      return given(ETag);
    },
  };

  function given(tag: string | undefined): string {
    if (tag === undefined) throw new Error(`${bucket} answered without an ETag.`);
    return tag;
  }
}

function unlessMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

/** A bucket that is not there is a fault, not an empty one. */
function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && !(error instanceof Error && error.name === 'NoSuchBucket');
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}
