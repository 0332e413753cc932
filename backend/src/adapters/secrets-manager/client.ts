import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type SecretsConfig = SecretsManagerClientConfig & { readonly answerTimeoutMilliseconds?: number };

// A request waits for this: three tries of this length leave a function the time to say that it was in vain.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 1500 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
export function secretsClient({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: SecretsConfig = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
