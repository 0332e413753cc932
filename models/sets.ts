import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@curlew/core/triage/text';

/** Invented messages, none from a real customer. Their authors also set the labels. */
const OWN = join(import.meta.dirname, 'messages');

export type Split = 'train' | 'development';

export interface Labelled {
  readonly text: string;
  readonly label: string;
  readonly source: string;
}

/** Reads data sets from a folder, and computes a digest of all files that were read. */
export function setsIn(folder: string) {
  const digest = createHash('sha256');

  function lines(file: string): Record<string, unknown>[] {
    const bytes = readFileSync(file);
    digest.update(bytes);
    const text = bytes.toString('utf8').trim();
    return text.split('\n').map((line, index) => {
      try {
        return JSON.parse(line);
      } catch {
        throw new Error(`${file}:${index + 1} is not JSON.`);
      }
    });
  }

  return {
    lines: (path: string) => lines(join(folder, path)),
    own: (name: string) => lines(join(OWN, `${name}.ndjson`)),
    text(path: string): string {
      const bytes = readFileSync(join(folder, path));
      digest.update(bytes);
      return bytes.toString('utf8');
    },
    /** SHA-256 of all files read so far, in the order of reading. */
    digest: () => digest.copy().digest('hex'),
  };
}

export type Sets = ReturnType<typeof setsIn>;

/**
 * Keeps a tenth of each set out of training. A hash of the text decides, so the split stays the same if a set grows.
 */
export function splitOf(text: string): Split {
  return hash(`split ${text}`) % 10 === 0 ? 'development' : 'train';
}
