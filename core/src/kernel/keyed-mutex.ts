/**
 * A mutex for each key. Work under one key runs one at a time, in the order of the calls. Other keys run in parallel.
 */
export function keyedMutex() {
  const last = new Map<string, Promise<unknown>>();
  return async function runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
