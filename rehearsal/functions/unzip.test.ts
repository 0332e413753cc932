import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { unzip } from './unzip.ts';

it('unpacks what was packed, compressed or not', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('x'.repeat(10_000)), 'index.mjs');
  zip.addBuffer(Buffer.from('stored'), 'docs/page.txt', { compress: false });
  zip.end();
  const folder = mkdtempSync(join(tmpdir(), 'curlew-unzip-'));
  unzip(await buffer(zip.outputStream as NodeJS.ReadableStream), folder);
  expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).toHaveLength(10_000);
  expect(readFileSync(join(folder, 'docs/page.txt'), 'utf8')).toBe('stored');
  rmSync(folder, { recursive: true });
});

it('refuses a file that is not a zip', () => {
  expect(() => unzip(Buffer.from('no'), '/nowhere')).toThrow('not a zip');
});
