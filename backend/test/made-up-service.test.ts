import type { DueTimer } from '@curlew/core/kernel';
import { TicketEvent } from '@curlew/core/ticket';
import { expect, it } from 'vitest';
import { localWiring } from '../build/wiring-files.ts';
import { post } from '../src/contract/operations/test-request.ts';
import type { OperationTexts } from '../src/contract/operations/text-types.ts';
import { requireDeployable } from '../src/hosts/lambda/require-deployable.ts';
import { reacting, serving, timing } from '../src/hosts/serving.ts';
import { routesFor } from '../src/http/contract.ts';
import { empty } from '../src/http/reply.ts';
import { partsOf } from '../src/services/parts-of.ts';
import type { Service, Subscription, TimerDescription } from '../src/services/service-types.ts';

interface Notes {
  remind(key: string): void;
}

const route = routesFor<{ readonly notes: Notes }>()({
  id: 'remindNote',
  right: 'public',
  method: 'POST',
  path: '/notes',
  successes: [{ status: 204 }],
  problems: [],
  run: async ({ notes }) => notes.remind('all'),
  reply: () => empty(204),
});

const service = {
  name: 'notes',
  description: 'Notes',
  routes: [[route]],
  ports: { notes: 'tickets' },
  table: { indexes: [], stream: false },
} as const satisfies Service;

const noteCounts = {
  name: 'note-counts',
  description: 'Counts notes',
  events: ['ticket.created'],
  event: TicketEvent,
  react: async ({ notes }: { notes: Notes }, { id }: TicketEvent) => notes.remind(id),
  ports: { notes: 'tickets' },
} as const satisfies Subscription;

const noteDue = {
  name: 'note-due',
  onTimer: async ({ notes }: { notes: Notes }, { key }: DueTimer) => notes.remind(key),
  ports: { notes: 'tickets' },
} as const satisfies TimerDescription;

const ITEMS = { tables: { notes: { items: ['GetItem'] } } } as const;
const COUNTS = { tables: {}, subscription: 'note-counts' } as const;

it('the wiring of one machine has the timers of a service', async () => {
  const text = await localWiring([{ service, noteDue }]);
  expect(text).toContain('timing<LocalHost, typeof notes.noteDue>(notes.noteDue, { notes: ticketsPorts.tickets })');
});

it('a wired timer calls its reaction with the ports of the host', async () => {
  const reminded: string[] = [];
  const host: Notes = { remind: (key) => reminded.push(key) };
  const run = await timing<Notes, typeof noteDue>(noteDue, { notes: (notes) => notes }).bind(host);
  await run({ reaction: 'note-due', organizationId: 'default', key: 'n1', at: '2026-01-01T00:00:00.000Z' });
  expect(reminded).toEqual(['n1']);
});

it('AWS refuses a timer, until it has an adapter', () => {
  expect(() => requireDeployable([{ service, noteDue }], [ITEMS])).toThrow(
    'The timer "note-due" of the service notes cannot run on AWS, because Curlew has no adapter for EventBridge Scheduler yet.',
  );
  const local = { ...service, only: 'one-machine' } as const;
  expect(() => requireDeployable([{ service: local, noteDue }], [])).not.toThrow();
});

it('AWS refuses a table without a store, and a subscription without a function', () => {
  expect(() => requireDeployable([{ service, noteCounts }], [ITEMS, COUNTS])).not.toThrow();
  expect(() => requireDeployable([{ service, noteCounts }], [COUNTS])).toThrow(
    'The table of the service notes has no store: no function may use the table.',
  );
  expect(() => requireDeployable([{ service, noteCounts }], [ITEMS])).toThrow(
    'The subscription "note-counts" of the service notes has no function.',
  );
});

it('refuses an export of another kind, and two timers with one name', () => {
  expect(() => partsOf([{ service, limits: { perDay: 3 } }])).toThrow(
    'The service notes exports "limits", which is no subscription and no timer.',
  );
  expect(() => partsOf([{ service, noteDue, again: noteDue }])).toThrow('Two timers have the name "note-due".');
});

it('a missing port or test request does not compile', () => {
  // @ts-expect-error: the routes need the port `notes`.
  serving<Notes, typeof service>(service, {});
  // @ts-expect-error: the subscription needs the port `notes`.
  reacting<Notes, typeof noteCounts>(noteCounts, {});
  // @ts-expect-error: the timer needs the port `notes`.
  timing<Notes, typeof noteDue>(noteDue, {});
  const words = { summary: 'Remind', successes: ['Done.'] };
  const access = ['public', 'all', 'all', 'all', 'all', 'all'] as const;
  const complete = { ...words, access, request: { send: () => post('/notes') } };
  const texts: OperationTexts<(typeof service)['routes'][0]>[] = [{ remindNote: complete }];
  // @ts-expect-error: the route needs a test request.
  texts.push({ remindNote: { ...words, access } });
  // @ts-expect-error: the route needs an entry.
  texts.push({});
  expect(texts).toHaveLength(3);
});
