import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './sources.ts';

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

  const documents = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.md') && !/(^|\/)(node_modules|data|dist|\.git)\//.test(name),
  );

  it.each(documents)('%s has only links that work', (name) => {
    const text = readFileSync(join(ROOT, name), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:|#)/.test(link)) continue;
      const file = resolve(ROOT, dirname(name), decodeURIComponent(link.split('#')[0] ?? ''));
      expect([link, existsSync(file)]).toEqual([link, true]);
    }
  });

  it.each(documents)('%s names files and scripts that exist', (name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g))
      expect([script, script in scripts]).toEqual([script, true]);
    for (const [, path = ''] of text.matchAll(
      /`((?:core|backend|cli|models|rehearsal|infra|bench|docs|openapi|examples|test)\/[\w./-]+)`/g,
    )) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    }
  });
});
