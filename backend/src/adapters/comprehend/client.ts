import { ComprehendClient, type ComprehendClientConfig } from '@aws-sdk/client-comprehend';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type ComprehendConfig = ComprehendClientConfig & { readonly answerTimeoutMilliseconds?: number };

// There is an analyser on this side as well: better its answer soon than Comprehend's late.
const CALL = { maxAttempts: 2, answerTimeoutMilliseconds: 3000 };

/** A client whose every call ends: with an answer, or after two tries with an error. */
export function comprehend({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: ComprehendConfig = {}): ComprehendClient {
  return new ComprehendClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
