import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnDynamoDb } from '../dynamodb.ts';
import { type ApiHost, get, patch, post } from './host.ts';
import { lambdaHost } from './lambda-host.ts';
import { localHost } from './local-host.ts';

/** Checks the triage of tickets without a request for it. */
function automaticTriage(open: () => Promise<ApiHost>): void {
  let host: ApiHost;
  beforeAll(async () => {
    host = await open();
  });
  afterAll(() => host.stop());

  const made = async (fields: object) => (await host.send(post('/v1/tickets', fields))).body;
  const at = ({ id }: { id: string }, rest = '') => `/v1/tickets/${id}${rest}`;
  const read = async (ticket: { id: string }) => {
    await host.settled();
    return host.send(get(at(ticket)));
  };

  it('reads a new ticket a moment after its creation', async () => {
    const ticket = await made({ title: 'Charged twice', description: 'You took the money twice. I am furious.' });
    expect(ticket.triage).toBeNull();
    const { body, headers } = await read(ticket);
    expect(headers.get('etag')).toBe('"v1-d1"');
    expect(body).toMatchObject({ triage: { sentiment: { label: 'NEGATIVE' }, category: { name: 'billing' } } });
  });

  it('reads the reply of a customer, but not of an agent', async () => {
    const ticket = await made({ title: 'Where is my parcel', email: 'kim@example.com' });
    await host.settled();
    await host.send(post(at(ticket, '/messages'), { body: 'Sorry, this is terrible, we look into it.' }));
    expect((await read(ticket)).body.triage.latestMessage).toBeNull();
    const reply = { authorId: ticket.reporterId, body: 'It has arrived, thank you so much, wonderful service!' };
    const { body: message } = await host.send(post(at(ticket, '/messages'), reply));
    const { body } = await read(ticket);
    expect(body.triage.latestMessage).toMatchObject({ messageId: message.id, sentiment: { label: 'POSITIVE' } });
    const { body: rows } = await host.send(get('/v1/tickets?sentiment=POSITIVE'));
    expect(rows.map(({ id }: { id: string }) => id)).toContain(ticket.id);
  });

  it('sets the fields that the organization allows, and one call reverts them', async () => {
    await host.send(patch('/v1/organizations/default', { triage: { priority: 'apply' } }));
    const ticket = await made({
      title: 'All tills are down',
      description: 'Nobody in our twelve stores can take payments since this morning.',
    });
    const { body } = await read(ticket);
    expect(body).toMatchObject({ priority: 'CRITICAL', version: 2 });
    expect(body.triage.suggestions).toContainEqual(
      expect.objectContaining({ field: 'priority', state: 'applied', appliedBy: '~triage', replaced: 'MEDIUM' }),
    );
    const { body: entries } = await host.send(get(at(ticket, '/history')));
    expect(entries[0]).toMatchObject({ type: 'ticket.updated', actorId: '~triage' });
    const { body: back } = await host.send(post(at(ticket, '/triage/revert')));
    expect(back).toMatchObject({ priority: 'MEDIUM', version: 3 });
    expect((await read(ticket)).body.priority).toBe('MEDIUM');
  });

  it('reads texts that are hostile, empty or in other languages', async () => {
    const texts = ['a'.repeat(20_000), '🙃🙃🙃', '\u202ereversed\u202c', '​​', 'Der Drucker geht nicht, bitte helfen.'];
    for (const description of texts) {
      const ticket = await made({ title: '…', description });
      const { body } = await read(ticket);
      const { positive, negative, neutral, mixed } = body.triage.sentiment.scores;
      expect(positive + negative + neutral + mixed).toBeCloseTo(1, 3);
    }
  });
}

describe('automatic triage on one machine', () => {
  automaticTriage(() => localHost({ automaticTriage: true }));
});

describeOnDynamoDb('automatic triage in functions', () => {
  automaticTriage(() => lambdaHost({ layout: 'per-service', api: 'http' }, { automaticTriage: true }));
});
