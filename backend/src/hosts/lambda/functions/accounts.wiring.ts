// Printed by "npm run generate" from backend/src/services; do not edit.
import * as users from '../../../services/users.ts';
import { type Reacting, reacting, type Serving, serving } from '../../serving.ts';
import type { LambdaHost } from '../lambda-host.ts';
import * as usersPorts from '../ports/users.ts';

export const wiring: Reacting<LambdaHost> = reacting<LambdaHost, typeof users.accounts>(users.accounts, { users: usersPorts.userLookup, accounts: usersPorts.accounts, rolesWithAccounts: usersPorts.rolesWithAccounts });
