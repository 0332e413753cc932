import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { sdkTimeouts } from '../../sdk-timeouts.ts';

// Creating an account takes Cognito one or two seconds, because it sends the mail before it responds.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 5000 };

/** A client whose calls always end: with a response, or with an error after three attempts. */
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
