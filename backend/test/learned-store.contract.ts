import { StaleError } from '@curlew/core/kernel';
import type { LearnedStore } from '@curlew/core/triage';
import { expect, it } from 'vitest';

/** The contract of every store of learned data. `reopened` is the same store as another process sees it. */
export function learnedStoreContract(
  open: () => Promise<{ readonly store: LearnedStore; readonly reopened: LearnedStore }>,
): void {
  const FIRST = Uint8Array.from({ length: 256 }, (_, index) => index);
  const SECOND = Uint8Array.of(7, 0, 13, 10);

  it('has no data of an organization without a save', async () => {
    const { store } = await open();
    expect(await store.load('acme')).toBeUndefined();
    expect(await store.revision('acme')).toBeUndefined();
  });

  it('returns the saved bytes with their revision', async () => {
    const { store, reopened } = await open();
    const revision = await store.save('acme', FIRST, undefined);
    for (const one of [store, reopened]) {
      expect(await one.revision('acme')).toBe(revision);
      const found = await one.load('acme');
      expect(found?.revision).toBe(revision);
      expect([...(found?.bytes ?? [])]).toEqual([...FIRST]);
    }
  });

  it('replaces the bytes of the given revision', async () => {
    const { store, reopened } = await open();
    const first = await store.save('acme', FIRST, undefined);
    const second = await store.save('acme', SECOND, first);
    expect(second).not.toBe(first);
    expect([...((await reopened.load('acme'))?.bytes ?? [])]).toEqual([...SECOND]);
    expect(await reopened.revision('acme')).toBe(second);
  });

  it('refuses a save with an outdated revision and keeps the stored bytes', async () => {
    const { store, reopened } = await open();
    const first = await store.save('acme', FIRST, undefined);
    const second = await reopened.save('acme', SECOND, first);
    await expect(store.save('acme', FIRST, first)).rejects.toBeInstanceOf(StaleError);
    await expect(store.save('acme', FIRST, undefined)).rejects.toBeInstanceOf(StaleError);
    await expect(store.save('globex', FIRST, second)).rejects.toBeInstanceOf(StaleError);
    expect(await store.revision('acme')).toBe(second);
    expect(await store.load('globex')).toBeUndefined();
  });

  it('accepts only one of several saves at once', async () => {
    const { store, reopened } = await open();
    for (const round of [1, 2]) {
      const from = await store.revision('acme');
      const saves = Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? store : reopened).save('acme', Uint8Array.of(round, index), from),
      );
      const results = await Promise.allSettled(saves);
      const taken = results.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
      expect(taken).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StaleError);
      }
      expect([...((await store.load('acme'))?.bytes ?? [])]).toEqual([round, ...taken]);
    }
  });

  it('keeps organizations apart for any form of id', async () => {
    const { store } = await open();
    const ids = [
      'acme',
      'Acme',
      'ACME',
      '../acme',
      'acme/../..',
      '.',
      '..',
      '',
      'a\u0000b',
      '🐦',
      'x'.repeat(5000),
      'CON',
    ];
    for (const [index, id] of ids.entries()) await store.save(id, Uint8Array.of(index), undefined);
    for (const [index, id] of ids.entries()) expect([...((await store.load(id))?.bytes ?? [])]).toEqual([index]);
  });

  it('stores megabytes and an empty value', async () => {
    const { store } = await open();
    const large = new Uint8Array(5_000_000).fill(200);
    const revision = await store.save('acme', large, undefined);
    expect(Buffer.compare((await store.load('acme'))?.bytes ?? Buffer.of(), large)).toBe(0);
    await store.save('acme', new Uint8Array(), revision);
    expect((await store.load('acme'))?.bytes).toHaveLength(0);
  });
}
