import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@curlew/core/triage/text';

/** Messages that were made up for Curlew, none of a real customer; their labels are their writers'. */
const OWN = join(import.meta.dirname, 'messages');

export type Split = 'train' | 'development';

export interface Labelled {
  readonly text: string;
  readonly label: string;
  readonly source: string;
}

/** Reads sets from a folder, and remembers what of it was read. */
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
    /** SHA-256 of all that was read so far, in the order of reading. */
    digest: () => digest.copy().digest('hex'),
  };
}

export type Sets = ReturnType<typeof setsIn>;

/** A tenth of each set is never trained on. By the text itself, so that a set may grow. */
export function splitOf(text: string): Split {
  return hash(`split ${text}`) % 10 === 0 ? 'development' : 'train';
}
