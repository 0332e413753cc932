import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './sources.ts';

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (name) => !/(^|\/)(node_modules|dist|\.git)\/|^data\//.test(name),
);
const documents = files.filter((name) => name.endsWith('.md'));
const fileNames = new Set(files.map((name) => basename(name)));

/** The text of a document without its code blocks. */
const proseOf = (name: string) => readFileSync(join(ROOT, name), 'utf8').replace(/```[\s\S]*?```/g, '');

/** The anchors of the headings of a document, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );
}

describe('documents', () => {
  it('have pictures that match their sources', () => {
    const folder = join(ROOT, 'docs/diagrams');
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.mmd'))) {
      const digest = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
      const picture = readFileSync(join(folder, name.replace(/mmd$/, 'svg')), 'utf8');
      expect([name, picture.includes(digest)]).toEqual([name, true]);
    }
  });

  it.each(documents)('%s has only links that work', (name) => {
    for (const [, link = ''] of proseOf(name).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:)/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? join(ROOT, name) : resolve(ROOT, dirname(name), decodeURIComponent(path));
      expect([link, existsSync(file)]).toEqual([link, true]);
      if (anchor !== undefined) expect([link, anchorsOf(file)]).toEqual([link, expect.arrayContaining([anchor])]);
    }
  });

  it.each(documents)('%s names files and scripts that exist', (name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      expect([script, script in scripts]).toEqual([script, true]);
    for (const [, path = ''] of text.matchAll(
      /`((?:core|backend|client|cli|models|rehearsal|infra|bench|docs|openapi|examples|test|\.ci|\.github)\/[\w./-]+)`/g,
    )) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    }
    for (const [, file = ''] of text.matchAll(/`([\w.-]+\.(?:ts|tf|sh|sql))`/g))
      expect([file, fileNames.has(file)]).toEqual([file, true]);
  });
});
