import type { TableDesign } from '../src/services/service-types.ts';

type Item = Readonly<Record<string, unknown>>;

/** The size of an item in bytes, according to "DynamoDB item sizes and formats" (Developer Guide). */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  // A list or a map takes 3 bytes, and one byte more for each element.
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + valueBytes(one), 3);
  return 3 + Object.keys(value).length + itemBytes(value as Item);
}

const units = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));

/**
 * The write units of a change of one item, including its indexes. The table takes one unit per KB of the larger image,
 * or two in a transaction. An index takes one unit per KB for an entry that is added, removed or changed, and two for
 * an entry that moves ("Read and write operations" and "Global secondary indexes", Developer Guide). An undefined image
 * stands for a missing item.
 */
export function writeUnits(
  design: TableDesign,
  before: Item | undefined,
  after: Item | undefined,
  transactional: boolean,
): number {
  const base = units(
    Math.max(before === undefined ? 0 : itemBytes(before), after === undefined ? 0 : itemBytes(after)),
  );
  return design.indexes.reduce(
    (sum, { partition, sort, include }) => {
      const attributes = ['pk', 'sk', partition, sort, ...include];
      return (
        sum +
        entryUnits([partition, sort], entryOf(attributes, partition, before), entryOf(attributes, partition, after))
      );
    },
    base * (transactional ? 2 : 1),
  );
}

function entryOf(attributes: readonly string[], partition: string, item: Item | undefined): Item | undefined {
  if (item?.[partition] === undefined) return undefined;
  return Object.fromEntries(attributes.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
}

function entryUnits(key: readonly string[], before: Item | undefined, after: Item | undefined): number {
  if (before === undefined || after === undefined) {
    const entry = before ?? after;
    return entry === undefined ? 0 : units(itemBytes(entry));
  }
  if (key.some((name) => before[name] !== after[name])) return units(itemBytes(before)) + units(itemBytes(after));
  const same = JSON.stringify(before) === JSON.stringify(after);
  return same ? 0 : units(Math.max(itemBytes(before), itemBytes(after)));
}
