import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type S3Config = S3ClientConfig & { readonly answerTimeoutMilliseconds?: number };

// A few megabytes at most; a function has to say in time that they did not come.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 3000 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
export function s3({ answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds, ...config }: S3Config = {}): S3Client {
  return new S3Client({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
