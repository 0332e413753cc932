import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase, sqliteTimerStore } from '../../adapters/sqlite/index.ts';
import { deadLetters } from './dead-letters.ts';

let folder: string;
const printed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  vi.stubEnv('CURLEW_DATA_DIR', folder);
  printed.length = 0;
  for (const method of ['log', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((text: string) => void printed.push(text));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const AT = '2026-03-01T00:00:00.000Z';

it('lists dead timers and makes one or all of them due', async () => {
  const file = join(folder, 'curlew.db');
  const database = openDatabase(file);
  const store = sqliteTimerStore(database);
  for (const key of ['tkt_1', 'tkt_2', 'tkt_3']) await store.set({ reaction: 'sla', organizationId: 'o', key }, AT);
  for (const timer of await store.due(AT, 2)) await store.park({ ...timer, attempts: 14, error: 'broken' }, undefined);

  expect(await deadLetters(undefined)).toBe(0);
  expect(printed).toEqual(
    ['timer:1 tkt_1', 'timer:2 tkt_2'].map((one) => {
      const [id, key] = one.split(' ');
      return `${id}\tsla\t${AT}\t${key}\t14 tries\tbroken`;
    }),
  );
  expect(await deadLetters('timer:2')).toBe(0);
  expect(await deadLetters('all')).toBe(0);
  expect(printed.slice(2)).toEqual(['1 to be tried again.', '1 to be tried again.']);
  expect(await store.due('2099-01-01T00:00:00.000Z', 10)).toHaveLength(3);
  await database.close();
});

it('refuses names without a dead letter', async () => {
  await openDatabase(join(folder, 'curlew.db')).close();
  for (const wrong of ['timer', 'timer:', 'timer:x', 'x']) expect(await deadLetters(wrong)).toBe(1);
  for (const unknown of ['timer:99', '4711']) {
    expect(await deadLetters(unknown)).toBe(1);
    expect(printed.at(-1)).toBe(`There is no dead letter ${unknown}.`);
  }
  expect(await deadLetters('all')).toBe(0);
  expect(printed.at(-1)).toBe('0 to be tried again.');
});
