import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** A row as an array, in the order of the SELECT. Rows as objects are slow to read. */
export type Row = readonly SQLOutputValue[];

/** Reads a value from the columns or expressions in `select`. `at` is the index of the first one in the row. */
export interface Reader<Value> {
  readonly select: readonly string[];
  readonly get: (row: Row, at: number) => Value;
}

/** A value that is stored in one or more columns. A test compares `types` with the migrated schema. */
export interface Column<Value> extends Reader<Value> {
  readonly types: readonly string[];
  readonly put: (value: Value) => readonly SQLInputValue[];
}

type Readers<Item> = { readonly [Field in keyof Item]-?: Reader<Item[Field]> };

/** One column for each field. A missing field or a field of another type is a compile error. */
export type Columns<Item> = { readonly [Field in keyof Item]-?: Column<Item[Field]> };

// STRICT tables keep the type of each value, so a row contains the values that `put` wrote; hence the casts below.

export function text<Value extends string>(name: string): Column<Value> {
  return { select: [name], types: ['TEXT NOT NULL'], put: (value) => [value], get: (row, at) => row[at] as Value };
}

export function integer(name: string): Column<number> {
  return { select: [name], types: ['INTEGER NOT NULL'], put: (value) => [value], get: (row, at) => row[at] as number };
}

export function flag(name: string): Column<boolean> {
  const put = (value: boolean) => [value ? 1 : 0];
  return { select: [name], types: ['INTEGER NOT NULL'], put, get: (row, at) => row[at] === 1 };
}

export function json<Value>(name: string): Column<Value> {
  const put = (value: Value) => [JSON.stringify(value)];
  return { select: [name], types: ['TEXT NOT NULL'], put, get: (row, at) => JSON.parse(row[at] as string) };
}

export function nullable<Value>({ select, types, put, get }: Column<Value>): Column<Value | null> {
  return {
    select,
    types: types.map((type) => type.replace(' NOT NULL', '')),
    put: (value) => (value === null ? select.map(() => null) : put(value)),
    get: (row, at) => (row[at] === null ? null : get(row, at)),
  };
}

/** Joins the columns of all fields. The result is a column itself, so it can be a field of another item. */
export function columnsOf<Item extends object>(columns: Columns<Item>): Column<Item> {
  const types: string[] = [];
  const puts: ((item: Item) => readonly SQLInputValue[])[] = [];
  for (const field in columns) {
    const column = columns[field];
    types.push(...column.types);
    puts.push((item) => column.put(item[field]));
  }
  return { ...readerOf<Item>(columns), types, put: (item) => puts.flatMap((put) => put(item)) };
}

export function readerOf<Item extends object>(readers: Readers<Item>): Reader<Item> {
  const select: string[] = [];
  const parts: { field: keyof Item; offset: number; get: Reader<Item[keyof Item]>['get'] }[] = [];
  for (const field in readers) {
    const reader = readers[field];
    parts.push({ field, offset: select.length, get: reader.get });
    select.push(...reader.select);
  }
  return {
    select,
    get(row, at) {
      // Setting the fields in the same order gives every item the same hidden class in V8.
      const item: Partial<Item> = {};
      for (const { field, offset, get } of parts) item[field] = get(row, at + offset);
      return item as Item;
    },
  };
}

export function selectSql(table: string, names: readonly string[]): string {
  return `SELECT ${names.join(', ')} FROM ${table}`;
}

export function insertSql(table: string, names: readonly string[]): string {
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
}

/** Inserts a row, or updates the row that has the same values in the columns of `key`. */
export function upsertSql(table: string, names: readonly string[], key: readonly string[]): string {
  const others = names.filter((name) => !key.includes(name));
  const setting = others.map((name) => `${name} = excluded.${name}`).join(', ');
  return `${insertSql(table, names)} ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${setting}`;
}
