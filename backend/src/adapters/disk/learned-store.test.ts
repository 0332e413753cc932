import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { learnerOf, UnreadableLessonsError } from '@curlew/core/triage/text';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learnedStoreContract } from '../../../test/learned-store.contract.ts';
import { diskLearnedStore } from './learned-store.ts';

describe('the learned data on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'learned-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const inside = () => join(folder, 'not', 'there', 'yet');

  learnedStoreContract(async () => ({ store: diskLearnedStore(inside()), reopened: diskLearnedStore(inside()) }));

  it('is one file for each organization, without temporary files', async () => {
    const store = diskLearnedStore(folder);
    const revision = await store.save('acme', Uint8Array.of(1), undefined);
    await store.save('acme', Uint8Array.of(2), revision);
    await store.save('acme', Uint8Array.of(3), revision).catch(() => undefined);
    await store.save('globex', Uint8Array.of(4), undefined);
    expect(readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.learned$/.test(name))).toHaveLength(2);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('can be saved after an interrupted save', async () => {
    const store = diskLearnedStore(folder);
    const revision = await store.save('acme', Uint8Array.of(1), undefined);
    const [file] = readdirSync(folder);
    writeFileSync(join(folder, `${file}.new`), 'half of wh');
    expect(await store.revision('acme')).toBe(revision);
    await store.save('acme', Uint8Array.of(2), revision);
    expect([...((await store.load('acme'))?.bytes ?? [])]).toEqual([2]);
    expect(readdirSync(folder)).toEqual([file]);
  });

  it.each(['', 'short', 'x'.repeat(500)])(
    'is loaded from a damaged file with %j, for the learner to refuse',
    async (text) => {
      const store = diskLearnedStore(folder);
      await store.save('acme', Uint8Array.of(1), undefined);
      writeFileSync(join(folder, readdirSync(folder)[0] as string), text);
      const found = await store.load('acme');
      expect(found?.revision).toBe(await store.revision('acme'));
      expect(() => learnerOf(found?.bytes)).toThrow(UnreadableLessonsError);
      await store.save('acme', learnerOf().bytes(), found?.revision);
      expect(learnerOf((await store.load('acme'))?.bytes).categories()).toEqual([]);
    },
  );

  it('fails without file permissions, and leaves no temporary file', async () => {
    writeFileSync(join(folder, 'file'), '');
    const store = diskLearnedStore(join(folder, 'file'));
    await expect(store.load('acme')).rejects.toThrow('ENOTDIR');
    await expect(store.save('acme', Uint8Array.of(1), undefined)).rejects.toThrow('ENOTDIR');
    const other = diskLearnedStore(folder);
    await other.save('acme', Uint8Array.of(1), undefined);
    const file = readdirSync(folder).find((name) => name.endsWith('.learned')) as string;
    rmSync(join(folder, file));
    mkdirSync(join(folder, file));
    await expect(other.load('acme')).rejects.toThrow('EISDIR');
    await expect(other.revision('acme')).rejects.toThrow('EISDIR');
    expect(readdirSync(folder).sort()).toEqual([file, 'file'].sort());
  });
});
