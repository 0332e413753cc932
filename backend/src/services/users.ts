import { USER_EVENTS, UserEvent } from '@curlew/core/user';
import { onUserEvent } from '@curlew/core/user/on-user-event.ts';
import { apiKeyRoutes } from '../http/api-keys.ts';
import { auditRoutes } from '../http/audit.ts';
import { organizationRoutes } from '../http/organizations.ts';
import { userRoutes } from '../http/users.ts';
import type { Service, Subscription } from './service-types.ts';

export const service = {
  name: 'users',
  description: 'Users',
  routes: [userRoutes, apiKeyRoutes, organizationRoutes, auditRoutes],
  ports: {
    users: 'users',
    keys: 'apiKeys',
    secrets: 'apiKeySecrets',
    organizations: 'organizations',
    firstAdmin: 'firstAdmin',
    setPassword: 'setPassword',
    audit: 'audit',
  },
  table: {
    indexes: [
      { name: 'by-creation', partition: 'o', sort: 'c', include: ['user', 'listed'] },
      { name: 'by-role', partition: 'r', sort: 'c', include: ['user', 'listed'] },
    ],
    stream: true,
  },
  mayUse: {
    users: { items: ['GetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem', 'UpdateItem'], indexes: true },
    audit: { items: ['PutItem', 'Query'] },
  },
} as const satisfies Service;

export const accounts = {
  name: 'accounts',
  description: 'Updates the accounts of the user pool when users change',
  events: USER_EVENTS,
  event: UserEvent,
  react: onUserEvent,
  ports: { users: 'userLookup', accounts: 'accounts', rolesWithAccounts: 'rolesWithAccounts' },
  needs: 'user-pool',
  mayUse: { users: { items: ['GetItem'] } },
  pool: [
    'AdminGetUser',
    'AdminCreateUser',
    'AdminUpdateUserAttributes',
    'AdminListGroupsForUser',
    'AdminAddUserToGroup',
    'AdminRemoveUserFromGroup',
    'AdminEnableUser',
    'AdminDisableUser',
    'AdminUserGlobalSignOut',
    'AdminDeleteUser',
  ],
  // A reaction makes several calls to Cognito one after the other, and the SDK may retry each call.
  timeoutSeconds: 60,
} as const satisfies Subscription;
