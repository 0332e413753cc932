import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secretsClient } from '../../backend/src/adapters/secrets-manager/index.ts';
import { type SecretsManager, secretsManager } from '../../backend/test/secrets-manager.ts';
import { nextSigningKey, RotationRefused } from './next-signing-key.ts';

const YESTERDAY = Date.now() - 25 * 60 * 60_000;

describe('a new signing key', () => {
  let aws: SecretsManager;
  let client: ReturnType<typeof secretsClient>;
  beforeAll(async () => {
    aws = await secretsManager();
    client = secretsClient(aws.config);
  });
  beforeEach(() => aws.next());
  afterAll(() => {
    client.destroy();
    aws.stop();
  });

  const next = (options?: { onlyFirst?: boolean; leaked?: boolean }) => nextSigningKey(client, 's', options);
  const keys = (): string[] => JSON.parse(aws.text()).keys;

  it('is the first key, or comes before the previous key', async () => {
    expect(await next({ onlyFirst: true })).toBe('first');
    const [first] = keys();
    expect(keys()).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(await next({ onlyFirst: true })).toBe('kept');
    expect(keys()).toEqual([first]);
    expect(await next()).toBe('rotated');
    expect(keys()).toEqual([expect.stringMatching(/^[\w-]{43}$/), first]);
    expect(keys()[0]).not.toBe(first);
  });

  it('is refused within a day if it would drop another key', async () => {
    const before = keys();
    await expect(next()).rejects.toThrow(RotationRefused);
    expect(keys()).toEqual(before);
    aws.put(JSON.stringify({ keys: before }), YESTERDAY);
    expect(await next()).toBe('rotated');
    expect(keys()).toEqual([expect.any(String), before[0]]);
  });

  it('replaces all keys immediately if they leaked', async () => {
    const before = keys();
    expect(await next({ leaked: true })).toBe('replaced');
    expect(keys()).toEqual([expect.any(String)]);
    expect(before).not.toContain(keys()[0]);
  });

  it('does not overwrite a value that is not a list of keys', async () => {
    aws.put('{"password":"x"}');
    await expect(next()).rejects.toThrow('must contain {"keys"');
    expect(aws.text()).toBe('{"password":"x"}');
  });

  it('is refused if the existing keys cannot be read', async () => {
    aws.put(JSON.stringify({ keys: ['x'.repeat(43)] }), YESTERDAY);
    const before = aws.text();
    aws.next({ refuse: 'AccessDeniedException' });
    await expect(next()).rejects.toThrow();
    expect(aws.text()).toBe(before);
  });
});
