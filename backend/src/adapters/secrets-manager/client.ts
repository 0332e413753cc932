import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

export type SecretsConfig = SecretsManagerClientConfig & { readonly answerTimeoutMilliseconds?: number };

// A request waits for this call. Three attempts of this length leave the function time to answer with an error.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 1500 };

/** A client whose calls always end: with a response, or with an error after three attempts. */
export function secretsClient({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: SecretsConfig = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
