import { AuditEntry } from '@curlew/core/audit';
import type { auditRoutes } from '../../http/audit.ts';
import { IDS } from './example-data.ts';
import { get } from './test-request.ts';
import { type OperationTexts, textsOf } from './text-types.ts';

export const auditOperations = {
  listAudit: {
    summary: 'Read the audit log',
    description:
      'Who signed in or tried to, used or made keys, changed roles, exported or erased data. Nobody can change an entry. To keep a copy elsewhere, walk with `sort=createdAt` and go on from the last cursor.',
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
    actorId: 'Who did it; null for somebody who could not prove it.',
    keyId: 'The API key that they came with.',
    subjectId: 'Whom or what it was done to.',
    address: 'The network address that the request came from.',
  }),
];
