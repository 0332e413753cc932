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
    query: z.strictObject({ ...pageParameters, sort: creationSort }),
    successes: [{ status: 200, schema: z.array(AuditEntry) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => listAudit(deps, sortedPage(call)),
    reply: (page, call) => call.paged(page),
  }),
];
