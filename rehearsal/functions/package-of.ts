import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The zip files by the hash that Lambda gives for them. The stand-in does not hand deployed code out again, but it
 * does say what it hashed, so that no other file can be run in place of the deployed one.
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
