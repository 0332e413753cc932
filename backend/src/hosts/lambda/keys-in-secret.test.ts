import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SecretsFault, type SecretsManager, secretsManager } from '../../../test/secrets-manager.ts';
import type { CursorKeys } from '../../http/cursor.ts';
import type { LogEntry } from '../../http/log-entry.ts';
import { keysInSecret } from './keys-in-secret.ts';

const TEXT = Buffer.alloc(32, 99).toString('base64url');

describe('a function with its keys in a secret', () => {
  let aws: SecretsManager;
  let keys: CursorKeys;
  let logged: LogEntry[];
  beforeEach(async () => {
    aws = await secretsManager();
    logged = [];
    keys = keysInSecret('support-signing-test', (entry) => logged.push(entry), aws.config);
  });
  afterEach(() => aws.stop());

  it('names the command for a first key, and then reads the key', async () => {
    await expect(keys.current()).rejects.toMatchObject({ code: 'unavailable' });
    expect(logged).toMatchObject([
      { level: 'error', error: expect.stringContaining('create one with npm run curlew -- keys rotate-signing-key') },
    ]);
    aws.put(JSON.stringify({ keys: [TEXT] }));
    expect((await keys.current()).accepts).toHaveLength(1);
  });

  it.each<[string, SecretsFault]>([
    ['fails', { refuse: 'InternalServiceError', status: 500 }],
    ['throttles', { refuse: 'ThrottlingException' }],
    ['denies access', { refuse: 'AccessDeniedException' }],
    ['hangs', { hang: true }],
    ['answers with invalid JSON', { answer: JSON.stringify({ SecretString: `{"keys":["${TEXT}",]}` }) }],
  ])('is unavailable if Secrets Manager %s, and logs no part of the keys', async (_, fault) => {
    aws.put(JSON.stringify({ keys: [TEXT] }));
    aws.next(...Array<SecretsFault>(3).fill(fault));
    const error: Error = await keys.current().then(
      () => new Error('It has keys.'),
      (refusal) => refusal,
    );
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(logged).toHaveLength(1);
    expect(`${JSON.stringify(logged)} ${(error.cause as Error).stack}`).not.toContain(TEXT.slice(0, 6));
    aws.next();
    expect((await keys.current()).accepts[0]?.export().toString('base64url')).toBe(TEXT);
  });
});
