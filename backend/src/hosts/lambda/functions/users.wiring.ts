// Printed by "npm run generate" from backend/src/services; do not edit.
import * as users from '../../../services/users.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as usersPorts from '../ports/users.ts';

export const wiring: readonly Serving<LambdaHost>[] = [
  serving<LambdaHost, typeof users.service>(users.service, { users: usersPorts.users, keys: usersPorts.apiKeys, secrets: usersPorts.apiKeySecrets, organizations: usersPorts.organizations, firstAdmin: usersPorts.firstAdmin, audit: usersPorts.audit }),
];
