import { Ticket, type TriageDeps } from '@curlew/core/ticket';
import { Analysis, NewAnalysis, SuggestionChoice } from '@curlew/core/triage';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { json } from './reply.ts';
import { ticketRef, ticketReply } from './tickets.ts';

export type TriagePorts = Omit<TriageDeps, 'ctx'>;

const route = routesFor<TriagePorts>();
// Imported on demand, so that a Lambda function does not load the code at each cold start.
const operations = () => import('@curlew/core/ticket/triage');

export const triageRoutes = [
  route({
    id: 'analyzeText',
    right: 'tickets:read',
    over: 'all',
    method: 'POST',
    path: '/analyses',
    body: { schema: NewAnalysis, kind: 'create' },
    successes: [{ status: 200, schema: Analysis }],
    problems: ['unavailable'],
    run: async (deps, { body }) => (await operations()).analyzeText(deps, body.text),
    reply: (analysis) => json(200, analysis),
  }),
  route({
    id: 'triageTicket',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage',
    body: { schema: z.strictObject({}), kind: 'create', optional: true },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 200, schema: Ticket }],
    problems: ['not_found', 'unavailable'],
    run: async (deps, call) => (await operations()).triageTicket(deps, ticketRef(call)),
    reply: (triaged) => ticketReply(200, triaged),
  }),
  route({
    id: 'applySuggestions',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage/apply',
    body: { schema: SuggestionChoice, kind: 'create', optional: true },
    accepts: ['If-Match', 'Idempotency-Key'],
    successes: [{ status: 200, schema: Ticket }],
    problems: ['not_found', 'precondition_failed'],
    run: async (deps, call) => (await operations()).applySuggestions(deps, ticketRef(call), call.body, call.expected),
    reply: (changed) => ticketReply(200, changed),
  }),
  route({
    id: 'revertSuggestions',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage/revert',
    body: { schema: SuggestionChoice, kind: 'create', optional: true },
    accepts: ['If-Match', 'Idempotency-Key'],
    successes: [{ status: 200, schema: Ticket }],
    problems: ['not_found', 'precondition_failed'],
    run: async (deps, call) => (await operations()).revertSuggestions(deps, ticketRef(call), call.body, call.expected),
    reply: (changed) => ticketReply(200, changed),
  }),
];
