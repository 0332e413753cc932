import { ComprehendClient, type ComprehendClientConfig } from '@aws-sdk/client-comprehend';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type ComprehendConfig = ComprehendClientConfig & { readonly answerTimeoutMilliseconds?: number };

// Short limits: the fallback analyser gives an answer sooner than a slow call would.
const CALL = { maxAttempts: 2, answerTimeoutMilliseconds: 3000 };

/** A client whose calls always end: with a response, or with an error after two attempts. */
export function comprehend({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: ComprehendConfig = {}): ComprehendClient {
  return new ComprehendClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
