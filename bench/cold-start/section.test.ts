import { expect, it } from 'vitest';
import { bytesOf, eagerFiles } from '../../backend/build/sizes.ts';
import { keepSection, withSection } from '../marked-section.ts';
import { overTarget, type Row } from './section.ts';

it('adds the section at the end of a document, and replaces it on the next run', () => {
  const once = withSection('# Title\n\nText\n', 'first');
  const twice = withSection(`${once}\nMore\n`, 'second');
  expect(twice.split('\n').filter((line) => line !== '')).toEqual([
    ...['# Title', 'Text', '<!-- cold-start -->', 'second', '<!-- cold-start -->', 'More'],
  ]);
  expect(keepSection('# New\n', twice)).toBe(withSection('# New\n', 'second'));
  expect(keepSection('# New\n', '# Title\n')).toBe('# New\n');
});

it('counts static imports of any depth, but no dynamic imports', () => {
  const file = (bytes: number, imports: readonly (readonly [string, 'import-statement' | 'dynamic-import'])[]) => ({
    ...{ bytes, inputs: {}, exports: [] },
    imports: imports.map(([path, kind]) => ({ path, kind })),
  });
  const outputs = {
    'index.mjs': file(1, [
      ['a.mjs', 'import-statement'],
      ['late.mjs', 'dynamic-import'],
    ]),
    'a.mjs': file(10, [
      ['b.mjs', 'import-statement'],
      ['index.mjs', 'import-statement'],
    ]),
    'b.mjs': file(100, []),
    'late.mjs': file(1000, []),
  };
  expect(bytesOf(outputs, eagerFiles(outputs))).toBe(111);
});

it('compares functions with the targets, but not baselines', () => {
  const row = { eagerKib: 451, timesBareSdk: 2.5 } as Row;
  expect(overTarget([{ ...row, name: 'bare-sdk', baseline: true }])).toEqual([]);
  expect(overTarget([{ ...row, name: 'all', baseline: false }])).toHaveLength(2);
});
