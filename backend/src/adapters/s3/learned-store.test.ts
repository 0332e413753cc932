import { StaleError } from '@curlew/core/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { learnedStoreContract } from '../../../test/learned-store.contract.ts';
import { type S3Fault, type SmallS3, smallS3 } from '../../../test/small-s3.ts';
import { s3, s3LearnedStore } from './index.ts';

const BYTES = Uint8Array.of(1, 2, 3);

describe('the learned data in S3', () => {
  let aws: SmallS3;
  let client: ReturnType<typeof s3>;
  beforeAll(async () => {
    aws = await smallS3('support');
    client = s3(aws.config);
  });
  beforeEach(() => {
    aws.next();
    aws.clear();
  });
  afterAll(() => {
    client.destroy();
    aws.stop();
  });
  const store = () => s3LearnedStore(client, 'support');

  describe('port contract', () => {
    learnedStoreContract(async () => ({ store: store(), reopened: store() }));
  });

  const CALLS: [string, () => Promise<unknown>][] = [
    ['load', () => store().load('acme')],
    ['revision', () => store().revision('acme')],
    ['save', () => store().save('acme', BYTES, undefined)],
  ];
  const FAULTS: [string, S3Fault][] = [
    ['throttled', { refuse: 'SlowDown', status: 503 }],
    ['failed', { refuse: 'InternalError', status: 500 }],
    ['hung', { hang: true }],
  ];
  const faulty = FAULTS.flatMap(([how, fault]) => CALLS.map(([name, call]) => [name, how, fault, call] as const));

  it.each(faulty)('retries a %s if a call is %s', async (_name, _how, fault, call) => {
    const calls = aws.calls();
    aws.next(fault, fault);
    await call();
    expect(aws.calls() - calls).toBe(3);
  });

  it.each(faulty)('fails a %s after three attempts if every call is %s', async (_name, _how, fault, call) => {
    const calls = aws.calls();
    aws.next(...Array<S3Fault>(20).fill(fault));
    await expect(call()).rejects.toThrow();
    expect(aws.calls() - calls).toBe(3);
  });

  it('fails if the body of a response stops half way', async () => {
    aws.next({ stall: 'CwLn' });
    await expect(store().load('acme')).rejects.toThrow();
  });

  it.each(CALLS)('fails a %s if the response is not from S3', async (_, call) => {
    aws.next({ answer: '<html>A page of a proxy</html>' });
    await expect(call()).rejects.toThrow('without an ETag');
  });

  it.each(CALLS)('fails a forbidden %s, and does not take the object for missing', async (_, call) => {
    aws.next({ refuse: 'AccessDenied', status: 403 });
    await expect(call()).rejects.toThrow();
  });

  it('fails if the bucket does not exist', async () => {
    const lost = s3LearnedStore(client, 'another');
    await expect(lost.load('acme')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(lost.save('acme', BYTES, undefined)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it.each<[string, S3Fault]>([
    ['conflicts with another save', { refuse: 'ConditionalRequestConflict', status: 409 }],
    ['finds another revision', { refuse: 'PreconditionFailed', status: 412 }],
    ['finds no object', { refuse: 'NoSuchKey', status: 404 }],
  ])('throws a StaleError if a save %s', async (_, fault) => {
    const revision = await store().save('acme', BYTES, undefined);
    aws.next(fault);
    await expect(store().save('acme', BYTES, revision)).rejects.toBeInstanceOf(StaleError);
  });

  it('names objects by digest only', async () => {
    await store().save('org/../acme', BYTES, undefined);
    expect(aws.keys()).toEqual([expect.stringMatching(/^learned\/[0-9a-f]{64}$/)]);
  });
});
