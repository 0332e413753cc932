import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('timer-process.ts', import.meta.url));
const TIMERS = 1000;
const KILLS = Number(process.env.CURLEW_TEST_KILLS ?? 5);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function startTimers(file: string) {
  const child = spawn(process.execPath, [PROGRAM, file, String(TIMERS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'close');
  const printed = (word: string) =>
    new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes(word) && resolve());
      child.on('close', () => reject(new Error(`The process ended before it printed "${word}".`)));
    });
  return { child, exit, printed };
}

it(`each of ${TIMERS} timers takes effect once, over ${KILLS} kills`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const file = join(folder, 'curlew.db');
  const countOf = (sql: string) => {
    const database = new DatabaseSync(file, { readOnly: true });
    const [count] = Object.values(database.prepare(sql).get() ?? {});
    database.close();
    return Number(count);
  };
  for (let kill = 1; kill <= KILLS; kill++) {
    const { child, exit, printed } = startTimers(file);
    await printed('set');
    // More timers may have taken effect by the time of the kill, and others are running.
    const enough = Math.floor((TIMERS * kill) / (KILLS + 1));
    await expect
      .poll(() => countOf('SELECT sum(effects) FROM effects'), { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(enough);
    child.kill('SIGKILL');
    // A later kill can come after the last timer. The first kill always comes before.
    if (kill === 1) expect(await exit).toEqual([null, 'SIGKILL']);
    else await exit;
  }

  const last = startTimers(file);
  await last.printed('done');
  await last.exit;
  expect(countOf('SELECT count(*) FROM timers')).toBe(0);
  expect(countOf('SELECT count(*) FROM effects WHERE effects = 1')).toBe(TIMERS);
  // An interrupted timer runs again, so a run without an effect is a repeat. There are a few per kill.
  const repeats = countOf('SELECT sum(runs) FROM effects') - TIMERS;
  expect(repeats).toBeLessThanOrEqual(KILLS * 16);
});
