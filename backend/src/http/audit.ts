import { type AuditDeps, AuditEntry, listAudit } from '@curlew/core/audit';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { creationSort, pageParameters, sortedPage } from './query.ts';

export type AuditPorts = Omit<AuditDeps, 'ctx'>;

const route = routesFor<AuditPorts>();

export const auditRoutes = [
  route({
    id: 'listAudit',
    right: 'audit:read',
    method: 'GET',
    path: '/audit',
    service: 'users',
    summary: 'Read the audit log',
    description:
      'Who signed in or tried to, used or made keys, changed roles, exported or erased data. Nobody can change an ' +
      'entry. To keep a copy elsewhere, walk with `sort=createdAt` and go on from the last cursor.',
    query: z.strictObject({ ...pageParameters, sort: creationSort }),
    successes: [{ status: 200, description: 'A page of entries.', schema: z.array(AuditEntry) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => listAudit(deps, sortedPage(call)),
    reply: (page, call) => call.paged(page),
  }),
];
