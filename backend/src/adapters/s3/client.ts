import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type S3Config = S3ClientConfig & { readonly answerTimeoutMilliseconds?: number };

// Objects have a few megabytes at most. The attempts must fail well before the function's own timeout.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 3000 };

/** A client whose calls always end: with a response, or with an error after three attempts. */
export function s3({ answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds, ...config }: S3Config = {}): S3Client {
  return new S3Client({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
