/**
 * A set of buckets that is filled and emptied for each text. A bit for each bucket: a `Set` would hash again what is a hash
 * already, and that costs more than the hash did.
 */
export function bucketSet(buckets: number) {
  const bits = new Int32Array(buckets >> 5);
  const added: number[] = [];
  let count = 0;
  return {
    add(bucket: number): void {
      const place = bucket >> 5;
      const bit = 1 << (bucket & 31);
      const word = bits[place] as number;
      if ((word & bit) !== 0) return;
      bits[place] = word | bit;
      added[count++] = bucket;
    },
    /** What was added, in that order; the set is empty again. */
    taken(): number[] {
      const all = added.slice(0, count);
      for (const bucket of all) bits[bucket >> 5] = 0;
      count = 0;
      return all;
    },
  };
}
