import { isObject } from '@curlew/core/kernel';
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
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch (error) {
    throw new FileProblem(`The file is not valid JSON: ${(error as Error).message}.`);
  }
  const rows = Array.isArray(value) ? value : isObject(value) ? arrayIn(value) : undefined;
  for (const [i, row] of (rows ?? [value]).entries()) {
    yield { line: i + 1, bytes: Math.round(((i + 1) / (rows?.length ?? 1)) * sizeBytes), row };
  }
}

function arrayIn(value: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const [only, ...others] = Object.values(value);
  return others.length === 0 && Array.isArray(only) ? only : undefined;
}
