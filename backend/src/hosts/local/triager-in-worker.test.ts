import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { triagerInWorker } from './triager-in-worker.ts';

const UNRULY = new URL('../../../test/unruly-triage-worker.ts', import.meta.url);
const OPTIONS = { maskPersonalData: false };
const unavailable = { code: 'unavailable' };

let triager: ReturnType<typeof triagerInWorker> | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await triager?.stop();
});

/** A triager whose worker misbehaves as the text of the call commands. */
function unruly(more: Partial<Parameters<typeof triagerInWorker>[0]> = {}) {
  const failures: Error[] = [];
  triager = triagerInWorker({
    folder: '/nowhere',
    file: UNRULY,
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

test('hands texts to the worker, and its answers to whoever asked', async () => {
  const { read, teach, failures } = unruly();
  expect(await read('Hello')).toMatchObject({ organizationId: 'org', text: 'Hello', options: OPTIONS });
  expect(await teach('Hello')).toBeUndefined();
  expect(failures).toEqual([]);
});

test('answers many at once in the order in which they came, all from one worker', async () => {
  const { read } = unruly();
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
  const { read, teach, failures } = unruly();
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

test('a defect is unavailable to the caller; its text goes to the operator, and the worker lives on', async () => {
  const { read, failures } = unruly();
  const { threadId } = await read('before');
  const error = await read('fail').catch((thrown) => thrown);
  expect(error).toMatchObject(unavailable);
  expect(error.message).not.toContain('secret');
  expect(failures.map(String)).toEqual([expect.stringContaining('RangeError: A secret of the operator.\n')]);
  expect(await read('after')).toMatchObject({ threadId });
});

test.each([
  ['exits', 'exit', /ended with code 3/],
  ['throws where nobody catches', 'throw', /Thrown where nobody catches/],
  ['takes all memory', 'take all memory', /memory/],
])('when the worker %s, its text is refused, and the others go to a new one', async (_, deed, why) => {
  const { read, failures } = unruly({ resourceLimits: { maxOldGenerationSizeMb: 24 } });
  const { threadId } = await read('before');
  const [refused, ...others] = await Promise.allSettled([read(deed), read('a'), read('b')]);
  expect(refused).toMatchObject({ status: 'rejected', reason: unavailable });
  expect(others).toMatchObject([{ value: { text: 'a' } }, { value: { text: 'b' } }]);
  expect(failures.map(String)).toEqual([expect.stringMatching(why)]);
  expect(await read('c')).not.toMatchObject({ threadId });
});

test.each(['spin for ever', 'backtrack for ever', 'answer never'])(
  'a text that makes the worker %s is refused after the limit, the others go to a new one',
  async (deed) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { read, failures } = unruly({ callMilliseconds: 1000 });
    await read('before');
    const outcomes = Promise.allSettled([read(deed), read('a'), read('b')]);
    vi.advanceTimersByTime(1000);
    const [refused, ...others] = await outcomes;
    expect(refused).toMatchObject({ status: 'rejected', reason: unavailable });
    expect(others).toMatchObject([{ value: { text: 'a' } }, { value: { text: 'b' } }]);
    expect(failures.map(String)).toEqual(['Error: The triage worker did not answer within 1000 ms.']);
  },
);

test('a worker that dies with nothing to do is replaced when there is', async () => {
  const died = Promise.withResolvers<Error>();
  const { read } = unruly({ onFailure: died.resolve });
  const { threadId } = await read('exit afterwards');
  expect(String(await died.promise)).toMatch('ended with code 4');
  expect(await read('a')).not.toMatchObject({ threadId });
});

test('when the worker cannot start, all that waits is refused, and the next call tries again', async () => {
  const { read, failures } = unruly({ file: new URL('no-such-worker.ts', import.meta.url) });
  const refused = await Promise.allSettled([read('a'), read('b'), read('c')]);
  expect(refused).toMatchObject(Array(3).fill({ reason: unavailable }));
  await expect(read('d')).rejects.toMatchObject(unavailable);
  expect(failures.map(String)).toEqual(Array(2).fill(expect.stringContaining('no-such-worker')));
});

test('a worker that hangs while it starts is given up after the limit', async () => {
  const { read, failures } = unruly({ file: new URL('data:text/javascript,for (;;);'), startMilliseconds: 100 });
  const refused = await Promise.allSettled([read('a'), read('b')]);
  expect(refused).toMatchObject(Array(2).fill({ reason: unavailable }));
  expect(failures.map(String)).toEqual(['Error: The triage worker did not answer within 100 ms.']);
});

test('when the system gives no thread, all that waits is refused', async () => {
  const { read, failures } = unruly({ file: new URL('https://example.com/worker.ts') });
  await expect(read('a')).rejects.toMatchObject(unavailable);
  expect(failures).toHaveLength(1);
});

test('waits before it starts another worker', async () => {
  const { read, stop, failures } = unruly({ betweenStartsMilliseconds: 3_600_000 });
  await expect(read('exit')).rejects.toMatchObject(unavailable);
  const waiting = expect(read('a')).rejects.toMatchObject(unavailable);
  await stop();
  await waiting;
  expect(failures).toHaveLength(1);
});

test('refuses what is more than may wait, and takes texts again when there is room', async () => {
  const { read } = unruly({ mostWaiting: 2 });
  await read('before');
  // One call runs in the worker, and two calls wait.
  const taken = [read('a'), read('b'), read('c')];
  await expect(read('d')).rejects.toMatchObject({ code: 'busy' });
  expect((await Promise.all(taken)).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(await read('e')).toMatchObject({ text: 'e' });
});

test('stops in the middle of a text, and refuses what waits and what comes later', async () => {
  const { read, stop, failures } = unruly();
  await read('before');
  const outcomes = Promise.allSettled([read('spin for ever'), read('a')]);
  await stop();
  expect(await outcomes).toMatchObject([{ reason: unavailable }, { reason: unavailable }]);
  await expect(read('b')).rejects.toMatchObject(unavailable);
  await stop();
  expect(failures).toEqual([]);
});

test('stops without ever having started', async () => {
  const { read, stop } = unruly();
  await stop();
  await expect(read('a')).rejects.toMatchObject(unavailable);
});

test('a worker that was not stopped does not keep the process alive', async () => {
  const script = `
    import { triagerInWorker } from '${new URL('triager-in-worker.ts', import.meta.url)}';
    const untilAnswered = setInterval(() => {}, 1000);
    const triager = triagerInWorker({ folder: '/nowhere', file: new URL('${UNRULY}'), onFailure: console.error });
    const { text } = await triager.assess('org', 'Hello', {});
    clearInterval(untilAnswered);
    console.log(text);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('Hello\n');
});

describe('the worker that comes with Curlew', () => {
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

  test('learns what stays after a restart, for one organization', async () => {
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

  test.runIf(process.platform === 'linux')('leaves the processor to everybody else', async () => {
    const usual = niceOfThreads();
    await real().assess('org', 'Hello', OPTIONS);
    const now = niceOfThreads();
    expect(now.get(process.pid)).toBe(usual.get(process.pid));
    expect([...now.values()].filter((nice) => nice === 19)).toHaveLength(1);
  });
});

/** The nice value of each thread of this process, by the thread's id. The main thread has the id of the process. */
function niceOfThreads(): Map<number, number> {
  const folder = '/proc/self/task';
  return new Map(
    readdirSync(folder).map((id) => {
      // The thread's name in parentheses may contain spaces. The first field after it is field 3 of `stat`.
      const fields =
        readFileSync(join(folder, id, 'stat'), 'utf8')
          .split(') ')
          .at(-1)
          ?.split(' ') ?? [];
      return [Number(id), Number(fields[19 - 3])];
    }),
  );
}
