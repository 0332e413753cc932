const CONNECTION_TIMEOUT_MILLISECONDS = 1000;

/** For a client of the SDK whose every call ends: with an answer, or after a few tries with an error. */
export function callsThatEnd({
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
