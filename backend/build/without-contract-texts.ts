import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

// A property that says something to readers: one or more texts, joined by plus signs. What is shorter is data.
const TEXT = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
const PROPERTY = new RegExp(
  String.raw`\b(?:summary|description):\s*(?=['"][^'"]{8})(?:${TEXT})(?:\s*\+\s*(?:${TEXT}))*\s*(?:,|(?=\}))`,
  'g',
);

/**
 * Leaves out what the contract says to people, 10 KiB and more: functions serve the printed document, and never read
 * the texts beside the routes and schemas.
 */
export const withoutContractTexts: Plugin = {
  name: 'without-contract-texts',
  setup(build) {
    build.onLoad({ filter: /[\\/](core[\\/]src|backend[\\/]src[\\/]http)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: withoutTexts(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

export function withoutTexts(source: string): string {
  return source.replace(PROPERTY, '');
}
