import type { ApiKeyRecord } from './api-key.ts';
import type { ApiKeyStore } from './ports.ts';

/** The longest chain of keys of which each was created with the one before. A use of the last one reads them all. */
export const LONGEST_LINEAGE = 10;

/** The key and the keys that it was created with, its parent first. Undefined if one of them has no record. */
export async function findLineage(
  { keys }: { readonly keys: Pick<ApiKeyStore, 'find'> },
  record: ApiKeyRecord,
): Promise<ApiKeyRecord[] | undefined> {
  const lineage = [record];
  for (let id = record.apiKey.createdByKeyId; id !== null; ) {
    const parent = lineage.length < LONGEST_LINEAGE ? await keys.find(record.organizationId, id) : undefined;
    if (parent === undefined) return undefined;
    lineage.push(parent);
    id = parent.apiKey.createdByKeyId;
  }
  return lineage;
}

/** The keys of `family` that were created with the key `id`, directly or with a key that was. */
export function descendantsOf(id: string, family: readonly ApiKeyRecord[]): ApiKeyRecord[] {
  const ids = new Set([id]);
  const found: ApiKeyRecord[] = [];
  let rest = family;
  for (;;) {
    const next = rest.filter(({ apiKey }) => apiKey.createdByKeyId !== null && ids.has(apiKey.createdByKeyId));
    if (next.length === 0) return found;
    found.push(...next);
    for (const { apiKey } of next) ids.add(apiKey.id);
    rest = rest.filter((one) => !next.includes(one));
  }
}
