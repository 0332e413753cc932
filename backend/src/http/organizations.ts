import {
  createOrganization,
  type FoundedOrganization,
  listOrganizations,
  NewOrganization,
  Organization,
  type OrganizationDeps,
  OrganizationFields,
  patchOrganization,
  readOrganization,
} from '@curlew/core/organization';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { etagOf } from './etag.ts';
import { preferredReply } from './preferred-reply.ts';
import { creationSort, pageParameters, sortedPage } from './query.ts';
import { json, type Reply } from './reply.ts';
import { UserAnswer, userAnswer } from './users.ts';

export type OrganizationPorts = Omit<OrganizationDeps, 'ctx'>;

const route = routesFor<OrganizationPorts>();

export const FoundedOrganizationAnswer = Organization.extend({ admin: UserAnswer });

export const organizationRoutes = [
  route({
    id: 'createOrganization',
    right: 'organizations:manage',
    over: 'all',
    changesCallers: true,
    method: 'POST',
    path: '/organizations',
    body: { schema: NewOrganization, kind: 'create' },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, schema: FoundedOrganizationAnswer }],
    problems: [],
    run: (deps, { body }) => createOrganization(deps, body),
    reply: ({ organization, admin }: FoundedOrganization, { path }) =>
      organizationReply(201, { ...organization, admin: userAnswer(admin) }, { location: `${path}/${organization.id}` }),
  }),
  route({
    id: 'listOrganizations',
    right: 'organizations:read',
    method: 'GET',
    path: '/organizations',
    query: z.strictObject({ ...pageParameters, sort: creationSort }),
    successes: [{ status: 200, schema: z.array(Organization) }],
    problems: ['invalid_cursor'],
    run: (deps, call) => listOrganizations(deps, sortedPage(call)),
    reply: (page, call) => call.paged(page),
  }),
  route({
    id: 'getOrganization',
    right: 'organizations:read',
    method: 'GET',
    path: '/organizations/{organizationId}',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: Organization }],
    problems: ['not_found'],
    run: (deps, { params }) => readOrganization(deps, params.organizationId ?? ''),
    reply: (found) => organizationReply(200, found),
  }),
  route({
    id: 'patchOrganization',
    right: 'organizations:manage',
    changesCallers: true,
    method: 'PATCH',
    path: '/organizations/{organizationId}',
    body: { schema: OrganizationFields, kind: 'merge' },
    accepts: ['If-Match', 'Idempotency-Key', 'Prefer'],
    successes: [{ status: 200, schema: Organization }, { status: 204 }],
    problems: ['not_found', 'read_only', 'precondition_failed'],
    run: (deps, { params, body, expected }) => patchOrganization(deps, params.organizationId ?? '', body, expected),
    reply: (changed, call) => preferredReply(call, organizationReply(200, changed)),
  }),
];

function organizationReply<Answer extends Organization>(
  status: number,
  answer: Answer,
  headers: Record<string, string> = {},
): Reply {
  return json(status, answer, { etag: etagOf(answer.version), ...headers });
}
