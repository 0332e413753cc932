import { createSecretKey, hash } from 'node:crypto';
import type { Receipt } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';
import { idempotency } from './idempotency.ts';

const NOW = '2026-03-01T00:00:00.000Z';
const actor = { organizationId: 'org_a', userId: 'joy', role: 'admin' } as const;

/** `once` over receipts in memory. `send` resolves with the reply, and keeps the receipt. */
function setUp() {
  const kept = new Map<string, Receipt>();
  const key = createSecretKey(Buffer.alloc(32, 1));
  const { once } = idempotency(
    { find: async (name) => kept.get(name) },
    async () => key,
    () => NOW,
  );
  const send = (body: string) =>
    once({ actor, method: 'POST', path: '/users', key: 'k', body }, async (receiptFor) => {
      const reply = { status: 201, headers: {}, body: '{"id":"made"}' };
      const receipt = receiptFor(reply);
      kept.set(receipt.key, receipt);
      return reply;
    });
  return { kept, send };
}

const REPLAYED = { status: 201, headers: { 'idempotent-replayed': 'true' } };

describe('the fingerprint of a body', () => {
  it.each(['password', 'currentPassword', 'token', 'refreshToken', 'secret', 'title'])(
    'differs for another %s',
    async (name) => {
      const { send } = setUp();
      const body = (value: string) => JSON.stringify({ admin: { [name]: value } });
      await send(body('three blue teals'));
      expect(await send(body('three blue teals'))).toMatchObject(REPLAYED);
      await expect(send(body('four blue teals'))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    },
  );

  it('cannot be computed without the key', async () => {
    const { kept, send } = setUp();
    const body = '{"password":"guess me"}';
    await send(body);
    const digests = [body, '{"password":}', 'guess me'].flatMap((text) => [
      hash('sha256', text),
      hash('sha256', text, 'base64url'),
    ]);
    expect(digests).not.toContain([...kept.values()][0]?.fingerprint);
  });

  it('matches a receipt of an earlier version, except for a body with a password', async () => {
    const { kept, send } = setUp();
    await send('{}');
    const [[name, receipt]] = [...kept] as [[string, Receipt]];
    const [plain, secret] = ['{"name":"Joy"}', '{"password":"three blue teals"}'];
    kept.set(name, { ...receipt, fingerprint: hash('sha256', plain) });
    expect(await send(plain)).toMatchObject(REPLAYED);
    kept.set(name, { ...receipt, fingerprint: hash('sha256', '{"password":}') });
    await expect(send(secret)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });
});
