import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export type S3Config = S3ClientConfig & { readonly answerTimeoutMilliseconds?: number };

// A few megabytes at most; a function has to say in time that they did not come.
const CALL = { maxAttempts: 3, connectionTimeoutMilliseconds: 1000, answerTimeoutMilliseconds: 3000 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
export function s3({ answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds, ...config }: S3Config = {}): S3Client {
  return new S3Client({
    maxAttempts: CALL.maxAttempts,
    requestHandler: {
      connectionTimeout: CALL.connectionTimeoutMilliseconds,
      requestTimeout: answerTimeoutMilliseconds,
      // That ends with the headers; a body that stops half way is silence on the line.
      socketTimeout: answerTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
    ...config,
  });
}
