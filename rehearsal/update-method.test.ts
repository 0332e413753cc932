import { expect, it } from 'vitest';
import { applyPatches } from './update-method.ts';

const METHOD = { httpMethod: 'ANY', authorizationType: 'NONE', authorizerId: null, authorizationScopes: null };

it('replaces fields, and adds single scopes', () => {
  const after = applyPatches(METHOD, [
    { op: 'replace', path: '/authorizationType', value: 'COGNITO_USER_POOLS' },
    { op: 'replace', path: '/authorizerId', value: 'a1' },
    { op: 'add', path: '/authorizationScopes', value: 'openid' },
    { op: 'add', path: '/authorizationScopes', value: 'email' },
    { op: 'replace', path: '/apiKeyRequired', value: 'true' },
  ]);
  expect(after).toEqual({
    httpMethod: 'ANY',
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId: 'a1',
    authorizationScopes: ['openid', 'email'],
    apiKeyRequired: true,
  });
  expect(applyPatches(after, [{ op: 'remove', path: '/authorizationScopes', value: 'openid' }])).toMatchObject({
    authorizationScopes: ['email'],
  });
});

it('throws for an unknown field', () => {
  expect(() => applyPatches(METHOD, [{ op: 'add', path: '/requestParameters/x', value: 'true' }])).toThrow(
    '/requestParameters/x',
  );
});
