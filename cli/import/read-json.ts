import { inexactIntegers, isObject } from '@curlew/core/kernel';
import { FileProblem } from './file-problem.ts';
import type { ReadRow } from './read-row.ts';

const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads a JSON array of rows, or an object with one array of rows such as `{"tickets": [...]}`. `line` is the position
 * of the row in the array. The whole file is in memory. Throws `FileProblem`.
 */
export async function* readJson(chunks: AsyncIterable<Buffer>, sizeBytes: number): AsyncGenerator<ReadRow> {
  if (sizeBytes > MOST_BYTES) {
    throw new FileProblem(
      `A JSON array may have ${MOST_BYTES / 1024 / 1024} MiB. Write a JSON object a line (.ndjson).`,
    );
  }
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  let json: string;
  let value: unknown;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
    value = JSON.parse(json);
  } catch (error) {
    throw new FileProblem(`The file is not valid JSON: ${(error as Error).message}.`);
  }
  const rows = Array.isArray(value) ? value : isObject(value) ? arrayIn(value) : undefined;
  const inexact = new Map(
    inexactIntegers(json, Number.POSITIVE_INFINITY).map((issue) => [rowOf(issue.pointer, value, rows), issue]),
  );
  for (const [i, row] of (rows ?? [value]).entries()) {
    const place = { line: i + 1, bytes: Math.round(((i + 1) / (rows?.length ?? 1)) * sizeBytes) };
    const issue = inexact.get(i);
    yield issue === undefined ? { ...place, row } : { ...place, error: `${issue.pointer}: ${issue.message}` };
  }
}

/** Parses the JSON of one row. An integer that a number would change is an error. */
export function parseRow(json: string): { readonly row: unknown } | { readonly error: string } {
  try {
    const row: unknown = JSON.parse(json);
    const [inexact] = inexactIntegers(json, 1);
    return inexact === undefined ? { row } : { error: `${inexact.pointer}: ${inexact.message}` };
  } catch (error) {
    return { error: `Is not valid JSON: ${(error as Error).message}.` };
  }
}

/** The index of the row that a JSON Pointer into the whole file leads to. */
function rowOf(pointer: string, value: unknown, rows: readonly unknown[] | undefined): number {
  if (rows === undefined) return 0;
  return Number(pointer.split('/')[Array.isArray(value) ? 1 : 2]);
}

function arrayIn(value: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const [only, ...others] = Object.values(value);
  return others.length === 0 && Array.isArray(only) ? only : undefined;
}
