import { type ApiKeyQuery, type ApiKeyStore, createApiKey, revokeApiKey } from '@curlew/core/api-key';
import { auditOf, StaleError } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';
import { keySecrets } from '../src/hosts/key-secrets.ts';
import { contextOf } from './context.ts';

/** The contract of every API key store. `open` returns an empty store in which org_a and org_b exist. */
export function apiKeyStoreContract(open: () => Promise<ApiKeyStore>): void {
  const active = { id: 'u', name: 'U', email: null, role: 'agent', active: true } as const;
  const times = { createdAt: '', updatedAt: '', version: 1 };
  const start = async () => {
    const keys = await open();
    const users = {
      find: async (organizationId: string, id: string) => ({
        organizationId,
        user: { ...active, ...times, id },
        operator: false,
        deletedAt: null,
      }),
    };
    const deps = { ctx: contextOf(), keys, secrets: keySecrets, users };
    return { keys, deps, theirs: { ...deps, ctx: contextOf('org_b') } };
  };
  const input = { name: 'K', scopes: ['tickets:read' as const] };

  it('returns a saved key to its organization only', async () => {
    const { keys, deps } = await start();
    const { record } = await createApiKey(deps, { ...input, expiresAt: '2999-01-01T00:00:00Z', userId: 'bot' });
    expect(await keys.find('org_a', record.apiKey.id)).toEqual(record);
    expect(await keys.find('org_b', record.apiKey.id)).toBeUndefined();
    expect(await keys.find('org_a', 'x'.repeat(3000))).toBeUndefined();
  });

  it('stores a digest, and nothing that reveals the key', async () => {
    const { keys, deps } = await start();
    const { record, text } = await createApiKey(deps, input);
    const kept = JSON.stringify(await keys.find('org_a', record.apiKey.id));
    expect(kept).toContain(keySecrets.digest(text));
    expect(kept).not.toContain(text.slice(-34));
  });

  it('finds a revoked key, but does not list it', async () => {
    const { keys, deps } = await start();
    const { id } = (await createApiKey(deps, input)).record.apiKey;
    await revokeApiKey(deps, id, undefined);
    expect(await keys.find('org_a', id)).toMatchObject({ apiKey: { version: 2 }, revokedAt: expect.any(String) });
    expect(await keys.list('org_a', { limit: 10, sort: 'createdAt' })).toEqual({ items: [] });
    expect(await keys.list('org_a', { limit: 10, sort: 'createdAt', userId: 'usr_admin' })).toEqual({ items: [] });
  });

  it('refuses a change based on an outdated version', async () => {
    const { keys, deps } = await start();
    const { record } = await createApiKey(deps, input);
    const before = { ...record, apiKey: { ...record.apiKey, version: 7 } };
    await expect(keys.save({ record, before })).rejects.toBeInstanceOf(StaleError);
  });

  describe('recordUse', () => {
    const used = (organizationId: string, id: string, hour: number) => {
      const at = (one: number) => new Date(Date.UTC(2026, 2, 3, one)).toISOString();
      const audit = auditOf(contextOf(organizationId), 'api_key.used', id);
      return { organizationId, id, time: at(hour), since: at(hour - 1), audit };
    };

    it('records the latest use without a new version', async () => {
      const { keys, deps, theirs } = await start();
      const { id } = (await createApiKey(deps, input)).record.apiKey;
      await keys.recordUse(used('org_a', id, 9));
      await keys.recordUse(used('org_a', id, 10));
      await keys.recordUse(used('org_a', id, 9));
      await keys.recordUse(used(theirs.ctx.actor.organizationId, id, 11));
      const { apiKey } = (await keys.find('org_a', id)) ?? {};
      expect(apiKey).toMatchObject({ lastUsedAt: '2026-03-03T10:00:00.000Z', version: 1 });
      expect((await keys.list('org_a', { limit: 1, sort: 'createdAt' })).items).toEqual([apiKey]);
    });

    it('does not create a missing key', async () => {
      const { keys } = await start();
      await keys.recordUse(used('org_a', 'key_nope', 10));
      expect(await keys.find('org_a', 'key_nope')).toBeUndefined();
    });
  });

  describe('list', () => {
    it('pages in order of creation through the keys of the organization or of one user', async () => {
      const { keys, deps, theirs } = await start();
      await createApiKey(theirs, { ...input, name: 'theirs' });
      for (let i = 0; i < 5; i++) {
        await createApiKey(deps, { ...input, name: `k${i}`, userId: i % 2 ? 'one' : 'two' });
      }
      const page = (query: Partial<ApiKeyQuery>) => keys.list('org_a', { limit: 10, sort: '-createdAt', ...query });
      const names = async (query: Partial<ApiKeyQuery>) => (await page(query)).items.map(({ name }) => name);
      expect(await names({})).toEqual(['k4', 'k3', 'k2', 'k1', 'k0']);
      expect(await names({ userId: 'two', sort: 'createdAt' })).toEqual(['k0', 'k2', 'k4']);
      expect(await names({ userId: 'three' })).toEqual([]);
      for (const query of [{}, { userId: 'two' }]) {
        const first = await page({ ...query, limit: 2 });
        expect(first.next).toBeDefined();
        const rest = await names({ ...query, ...(first.next === undefined ? {} : { after: first.next }) });
        expect([...first.items.map(({ name }) => name), ...rest]).toEqual(await names(query));
      }
    });
  });
}
