import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

// A new account takes Cognito a second or two, since it sends the mail before it answers.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 5000 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
export function cognito({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: CognitoIdentityProviderClientConfig & {
  readonly answerTimeoutMilliseconds?: number;
} = {}): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...config,
  });
}
