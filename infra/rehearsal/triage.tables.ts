import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get, patch, post } from '../../backend/test/api/host.ts';
import { bucketAt } from '../../rehearsal/aws/bucket.ts';
import { type DeployedHost, deployedHost } from './deployed-host.ts';
import { replayEvents } from './replay-events.ts';

const COMPLAINT = {
  title: 'Charged twice',
  description: 'I was charged twice for my subscription, and nobody answers my mails.',
  email: 'ana@example.com',
};

/** The triage function. It receives the events of tickets and analyses the tickets' texts. */
describe('triage', () => {
  let host: DeployedHost;
  beforeEach(async () => {
    host = await deployedHost({ triage: true });
  });
  afterEach(() => host.stop());

  const open = async (fields: object) => (await host.send(post('/v1/tickets', fields))).body.id as string;
  const read = async (id: string) => {
    await host.settled();
    return (await host.send(get(`/v1/tickets/${id}`))).body;
  };
  const countTriaged = async () => (await host.eventTypes()).filter((type) => type === 'ticket.triaged').length;
  const lessons = () => bucketAt(host.facts.cloudUrl, host.facts.filesBucket).keys();

  it('analyses a new ticket, and publishes an event', async () => {
    const { triage, version } = await read(await open(COMPLAINT));
    expect(triage).toMatchObject({ sentiment: { label: 'NEGATIVE' }, analyzer: { name: 'embedded', notes: [] } });
    expect([version, await countTriaged()]).toEqual([1, 1]);
  });

  it('analyses the replies of the customer', async () => {
    const id = await open(COMPLAINT);
    const { reporterId } = await read(id);
    const reply = { body: 'Thank you so much, great service!', authorId: reporterId };
    expect((await host.send(post(`/v1/tickets/${id}/messages`, reply))).status).toBe(201);
    expect((await read(id)).triage.latestMessage).toMatchObject({ sentiment: { label: 'POSITIVE' } });
  });

  it('keeps the analysis of the latest customer reply among the last messages if an event arrives late', async () => {
    const id = await open(COMPLAINT);
    const { reporterId } = await read(id);
    const reply = async (fields: object) => (await host.send(post(`/v1/tickets/${id}/messages`, fields))).body.id;
    const first = await reply({ body: 'Thank you so much, great service!', authorId: reporterId });
    await host.settled();
    await host.fault({ function: 'triage', action: '*', error: 'AccessDeniedException', times: 1_000_000 });
    await reply({ body: 'It is broken again.', authorId: reporterId });
    for (let i = 0; i < 10; i++) await reply({ body: 'We are looking into it.' });
    await host.settled();
    await host.heal();
    expect(await replayEvents(host, '--subscription', 'triage')).toMatch('Replayed 1 events to triage');
    expect((await read(id)).triage.latestMessage).toMatchObject({ messageId: first });
  });

  it('learns once from each tag that a user sets, and loses no lesson to concurrent writes', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map((i) => open({ ...COMPLAINT, title: `Charged twice ${i}` })));
    await host.settled();
    expect(await lessons()).toEqual([]);
    await Promise.all(ids.map((id) => host.send(patch(`/v1/tickets/${id}`, { tags: ['refund'] }))));
    await host.settled();
    expect(await lessons()).toHaveLength(1);
    expect(await replayEvents(host, '--subscription', 'triage')).toMatch('Replayed 0 events');
  });

  it('analyses a ticket once if the event arrives twice, and retries after a failure', async () => {
    await host.fault({ function: 'triage', delivery: 'redelivery', times: 2 });
    await host.fault({ function: 'triage', action: 'GetItem', error: 'kill', times: 1 });
    expect((await read(await open(COMPLAINT))).triage).toMatchObject({ sentiment: { label: 'NEGATIVE' } });
    expect(await countTriaged()).toBe(1);
  });

  it('delays no other work while it fails, and catches up after a replay', async () => {
    await host.fault({ function: 'triage', action: '*', error: 'AccessDeniedException', times: 1_000_000 });
    const id = await open(COMPLAINT);
    expect((await read(id)).triage).toBeNull();
    await host.heal();
    expect(await replayEvents(host, '--subscription', 'triage')).toMatch('Replayed 1 events to triage');
    expect((await read(id)).triage).toMatchObject({ sentiment: { label: 'NEGATIVE' } });
  });
});
