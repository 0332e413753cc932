import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

function sources(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name) && !name.includes('node_modules'))
    .map((name) => read(`${folder}/${name.replaceAll('\\', '/')}`));
}

function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = withoutComments(text);
  const statements = code.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return {
    path,
    text: code,
    imports: [...statements].map(([, type, from, bare, lazy]) => ({
      from: from ?? bare ?? lazy ?? '',
      typeOnly: type !== undefined,
    })),
  };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The file that a relative import means, from the root. */
function target(file: SourceFile, from: string): string {
  return relative(ROOT, resolve(ROOT, dirname(file.path), from)).replaceAll('\\', '/');
}

const isTest = ({ path }: SourceFile) => /\.(test|contract)\.ts$|\/test\//.test(path);
const core = sources('core').filter((file) => !isTest(file));
const backend = sources('backend').filter((file) => !isTest(file) && !file.path.startsWith('backend/build/'));

describe('core', () => {
  it('imports zod and itself, nothing else', () => {
    for (const file of core) {
      for (const { from } of file.imports) {
        expect([file.path, from]).toEqual([file.path, expect.stringMatching(/^(zod|\.{1,2}\/.*\.ts)$/)]);
        if (from.startsWith('.')) expect(target(file, from)).toMatch(/^core\/src\//);
      }
    }
  });

  it('has no clock and no randomness', () => {
    const offenders = core.filter(({ text }) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|performance\.|crypto\./.test(text),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('lets a service import of another only its events and its public types', () => {
    const service = (path: string) => /^core\/src\/([\w-]+)\//.exec(path)?.[1];
    for (const file of core) {
      for (const { from, typeOnly } of file.imports.filter((one) => one.from.startsWith('.'))) {
        const path = target(file, from);
        const other = service(path);
        if (other === undefined || other === 'kernel' || other === service(file.path)) continue;
        // What triage says is part of tickets: its schemas, which are its door, are types that are there at run time too.
        const isPublic = path.endsWith('/index.ts') && (typeOnly || path === 'core/src/triage/index.ts');
        const allowed = path.endsWith('/events.ts') || isPublic;
        expect([file.path, from, allowed]).toEqual([file.path, from, true]);
      }
    }
  });
});

describe('backend', () => {
  const area = (path: string) => /^backend\/src\/(adapters\/\w+|http|hosts|services)/.exec(path)?.[1];

  it('lets no adapter know another, HTTP and services no adapter, and nothing a host', () => {
    for (const file of backend) {
      for (const { from, typeOnly } of file.imports.filter((one) => one.from.startsWith('.'))) {
        const [here, there] = [area(file.path), area(target(file, from))];
        // Services bring routes along; adapters name their tables.
        if ((here === 'services' && there === 'http') || (there === 'services' && typeOnly)) continue;
        if (here === undefined || there === undefined || here === there || here === 'hosts') continue;
        expect([file.path, from]).toEqual('nothing that is not its own');
      }
    }
  });

  it('reads the environment in the hosts’ configurations only', () => {
    const readers = backend.filter(({ text }) => /process\.env/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => !/^backend\/src\/hosts\/\w+\/config\.ts$/.test(path))).toEqual([]);
  });
});

describe('every package', () => {
  it.each(['core', 'backend', 'client', 'cli', '.'])('%s imports only what it declares', (folder) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const declared = new Set(
      Object.keys({ ...manifest.dependencies, ...(folder === '.' ? manifest.devDependencies : {}) }),
    );
    const roots = ['backend/build', 'models', 'bench', 'infra', 'rehearsal'];
    const own: Readonly<Record<string, readonly SourceFile[]>> = { '.': roots.flatMap(sources), core, backend };
    const files =
      own[folder] ?? sources(folder).filter((file) => !isTest(file) && !file.path.endsWith('test-server.ts'));
    const builtin = new Set(builtinModules);
    for (const file of files) {
      for (const { from, typeOnly } of file.imports) {
        if (from.startsWith('.') || from.startsWith('node:')) continue;
        // Types that have no code, such as those of Lambda's events, are a matter of the compiler.
        if (typeOnly && `@types/${from}` in root.devDependencies) continue;
        const name = from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/');
        expect([file.path, name, builtin.has(name)]).toEqual([file.path, name, false]);
        expect([file.path, name, declared.has(name) || name.startsWith('@curlew/')]).toEqual([file.path, name, true]);
      }
    }
  });

  it('imports zod as a namespace: the named import brings every locale along', () => {
    const offenders = [...core, ...backend].filter(({ text }) => /import (type )?\{[^}]*\} from 'zod'/.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

describe('documents', () => {
  it('have pictures that were drawn from what their sources say now', () => {
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

  it.each(documents)('%s leads to places that exist', (name) => {
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
