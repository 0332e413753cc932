import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SecretsFault, type SecretsManager, secretsManager } from '../../../test/secrets-manager.ts';
import { putSigningKeys, readSigningKeys, secretsClient } from './index.ts';

const NEW = Buffer.alloc(32, 7);
const OLD = Buffer.alloc(32, 250);
const TEXT = NEW.toString('base64url');

describe('the keys in a secret', () => {
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

  const read = () => readSigningKeys(client, 'support-signing-test');
  const failure = async (...faults: SecretsFault[]) => {
    aws.next(...faults);
    return (await read().then(
      () => undefined,
      (error: unknown) => error,
    )) as Error;
  };

  it('are undefined before the first key is put', async () => {
    expect(await read()).toBeUndefined();
  });

  it('are read as they were put, newest first, with the time of the put', async () => {
    const before = Date.now();
    await putSigningKeys(client, 'support-signing-test', [NEW, OLD]);
    const { keys = [], since = 0 } = (await read()) ?? {};
    expect(keys.map((key) => Buffer.from(key))).toEqual([NEW, OLD]);
    expect(since).toBeGreaterThanOrEqual(before);
  });

  it.each<[string, SecretsFault]>([
    ['throttled', { refuse: 'ThrottlingException' }],
    ['failed', { refuse: 'InternalServiceError', status: 500 }],
    ['hung', { hang: true }],
    ['stopped half way', { stall: '{"Secr' }],
  ])('are read after retries if a call is %s', async (_, fault) => {
    const calls = aws.calls();
    aws.next(fault, fault);
    expect((await read())?.keys).toHaveLength(2);
    expect(aws.calls() - calls).toBe(3);
  });

  it.each<[string, SecretsFault]>([
    ['throttled', { refuse: 'ThrottlingException' }],
    ['failed', { refuse: 'InternalServiceError', status: 500 }],
    ['hung', { hang: true }],
    ['stopped half way', { stall: `{"SecretString":"${TEXT}` }],
  ])('cause an error after three attempts if every call is %s', async (_, fault) => {
    const calls = aws.calls();
    const error = await failure(...Array<SecretsFault>(20).fill(fault));
    expect(error).toBeInstanceOf(Error);
    expect(error.stack).not.toContain(TEXT.slice(0, 8));
    expect(aws.calls() - calls).toBe(3);
  });

  it('are not requested again after access was denied', async () => {
    const calls = aws.calls();
    expect((await failure({ refuse: 'AccessDeniedException' })).name).toBe('AccessDeniedException');
    expect(aws.calls() - calls).toBe(1);
  });

  const secret = (text: string) => ({ answer: JSON.stringify({ SecretString: text, CreatedDate: 1 }) });
  it.each<[string, SecretsFault]>([
    ['no JSON', secret(`${TEXT} ${TEXT}`)],
    ['a key without its quotes', secret(`{"keys":[${TEXT}]}`)],
    ['no keys', secret('{"keys":[]}')],
    ['another list', secret(JSON.stringify([TEXT]))],
    ['a short key', secret(JSON.stringify({ keys: [TEXT.slice(1)] }))],
    ['a key that is no base64url', secret(JSON.stringify({ keys: [`${TEXT}!`] }))],
    ['a password', secret('correct horse battery staple')],
    ['nothing', { answer: '{}' }],
    ['a broken answer', { answer: `{"SecretString":"{\\"keys\\":[\\"${TEXT}\\"]}"` }],
    ['a page of a proxy', { answer: `<html>${TEXT}</html>` }],
  ])('cause an error, which does not quote the secret, if the response is %s', async (_, fault) => {
    // The client may retry a response that is not JSON.
    const error = await failure(...Array<SecretsFault>(3).fill(fault));
    expect(error.message).toMatch(/support-signing-test/);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(new RegExp(`${TEXT.slice(0, 8)}|horse`));
  });
});
