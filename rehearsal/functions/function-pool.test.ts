import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DeployedFunction } from '../deployed/model.ts';
import { type FunctionPool, functionPool } from './function-pool.ts';

const HANDLER = `
let taken = 0;
export const handler = async ({ does, milliseconds }, context) => {
  taken += 1;
  if (does === 'fail') throw new TypeError('as asked');
  if (does === 'end') process.exit(3);
  if (milliseconds) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return { taken, pid: process.pid, names: Object.keys(process.env), left: context.getRemainingTimeInMillis() };
};`;

const fn: DeployedFunction = {
  name: 'support-test-dev',
  arn: 'arn:aws:lambda:eu-central-1:123456789012:function:support-test-dev',
  handler: 'index.handler',
  runtime: 'nodejs22.x',
  environment: { TICKETS_TABLE: 'support-tickets-dev' },
  timeoutSeconds: 60,
  memoryMegabytes: 128,
  codeSha256: '',
  isTraced: false,
  logGroup: '/aws/lambda/support-test-dev',
  statements: [],
  invokers: [],
  asynchronous: { maximumRetries: 2, onFailureArn: undefined },
};

describe('a function pool', () => {
  let root: string;
  let pool: FunctionPool;
  const start = (more: Partial<DeployedFunction> = {}) =>
    functionPool({ ...fn, ...more }, { root, endpoint: 'http://127.0.0.1:9', logFile: join(root, 'log') });
  const invoke = async (event: object) => {
    const invocation = await pool.invoke(event);
    return invocation.kind === 'result' ? JSON.parse(invocation.payload) : invocation;
  };
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'curlew-pool-'));
    writeFileSync(join(root, 'index.mjs'), HANDLER);
  });
  afterAll(() => rmSync(root, { recursive: true }));
  afterEach(() => pool.stop());

  it('keeps a process and its memory for the next invocation', async () => {
    pool = start();
    expect([(await invoke({})).taken, (await invoke({})).taken]).toEqual([1, 2]);
    expect(pool.facts()).toMatchObject({ invocations: 2, errors: 0, coldStarts: 1 });
  });

  it('passes the deployed variables and those of Lambda, and none of this process', async () => {
    process.env.CURLEW_SECRET_OF_THE_RUNNER = 'x';
    pool = start();
    const { names, left } = await invoke({});
    expect(names).toEqual(expect.arrayContaining(['TICKETS_TABLE', 'AWS_REGION', '_HANDLER', 'AWS_ENDPOINT_URL']));
    expect(names).not.toContain('CURLEW_SECRET_OF_THE_RUNNER');
    expect(names).not.toContain('HOME');
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('runs one invocation per process, in at most four processes', async () => {
    pool = start();
    const all = await Promise.all(Array.from({ length: 9 }, () => invoke({ milliseconds: 50 })));
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(4);
    expect(pool.facts()).toMatchObject({ invocations: 9, coldStarts: 4 });
  });

  it('returns the error of a handler and keeps the process', async () => {
    pool = start();
    expect(await invoke({ does: 'fail' })).toMatchObject({ errorType: 'TypeError', errorMessage: 'as asked' });
    expect((await invoke({})).taken).toBe(2);
    expect(readFileSync(join(root, 'log'), 'utf8')).toContain('as asked');
  });

  it('kills a process after the timeout and starts a new one', async () => {
    pool = start({ timeoutSeconds: 1 });
    expect(await invoke({ milliseconds: 60_000 })).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect((await invoke({})).taken).toBe(1);
  });

  it('returns an error if a process exits or is killed during an invocation', async () => {
    pool = start();
    expect(await invoke({ does: 'end' })).toMatchObject({ errorType: 'Runtime.ExitError' });
    await invoke({});
    const killed = invoke({ milliseconds: 60_000 });
    while (pool.kill() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await killed).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(pool.busy()).toBe(0);
  });

  it('returns an error if the handler is missing', async () => {
    pool = start({ handler: 'missing.handler' });
    expect(await invoke({})).toMatchObject({ kind: 'error', errorMessage: expect.stringContaining('missing.mjs') });
  });
});
