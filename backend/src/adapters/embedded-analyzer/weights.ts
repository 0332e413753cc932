import { readFile } from 'node:fs/promises';

/** The first line of a model's file, as JSON. The weights follow it. */
export interface ModelHeader {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the training data. */
  readonly data: string;
  readonly buckets: number;
  readonly classes: readonly string[];
  /** A weight is a signed byte multiplied by this. */
  readonly scale: number;
}

export interface Model<Header extends ModelHeader> {
  readonly header: Header;
  /** For each bucket, one weight for each class. */
  readonly weights: Int8Array;
}

const NEWLINE = 10;

export async function readModel<Header extends ModelHeader>(file: string): Promise<Model<Header>> {
  return parseModel(await readFile(new URL(`./weights/${file}`, import.meta.url)));
}

/** Throws if the file is incomplete, because part of a model would give wrong results. */
function parseModel<Header extends ModelHeader>(bytes: Buffer): Model<Header> {
  const end = bytes.indexOf(NEWLINE);
  const header = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
  const expected = header.buckets * header.classes.length;
  const body = bytes.subarray(end + 1);
  if (body.length !== expected)
    throw new Error(`The model ${header.name} has ${body.length} weights, not ${expected}.`);
  return { header, weights: new Int8Array(body.buffer, body.byteOffset, body.length) };
}

export function modelBytes<Header extends ModelHeader>({ header, weights }: Model<Header>): Buffer {
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    Buffer.from(weights.buffer, weights.byteOffset, weights.length),
  ]);
}

/** Converts weights to signed bytes; the largest absolute weight becomes 127. */
export function quantize(weights: Float32Array): { weights: Int8Array; scale: number } {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest / 127 || 1;
  return { weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)), scale };
}
