import { AuditAction, AuditEntry } from '@curlew/core/audit';
import type { auditRoutes } from '../../http/audit.ts';
import { IDS } from './example-data.ts';
import { get } from './test-request.ts';
import { type OperationTexts, type SchemaName, textsOf } from './text-types.ts';

export const auditOperations = {
  listAudit: {
    summary: 'Read the audit log',
    description:
      'The log records sign-ins and failed sign-ins, the use and creation of keys, changes of roles, and exports and deletions of data. Entries cannot be changed. To copy the log to another system, list it with `sort=createdAt` and continue from the last cursor.',
    successes: ['A page of entries.'],
    examples: {
      query: { limit: 50, sort: 'createdAt' },
      answers: {
        200: {
          'A customer became an agent': [
            {
              id: 'aud_01kjsfkm056n2cmsvvrjazj1ft',
              time: '2026-03-03T09:20:00.000Z',
              action: 'user.role_changed',
              actorId: 'usr_admin',
              keyId: null,
              subjectId: IDS.customer,
              address: '192.0.2.17',
              requestId: IDS.request,
              details: { from: 'customer', to: 'agent' },
            },
          ],
        },
      },
    },
    access: ['audit:read', 'none', 'none', 'none', 'all', 'all'],
    request: { send: () => get('/v1/audit') },
  },
} as const satisfies OperationTexts<typeof auditRoutes>;

export const auditSchemas = [
  textsOf(AuditEntry, {
    actorId: 'The user who acted; null if the caller could not prove an identity.',
    keyId: 'The API key that the request was sent with.',
    subjectId: 'The user or the resource that the action changed.',
    address: 'The network address that the request came from.',
  }),
];

export const auditNames: readonly SchemaName[] = [
  [
    AuditEntry,
    'AuditEntry',
    'An entry of the audit log: an action and the user who did it. Entries cannot be changed.',
  ],
  [AuditAction, 'AuditAction', 'The action that the entry records.'],
];
