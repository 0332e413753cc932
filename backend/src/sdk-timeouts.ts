const CONNECTION_TIMEOUT_MILLISECONDS = 1000;

/** Options of an AWS SDK client that limit each call: it ends with a response, or with an error after `maxAttempts`. */
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
      // `requestTimeout` ends with the headers. This limit ends a call whose body stops in the middle.
      socketTimeout: answerTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
  };
}
