import { Ticket, type TriageDeps } from '@curlew/core/ticket';
import { Analysis, NewAnalysis, SuggestionChoice } from '@curlew/core/triage';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { json } from './reply.ts';
import { ticketRef, ticketReply } from './tickets.ts';

export type TriagePorts = Omit<TriageDeps, 'ctx'>;

const route = routesFor<TriagePorts>();
// A function need not read them at each cold start.
const verbs = () => import('@curlew/core/ticket/triage');

export const triageRoutes = [
  route({
    id: 'analyzeText',
    right: 'tickets:read',
    over: 'all',
    method: 'POST',
    path: '/analyses',
    service: 'tickets',
    summary: 'Analyse a text',
    description:
      'Language, sentiment, key phrases, urgency with its reasons, and category of any text. HTML is read as a reader would see it. Nothing is stored, so there is no Idempotency-Key: the same text has the same analysis.',
    body: { schema: NewAnalysis, kind: 'create' },
    successes: [{ status: 200, description: 'What was found.', schema: Analysis }],
    problems: ['unavailable'],
    run: async (deps, { body }) => (await verbs()).analyzeText(deps, body.text),
    reply: (analysis) => json(200, analysis),
  }),
  route({
    id: 'triageTicket',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage',
    service: 'tickets',
    summary: 'Triage a ticket again',
    description:
      'Reads the ticket and the latest reply of its reporter at once. That happens by itself, a moment after a ticket is opened or its customer replies; ask for it when settings or the analyser have changed.',
    body: { schema: z.strictObject({}), kind: 'create', optional: true },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 200, description: 'The ticket with its triage.', schema: Ticket }],
    problems: ['not_found', 'unavailable'],
    run: async (deps, call) => (await verbs()).triageTicket(deps, ticketRef(call)),
    reply: (triaged) => ticketReply(200, triaged),
  }),
  route({
    id: 'applySuggestions',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage/apply',
    service: 'tickets',
    summary: 'Apply what triage suggests',
    description:
      'Sets the fields as the open suggestions say, all or those of `fields`. Send `If-Match`, so that nothing is set on a ticket that somebody has changed since you looked; like everywhere it compares `v` only, and a new reply may have brought other suggestions. Without open suggestions nothing changes.',
    body: { schema: SuggestionChoice, kind: 'create', optional: true },
    accepts: ['If-Match', 'Idempotency-Key'],
    successes: [{ status: 200, description: 'The ticket as it is now.', schema: Ticket }],
    problems: ['not_found', 'precondition_failed'],
    run: async (deps, call) => (await verbs()).applySuggestions(deps, ticketRef(call), call.body, call.expected),
    reply: (changed) => ticketReply(200, changed),
  }),
  route({
    id: 'revertSuggestions',
    right: 'tickets:manage',
    method: 'POST',
    path: '/tickets/{ticketId}/triage/revert',
    service: 'tickets',
    summary: 'Take back what was applied',
    description:
      'Sets the fields as they were before suggestions were applied, all or those of `fields`. What people have changed since stays. What was taken back is not suggested again.',
    body: { schema: SuggestionChoice, kind: 'create', optional: true },
    accepts: ['If-Match', 'Idempotency-Key'],
    successes: [{ status: 200, description: 'The ticket as it is now.', schema: Ticket }],
    problems: ['not_found', 'precondition_failed'],
    run: async (deps, call) => (await verbs()).revertSuggestions(deps, ticketRef(call), call.body, call.expected),
    reply: (changed) => ticketReply(200, changed),
  }),
];
