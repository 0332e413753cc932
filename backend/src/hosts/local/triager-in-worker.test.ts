import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { triagerInWorker } from './triager-in-worker.ts';

const TEST_WORKER = new URL('../../../test/unruly-triage-worker.ts', import.meta.url);
const OPTIONS = { maskPersonalData: false };
const unavailable = { code: 'unavailable' };

let triager: ReturnType<typeof triagerInWorker> | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await triager?.stop();
});

/** A triager with a test worker that misbehaves as the text says. */
function triagerWithTestWorker(more: Partial<Parameters<typeof triagerInWorker>[0]> = {}) {
  const failures: Error[] = [];
  triager = triagerInWorker({
    folder: '/nowhere',
    file: TEST_WORKER,
    betweenStartsMilliseconds: 0,
    onFailure: (error) => failures.push(error),
    ...more,
  });
  const { assess, teach, stop } = triager;
  return {
    failures,
    stop,
    read: (text: string) => assess('org', text, OPTIONS) as unknown as Promise<{ text: string; threadId: number }>,
    teach: (text: string) => teach('org', { ticketId: 't', text, category: null, tags: [] }),
  };
}

test('passes texts to the worker and returns its results', async () => {
  const { read, teach, failures } = triagerWithTestWorker();
  expect(await read('Hello')).toMatchObject({ organizationId: 'org', text: 'Hello', options: OPTIONS });
  expect(await teach('Hello')).toBeUndefined();
  expect(failures).toEqual([]);
});

test('answers many calls at once in their order, all from one worker', async () => {
  const { read } = triagerWithTestWorker();
  const texts = Array.from({ length: 500 }, (_, i) => `Text ${i}`);
  const answered: string[] = [];
  const answers = await Promise.all(
    texts.map(async (text) => {
      const answer = await read(text);
      answered.push(text);
      return answer;
    }),
  );
  expect(answers.map(({ text }) => text)).toEqual(texts);
  expect(answered).toEqual(texts);
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1);
});

test('errors keep code, message, issues and details', async () => {
  const { read, teach, failures } = triagerWithTestWorker();
  const refused = {
    code: 'invalid_request',
    message: 'The text is odd.',
    issues: [{ pointer: '/text', code: 'odd', message: 'is odd.' }],
    details: { most: 3 },
  };
  await expect(read('refuse')).rejects.toMatchObject(refused);
  await expect(teach('refuse')).rejects.toMatchObject(refused);
  expect(failures).toEqual([]);
});

test('an unexpected error is unavailable for the caller and logged for the operator, and the worker continues', async () => {
  const { read, failures } = triagerWithTestWorker();
  const { threadId } = await read('before');
  const error = await read('fail').catch((thrown) => thrown);
  expect(error).toMatchObject(unavailable);
  expect(error.message).not.toContain('secret');
  expect(failures.map(String)).toEqual([expect.stringContaining('RangeError: A secret of the operator.\n')]);
  expect(await read('after')).toMatchObject({ threadId });
});

test.each([
  ['exits', 'exit', /ended with code 3/],
  ['throws an uncaught error', 'throw', /Uncaught in the worker/],
  ['uses all memory', 'take all memory', /memory/],
])('if the worker %s, its text is refused, and the other texts go to a new worker', async (_, action, why) => {
  const { read, failures } = triagerWithTestWorker({ resourceLimits: { maxOldGenerationSizeMb: 24 } });
  const { threadId } = await read('before');
  const [refused, ...others] = await Promise.allSettled([read(action), read('a'), read('b')]);
  expect(refused).toMatchObject({ status: 'rejected', reason: unavailable });
  expect(others).toMatchObject([{ value: { text: 'a' } }, { value: { text: 'b' } }]);
  expect(failures.map(String)).toEqual([expect.stringMatching(why)]);
  expect(await read('c')).not.toMatchObject({ threadId });
});

test.each(['spin for ever', 'backtrack for ever', 'answer never'])(
  'a text that makes the worker %s is refused after the limit, and the other texts go to a new worker',
  async (action) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { read, failures } = triagerWithTestWorker({ callMilliseconds: 1000 });
    await read('before');
    const outcomes = Promise.allSettled([read(action), read('a'), read('b')]);
    vi.advanceTimersByTime(1000);
    const [refused, ...others] = await outcomes;
    expect(refused).toMatchObject({ status: 'rejected', reason: unavailable });
    expect(others).toMatchObject([{ value: { text: 'a' } }, { value: { text: 'b' } }]);
    expect(failures.map(String)).toEqual(['Error: The triage worker did not answer within 1000 ms.']);
  },
);

test('a worker that exits while idle is replaced at the next text', async () => {
  const died = Promise.withResolvers<Error>();
  const { read } = triagerWithTestWorker({ onFailure: died.resolve });
  const { threadId } = await read('exit afterwards');
  expect(String(await died.promise)).toMatch('ended with code 4');
  expect(await read('a')).not.toMatchObject({ threadId });
});

test('if the worker cannot start, all waiting texts are refused, and the next call starts it again', async () => {
  const { read, failures } = triagerWithTestWorker({ file: new URL('no-such-worker.ts', import.meta.url) });
  const refused = await Promise.allSettled([read('a'), read('b'), read('c')]);
  expect(refused).toMatchObject(Array(3).fill({ reason: unavailable }));
  await expect(read('d')).rejects.toMatchObject(unavailable);
  expect(failures.map(String)).toEqual(Array(2).fill(expect.stringContaining('no-such-worker')));
});

test('a worker that hangs during its start is ended after the limit', async () => {
  const { read, failures } = triagerWithTestWorker({
    file: new URL('data:text/javascript,for (;;);'),
    startMilliseconds: 100,
  });
  const refused = await Promise.allSettled([read('a'), read('b')]);
  expect(refused).toMatchObject(Array(2).fill({ reason: unavailable }));
  expect(failures.map(String)).toEqual(['Error: The triage worker did not answer within 100 ms.']);
});

test('if the system cannot create a thread, all waiting texts are refused', async () => {
  const { read, failures } = triagerWithTestWorker({ file: new URL('https://example.com/worker.ts') });
  await expect(read('a')).rejects.toMatchObject(unavailable);
  expect(failures).toHaveLength(1);
});

test('waits before it starts another worker', async () => {
  const { read, stop, failures } = triagerWithTestWorker({ betweenStartsMilliseconds: 3_600_000 });
  await expect(read('exit')).rejects.toMatchObject(unavailable);
  const waiting = expect(read('a')).rejects.toMatchObject(unavailable);
  await stop();
  await waiting;
  expect(failures).toHaveLength(1);
});

test('refuses texts beyond the queue limit, and accepts texts again when there is room', async () => {
  const { read } = triagerWithTestWorker({ mostWaiting: 2 });
  await read('before');
  // The worker has one text, and two wait.
  const taken = [read('a'), read('b'), read('c')];
  await expect(read('d')).rejects.toMatchObject({ code: 'busy' });
  expect((await Promise.all(taken)).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(await read('e')).toMatchObject({ text: 'e' });
});

test('can stop during a text, and refuses waiting and later texts', async () => {
  const { read, stop, failures } = triagerWithTestWorker();
  await read('before');
  const outcomes = Promise.allSettled([read('spin for ever'), read('a')]);
  await stop();
  expect(await outcomes).toMatchObject([{ reason: unavailable }, { reason: unavailable }]);
  await expect(read('b')).rejects.toMatchObject(unavailable);
  await stop();
  expect(failures).toEqual([]);
});

test('can stop before a worker has started', async () => {
  const { read, stop } = triagerWithTestWorker();
  await stop();
  await expect(read('a')).rejects.toMatchObject(unavailable);
});

test('a worker that was not stopped does not keep the process alive', async () => {
  const script = `
    import { triagerInWorker } from '${new URL('triager-in-worker.ts', import.meta.url)}';
    const untilAnswered = setInterval(() => {}, 1000);
    const triager = triagerInWorker({ folder: '/nowhere', file: new URL('${TEST_WORKER}'), onFailure: console.error });
    const { text } = await triager.assess('org', 'Hello', {});
    clearInterval(untilAnswered);
    console.log(text);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('Hello\n');
});

describe('the real worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-triage-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function real() {
    triager = triagerInWorker({
      folder,
      onFailure: (error) => {
        throw error;
      },
    });
    return triager;
  }

  test('reads texts', async () => {
    const { analysis } = await real().assess('org', 'The whole site is down and nobody can log in!', OPTIONS);
    expect(analysis).toMatchObject({ language: { code: 'en' }, urgency: { level: 'CRITICAL' } });
  });

  test('keeps learned data after a restart, for one organization only', async () => {
    const about = { heating: 'The radiator in my office stays cold', parking: 'Somebody stands on my parking space' };
    const { teach, stop } = real();
    for (let i = 0; i < 15; i++) {
      for (const [category, text] of Object.entries(about)) {
        await teach('org', { ticketId: `${category}${i}`, text: `${text}, floor ${i}`, category, tags: [] });
      }
    }
    await stop();
    const again = real();
    const taught = await again.assess('org', 'My radiator is cold', OPTIONS);
    const other = await again.assess('other', 'My radiator is cold', OPTIONS);
    expect(taught.analysis.category.name).toBe('heating');
    expect(other.analysis.category.name).not.toBe('heating');
  });

  test.runIf(process.platform === 'linux')('runs with the lowest CPU priority', async () => {
    const usual = niceOfThreads();
    await real().assess('org', 'Hello', OPTIONS);
    const now = niceOfThreads();
    expect(now.get(process.pid)).toBe(usual.get(process.pid));
    expect([...now.values()].filter((nice) => nice === 19)).toHaveLength(1);
  });
});

/** The nice value of each thread of this process by thread id. The main thread has the id of the process. */
function niceOfThreads(): Map<number, number> {
  const folder = '/proc/self/task';
  return new Map(
    readdirSync(folder).map((id) => {
      // The thread name in parentheses may contain spaces, so split after it. The next field is the third one.
      const fields =
        readFileSync(join(folder, id, 'stat'), 'utf8')
          .split(') ')
          .at(-1)
          ?.split(' ') ?? [];
      return [Number(id), Number(fields[19 - 3])];
    }),
  );
}
