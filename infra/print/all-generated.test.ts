import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allGenerated, GENERATED_FOLDERS, ROOT } from './all-generated.ts';

describe('generated files', async () => {
  const files = await allGenerated();

  it.each([...files])('%s is current', (path, text) => {
    const isCurrent = readFileSync(new URL(path, ROOT), 'utf8') === text;
    expect(isCurrent, `${path} is out of date: run npm run generate`).toBe(true);
  });

  it.each(GENERATED_FOLDERS)('%s contains no other file', (folder) => {
    const paths = readdirSync(new URL(folder, ROOT)).map((name) => `${folder}/${name}`);
    expect(
      paths.filter((path) => !files.has(path)),
      'run npm run generate',
    ).toEqual([]);
  });
});
