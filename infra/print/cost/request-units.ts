import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** Units of DynamoDB per kind of access. A test counts them. */
export type RequestUnits = Readonly<Record<string, { readonly write: number; readonly read: number }>>;

const Units = z.record(z.string(), z.object({ write: z.number().nonnegative(), read: z.number().nonnegative() }));

/** Reads the counted units. Throws an error with a sentence for the operator if the file is missing. */
export function readRequestUnits(file: URL): RequestUnits {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file.pathname} is missing: the tests of the DynamoDB adapters count the units and write it.`);
  }
  return Units.parse(JSON.parse(text));
}

export function unitsOf(units: RequestUnits, name: string): { readonly write: number; readonly read: number } {
  const found = units[name];
  if (found === undefined) throw new Error(`The units of ${name} were not counted.`);
  return found;
}
