import { sessionRoutes } from '../http/sessions.ts';
import type { Service } from './service-types.ts';

/** Sign-in. On AWS people sign in at the user pool instead. */
export const service = {
  name: 'sessions',
  description: 'Sign-in',
  routes: [sessionRoutes],
  ports: {
    users: 'users',
    sessions: 'sessions',
    passwords: 'passwords',
    tokens: 'accessTokens',
    secrets: 'sessionSecrets',
    audit: 'audit',
    publicKeys: 'publicKeys',
  },
  partOf: 'users',
  only: 'one-machine',
} as const satisfies Service;
