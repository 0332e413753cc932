import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The zip files by Lambda's code hash. The stand-in does not return deployed code, but it returns the hash, which
 * proves that a file is the deployed one.
 */
export function packagesByHash(dist: string): ReadonlyMap<string, { readonly file: string; readonly zip: Buffer }> {
  const files = readdirSync(dist).filter((file) => file.endsWith('.zip'));
  return new Map(
    files.map((file) => {
      const zip = readFileSync(join(dist, file));
      return [createHash('sha256').update(zip).digest('base64'), { file, zip }];
    }),
  );
}
