import { ComprehendClient, type ComprehendClientConfig } from '@aws-sdk/client-comprehend';

export type ComprehendConfig = ComprehendClientConfig & { readonly answerTimeoutMilliseconds?: number };

// There is an analyser on this side as well: better its answer soon than Comprehend's late.
const CALL = { maxAttempts: 2, connectionTimeoutMilliseconds: 1000, answerTimeoutMilliseconds: 3000 };

/** A client whose every call ends: with an answer, or after two tries with an error. */
export function comprehend({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: ComprehendConfig = {}): ComprehendClient {
  return new ComprehendClient({
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
