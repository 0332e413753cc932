import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';

// A new account takes Cognito a second or two, since it sends the mail before it answers.
const CALL = { maxAttempts: 3, connectionTimeoutMilliseconds: 1000, answerTimeoutMilliseconds: 5000 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
export function cognito({
  answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds,
  ...config
}: CognitoIdentityProviderClientConfig & {
  readonly answerTimeoutMilliseconds?: number;
} = {}): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
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
