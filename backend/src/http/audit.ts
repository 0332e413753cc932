import { AuditEntry, type AuditVerb, listAudit } from '@curlew/core/audit';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { creationSort, pageParameters, sorted } from './query.ts';

export type AuditPorts = Omit<AuditVerb, 'ctx'>;

const route = routesFor<AuditPorts>();

export const auditRoutes = [
  route({
    id: 'listAudit',
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
    run: (verb, call) => listAudit(verb, sorted(call)),
    reply: (page, call) => call.paged(page),
  }),
];
