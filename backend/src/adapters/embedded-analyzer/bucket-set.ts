/**
 * A set of buckets that is filled and emptied for each text. It has one bit for each bucket: a `Set` would hash the
 * bucket, which is a hash already, and take longer than computing the bucket did.
 */
export function bucketSet(buckets: number) {
  const bits = new Int32Array(buckets >> 5);
  const added: number[] = [];
  let count = 0;
  return {
    add(bucket: number): void {
      const index = bucket >> 5;
      const bit = 1 << (bucket & 31);
      const word = bits[index] as number;
      if ((word & bit) !== 0) return;
      bits[index] = word | bit;
      added[count++] = bucket;
    },
    /** Returns the buckets in the order in which they were added, and empties the set. */
    taken(): number[] {
      const all = added.slice(0, count);
      for (const bucket of all) bits[bucket >> 5] = 0;
      count = 0;
      return all;
    },
  };
}
