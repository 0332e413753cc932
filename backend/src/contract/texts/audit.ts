import { AuditEntry } from '@curlew/core/audit';
import type { auditRoutes } from '../../http/audit.ts';
import { type OperationTexts, textsOf } from './text-types.ts';

export const auditOperations = {
  listAudit: {
    summary: 'Read the audit log',
    description:
      'Who signed in or tried to, used or made keys, changed roles, exported or erased data. Nobody can change an entry. To keep a copy elsewhere, walk with `sort=createdAt` and go on from the last cursor.',
    successes: ['A page of entries.'],
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
