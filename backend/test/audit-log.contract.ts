import type { AuditLog } from '@curlew/core/audit';
import { auditOf } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';
import { contextOf } from './context.ts';

/** The contract of every audit log. `open` returns an empty log in which org_a and org_b exist. */
export function auditLogContract(open: () => Promise<AuditLog>): void {
  describe('list', () => {
    it('returns the entries of the organization only, page by page, in both orders', async () => {
      const audit = await open();
      const entries = [];
      for (let i = 0; i < 5; i++) {
        const entry = auditOf({ ...contextOf(), address: '192.0.2.1' }, 'api_key.used', `key_${i}`, {
          place: i,
          last: i === 4,
        });
        entries.push(entry);
        await audit.append(entry);
      }
      await audit.append(auditOf(contextOf('org_b'), 'user.erased', 'usr_1'));
      const expected = entries.map(({ organizationId: _, ...entry }) => entry);
      for (const sort of ['createdAt', '-createdAt'] as const) {
        const found = [];
        let after: readonly (string | number)[] | undefined;
        do {
          const page = await audit.list('org_a', { limit: 2, sort, ...(after === undefined ? {} : { after }) });
          expect(page.items.length).toBeLessThanOrEqual(2);
          found.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        expect(found).toEqual(sort === 'createdAt' ? expected : expected.toReversed());
      }
    });

    it('is empty without entries', async () => {
      expect(await (await open()).list('org_a', { limit: 2, sort: 'createdAt' })).toEqual({ items: [] });
    });
  });
}
