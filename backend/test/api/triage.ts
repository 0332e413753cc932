import { expect } from 'vitest';
import { type Answer, type ApiHost, get, patch, post } from './host.ts';
import type { ApiRow } from './table.ts';

type Send = ApiHost['send'];
interface Given {
  readonly body: { id: string; version: number };
}

const TITLE = 'All tills are down';
const DESCRIPTION = 'Since this morning nobody in our twelve stores can take payments. This is a disaster.';
const TEXT = `${TITLE}\n\n${DESCRIPTION}`;
const isPriority = ({ field }: { field: string }) => field === 'priority';
const MOOD = { customFields: { mood: 1 } };

const opened = (fields: object = {}) => post('/v1/tickets', { title: TITLE, description: DESCRIPTION, ...fields });
const at = ({ body }: Given, rest = '') => `/v1/tickets/${body.id}${rest}`;

/** Creates a ticket and triages it. The response is the triaged ticket. */
const triaged =
  (fields: object = {}) =>
  async (send: Send) => {
    const ticket = await send(opened(fields));
    return send(post(at(ticket, '/triage')));
  };

async function applied(send: Send) {
  const ticket = await triaged()(send);
  return send(post(at(ticket, '/triage/apply'), { fields: ['priority'] }));
}

async function reverted(send: Send) {
  return send(post(at(await applied(send), '/triage/revert')));
}

export const triage: readonly ApiRow[] = [
  {
    name: 'OK: the findings have offsets into title, blank line and description',
    given: (send) => send(opened()),
    send: (ticket) => post(at(ticket, '/triage')),
    status: 200,
    headers: { etag: '"v1-d1"' },
    body({ triage: found, version, updatedAt, createdAt }: Answer['body']) {
      const { sentiment, urgency, keyPhrases, latestMessage, suggestions, analyzer } = found;
      expect(version).toBe(1);
      expect(updatedAt > createdAt).toBe(true);
      expect(sentiment).toMatchObject({ label: 'NEGATIVE' });
      expect(urgency).toMatchObject({ level: 'CRITICAL' });
      expect(analyzer).toMatchObject({ name: 'embedded', masked: 0 });
      expect(latestMessage).toBeNull();
      const spans = [...keyPhrases, ...urgency.reasons];
      expect(spans.length).toBeGreaterThan(2);
      for (const { text, begin, end } of spans) expect(TEXT.slice(begin, end)).toBe(text);
      const [priority] = suggestions.filter(isPriority);
      expect(priority).toMatchObject({ value: 'CRITICAL', state: 'open', replaced: null, messageId: null });
    },
    events: ['ticket.triaged'],
  },
  {
    name: 'OK: a ticket in a language without rules has no urgency, also in lists',
    given: triaged({
      title: 'Frage zum Passwort',
      description: 'Wie kann ich bitte mein Passwort ändern?',
      tags: ['german'],
    }),
    send: get('/v1/tickets?tag=german'),
    status: 200,
    body: [{ triage: { sentiment: 'NEUTRAL', urgency: null } }],
  },
  {
    name: 'OK: a second triage changes nothing',
    given: triaged(),
    send: (ticket) => post(at(ticket, '/triage'), {}),
    status: 200,
    headers: { etag: '"v1-d1"' },
  },
  {
    name: 'OK: a repeat with the same Idempotency-Key is replayed',
    async given(send) {
      const ticket = await send(opened());
      await send(post(at(ticket, '/triage'), {}, { 'idempotency-key': 'again' }));
      return ticket;
    },
    send: (ticket) => post(at(ticket, '/triage'), {}, { 'idempotency-key': 'again' }),
    status: 200,
    headers: { 'idempotent-replayed': 'true', etag: '"v1-d1"' },
  },
  {
    name: 'OK: the latest reply of the reporter gives the current sentiment',
    async given(send) {
      const ticket = await triaged()(send);
      await send(post(at(ticket, '/messages'), { body: 'Thank you so much, everything works again! Great support.' }));
      await send(post(at(ticket, '/messages'), { kind: 'note', body: 'This customer is a terrible nuisance.' }));
      return ticket;
    },
    send: (ticket) => post(at(ticket, '/triage')),
    status: 200,
    body({ triage: found }: Answer['body']) {
      const { sentiment, latestMessage } = found;
      expect(sentiment).toMatchObject({ label: 'NEGATIVE' });
      expect(latestMessage).toMatchObject({ sentiment: { label: 'POSITIVE' }, urgency: { level: 'LOW' } });
    },
    events: ['ticket.triaged'],
  },
  {
    name: 'OK: a list shows sentiment and urgency',
    given: triaged({ tags: ['listed'] }),
    send: get('/v1/tickets?tag=listed'),
    status: 200,
    body: [{ triage: { sentiment: 'NEGATIVE', urgency: 'CRITICAL' } }],
    lacks: ['keyPhrases', 'suggestions'],
  },
  {
    name: 'OK: a list can be filtered by sentiment',
    async given(send) {
      await triaged({ tags: ['moods'] })(send);
      return triaged({ tags: ['moods'], title: 'Thank you', description: 'I love your great service!' })(send);
    },
    send: get('/v1/tickets?tag=moods&sentiment=positive,mixed'),
    status: 200,
    body: [{ title: 'Thank you', triage: { sentiment: 'POSITIVE' } }],
    lacks: [TITLE],
  },
  {
    name: 'OK: the history contains the findings',
    given: triaged(),
    send: (ticket) => get(at(ticket, '/history')),
    status: 200,
    body: [
      {
        type: 'ticket.triaged',
        changes: expect.arrayContaining([{ field: 'urgency', from: null, to: 'CRITICAL' }]),
      },
      { type: 'ticket.created' },
    ],
  },
  {
    name: 'OK: an ETag from before the triage still matches',
    async given(send) {
      const ticket = await send(opened());
      await send(post(at(ticket, '/triage')));
      return ticket;
    },
    send: (ticket) => patch(at(ticket), { ...ticket.body, ...MOOD }, { 'if-match': '"v1-d0"' }),
    status: 200,
    headers: { etag: '"v2-d1"' },
    body: { ...MOOD, triage: { urgency: { level: 'CRITICAL' } } },
    events: ['ticket.updated'],
  },
  {
    name: 'OK: GET, edit, PATCH with an unchanged triage',
    given: triaged(),
    send: (ticket) => patch(at(ticket), { ...ticket.body, ...MOOD }),
    status: 200,
    body: MOOD,
    events: ['ticket.updated'],
  },
  {
    name: 'read_only: a triage cannot be written',
    given: triaged(),
    send: (ticket) => patch(at(ticket), { triage: { ...ticket.body.triage, keyPhrases: [] } }),
    status: 400,
    problem: 'read_only',
  },
  { name: 'not_found', send: post('/v1/tickets/tkt_none/triage'), status: 404, problem: 'not_found' },
  {
    name: 'invalid_request: unknown fields',
    given: (send) => send(opened()),
    send: (ticket) => post(at(ticket, '/triage'), { text: 'x' }),
    status: 400,
    errors: ['/text unknown_field'],
  },

  {
    name: 'applying, OK: sets the suggested values with a normal change',
    given: triaged(),
    send: (ticket) => post(at(ticket, '/triage/apply'), { fields: ['priority'] }, { 'if-match': '"v1-d1"' }),
    status: 200,
    headers: { etag: '"v2-d2"' },
    body({ priority, type, triage: found }: Answer['body']) {
      expect([priority, type]).toEqual(['CRITICAL', 'INCIDENT']);
      const decided = found.suggestions.find(isPriority);
      expect(decided).toMatchObject({ state: 'applied', replaced: 'MEDIUM', appliedBy: 'usr_admin' });
    },
    events: ['ticket.updated'],
  },
  {
    name: 'applying, OK: a category becomes a tag',
    given: triaged({ title: 'Refund', description: 'I want my money back. Please refund my last order.' }),
    send: (ticket) => post(at(ticket, '/triage/apply'), { fields: ['category'] }),
    status: 200,
    body: { tags: ['category:refund'] },
    events: ['ticket.updated'],
  },
  {
    name: 'applying, OK: a second time changes nothing',
    given: applied,
    send: (ticket) => post(at(ticket, '/triage/apply'), { fields: ['priority'] }),
    status: 200,
    headers: { etag: '"v2-d2"' },
  },
  {
    name: 'applying, OK: a ticket without triage stays unchanged',
    given: (send) => send(opened()),
    send: (ticket) => post(at(ticket, '/triage/apply')),
    status: 200,
    headers: { etag: '"v1-d0"' },
  },
  {
    name: 'applying, precondition_failed: the ticket has changed in the meantime',
    async given(send) {
      const ticket = await triaged()(send);
      await send(patch(at(ticket), { priority: 'LOW' }));
      return ticket;
    },
    send: (ticket) => post(at(ticket, '/triage/apply'), {}, { 'if-match': '"v1-d1"' }),
    status: 412,
    problem: 'precondition_failed',
  },
  {
    name: 'applying, invalid_request: a field that has no suggestions',
    given: triaged(),
    send: (ticket) => post(at(ticket, '/triage/apply'), { fields: ['status'] }),
    status: 400,
    errors: ['/fields/0 invalid_value'],
  },
  { name: 'applying, not_found', send: post('/v1/tickets/7000/triage/apply'), status: 404, problem: 'not_found' },
  {
    name: 'reverting, OK: restores the earlier values',
    given: applied,
    send: (ticket) => post(at(ticket, '/triage/revert')),
    status: 200,
    headers: { etag: '"v3-d3"' },
    body: { priority: 'MEDIUM' },
    events: ['ticket.updated'],
  },
  {
    name: 'reverting, OK: keeps later changes of people',
    async given(send) {
      const ticket = await applied(send);
      return send(patch(at(ticket), { priority: 'LOW' }));
    },
    send: (ticket) => post(at(ticket, '/triage/revert')),
    status: 200,
    body: { priority: 'LOW', version: 3 },
  },
  {
    name: 'reverting, OK: the value is not suggested again',
    given: reverted,
    send: (ticket) => post(at(ticket, '/triage')),
    status: 200,
    body({ triage: found }: Answer['body']) {
      expect(found.suggestions.filter(isPriority)).toMatchObject([{ state: 'reverted' }]);
    },
  },
  {
    name: 'settings, OK: off disables suggestions',
    async given(send) {
      await send(patch('/v1/organizations/default', { triage: { priority: 'off' } }));
      return send(opened());
    },
    send: (ticket) => post(at(ticket, '/triage')),
    status: 200,
    lacks: ['"field":"priority"'],
    events: ['ticket.triaged'],
  },
  {
    name: 'settings, OK: the organization has the settings',
    send: get('/v1/organizations/default'),
    status: 200,
    body: {
      triage: { priority: 'off', type: 'suggest', category: 'suggest', tags: 'suggest', maskPersonalData: false },
    },
  },
  {
    name: 'settings, OK: null restores the default',
    send: patch('/v1/organizations/default', { triage: { priority: null } }),
    status: 200,
    body: { triage: { priority: 'suggest', type: 'suggest' } },
  },
  {
    name: 'settings, invalid_request',
    send: patch('/v1/organizations/default', { triage: { priority: 'always', mood: 'off' } }),
    status: 400,
    errors: ['/triage/priority invalid_value', '/triage/mood unknown_field'],
  },
];
