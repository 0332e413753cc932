import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { StaleError } from '@curlew/core/kernel';
import type { LearnedStore } from '@curlew/core/triage';

/**
 * Stores one object for each organization: `learned/` and a digest of the organization's id. A revision is the object's
 * ETag, and S3 itself refuses to overwrite another revision. Needs `s3:GetObject` and `s3:PutObject` on the objects,
 * and `s3:ListBucket` on the bucket: without it, S3 answers 403 instead of 404 for a missing object.
 */
export function s3LearnedStore(client: S3Client, bucket: string): LearnedStore {
  const objectKey = (organizationId: string) => ({
    Bucket: bucket,
    Key: `learned/${createHash('sha256').update(organizationId).digest('hex')}`,
  });

  return {
    async load(organizationId) {
      const found = await client.send(new GetObjectCommand(objectKey(organizationId))).catch(unlessMissing);
      if (found === undefined) return undefined;
      const bytes = await found.Body?.transformToByteArray();
      if (bytes === undefined) throw new Error(`${bucket} answered without a body.`);
      return { bytes, revision: requireTag(found.ETag) };
    },
    async revision(organizationId) {
      const found = await client.send(new HeadObjectCommand(objectKey(organizationId))).catch(unlessMissing);
      return found === undefined ? undefined : requireTag(found.ETag);
    },
    async save(organizationId, bytes, revision) {
      const command = new PutObjectCommand({
        ...objectKey(organizationId),
        Body: bytes,
        ContentType: 'application/octet-stream',
        ...(revision === undefined ? { IfNoneMatch: '*' } : { IfMatch: revision }),
      });
      const { ETag } = await client.send(command).catch((error) => {
        throw statusOf(error) === 412 || statusOf(error) === 409 || isMissing(error) ? new StaleError() : error;
      });
      return requireTag(ETag);
    },
  };

  function requireTag(tag: string | undefined): string {
    if (tag === undefined) throw new Error(`${bucket} answered without an ETag.`);
    return tag;
  }
}

function unlessMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

/** Whether the object is missing. A missing bucket is an error, not a missing object. */
function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && !(error instanceof Error && error.name === 'NoSuchBucket');
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
}
