import { describe, expect, it } from 'vitest';
import type { RequestCounts } from '../src/http/rate-limit.ts';

/** The contract of every store of request counts. */
export function requestCountsContract(open: () => Promise<RequestCounts>): void {
  describe('counts of requests', () => {
    it('are separate for each name and window, and lose no request of many at once', async () => {
      const counts = await open();
      const end = 1_800_000_060;
      const many = await Promise.all(Array.from({ length: 20 }, () => counts.add('reads org_a ü', end)));
      expect(many.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(await counts.add('reads org_b ü', end)).toBe(1);
      expect(await counts.add('reads org_a ü', end + 60)).toBe(1);
    });
  });
}
