const CONNECTION_TIMEOUT_MILLISECONDS = 1000;

/** Options of an AWS SDK client, so that each call ends: with an answer, or after `maxAttempts` tries with an error. */
export function sdkTimeouts({
  maxAttempts,
  answerTimeoutMilliseconds,
}: {
  readonly maxAttempts: number;
  readonly answerTimeoutMilliseconds: number;
}) {
  return {
    maxAttempts,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MILLISECONDS,
      requestTimeout: answerTimeoutMilliseconds,
      // That ends with the headers; a body that stops half way is silence on the line.
      socketTimeout: answerTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
  };
}
