import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { unzip } from './unzip.ts';

it('unpacks a zip, compressed or not', () => {
  const zip = zipSync({
    'index.mjs': strToU8('x'.repeat(10_000)),
    docs: { 'page.txt': [strToU8('stored'), { level: 0 }] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'curlew-unzip-'));
  unzip(zip, folder);
  expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).toHaveLength(10_000);
  expect(readFileSync(join(folder, 'docs/page.txt'), 'utf8')).toBe('stored');
  rmSync(folder, { recursive: true });
});

it('refuses a file that is not a zip', () => {
  expect(() => unzip(Buffer.from('no'), '/nowhere')).toThrow('invalid zip data');
});

it('refuses a path outside the folder', () => {
  expect(() => unzip(zipSync({ '../outside.txt': strToU8('x') }), '/nowhere')).toThrow('a path outside its folder');
});
