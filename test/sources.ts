import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = resolve(import.meta.dirname, '..');

export interface Import {
  /** The import specifier in the source. */
  readonly specifier: string;
  /** The imported file of this repository, from the root; undefined for a package. */
  readonly file: string | undefined;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Path from the root, with slashes. */
  readonly path: string;
  /** Source text without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
  /** Part of tests: what only they import need not obey the rules of the product. */
  readonly isTest: boolean;
}

/** Every TypeScript and JavaScript file of the repository, including uncommitted ones. */
export function readSources(): readonly SourceFile[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.js', '*.mjs'];
  const paths = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\n');
  return paths.filter((path) => path !== '' && existsSync(join(ROOT, path))).map(read);
}

function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const { module, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: { specifier: string; typeOnly: boolean }[] = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [{ specifier: moduleRequest.value, typeOnly: isType }],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const written = text.slice(start, end);
      return /^['"]/.test(written) ? [{ specifier: written.slice(1, -1), typeOnly: false }] : [];
    }),
  ];
  let code = '';
  let at = 0;
  for (const { start, end } of comments) {
    code += text.slice(at, start);
    at = end;
  }
  return {
    path,
    code: code + text.slice(at),
    imports: found.map((one) => ({ ...one, file: fileOf(path, one.specifier) })),
    isTest: /\.(test|contract|tables)\.ts$|^\w+\/test\/|^test\/|test-server\.ts$/.test(path),
  };
}

function fileOf(importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    return relative(ROOT, resolve(ROOT, dirname(importer), specifier)).replaceAll('\\', '/');
  }
  const [, name = '', inside = ''] = /^@curlew\/(\w+)\/?(.*)$/.exec(specifier) ?? [];
  if (name === '') return undefined;
  const { exports } = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8'));
  const key = inside === '' ? '.' : `./${inside}`;
  const isFile = inside.endsWith('.ts') && exports['./*.ts'] !== undefined;
  const target: string = exports[key] ?? (isFile ? key.replace('./', './src/') : exports['./*'].replace('*', inside));
  return `${name}/${target.replace('./', '')}`;
}

/** The imports that form a circle of folders, one sentence each; empty without a circle. */
export function circularFolders(files: readonly SourceFile[]): string[] {
  return circularImports(files, dirname, isDoor);
}

/** The imports that form a circle of files, one sentence each; empty without a circle. */
export function circularFiles(files: readonly SourceFile[]): string[] {
  return circularImports(
    files,
    (path) => path,
    () => false,
  );
}

function circularImports(
  files: readonly SourceFile[],
  placeOf: (path: string) => string,
  isExempt: (path: string, file: string) => boolean,
): string[] {
  const edges = new Map<string, Map<string, string>>();
  for (const { path, imports } of files) {
    for (const { file } of imports) {
      if (file === undefined || isExempt(path, file)) continue;
      const [from, to] = [placeOf(path), placeOf(file)];
      if (from === to) continue;
      const targets = edges.get(from) ?? new Map<string, string>();
      edges.set(from, targets.set(to, `${path} imports ${file}`));
    }
  }
  const reached = new Map([...edges.keys()].map((place) => [place, reachable(place, edges)]));
  return [...edges].flatMap(([from, targets]) =>
    [...targets].flatMap(([to, inWords]) => (reached.get(to)?.has(from) ? [inWords] : [])),
  );
}

/** A folder's index re-exports the folders below it, which import the rest of the folder. */
function isDoor(path: string, file: string): boolean {
  return path.endsWith('/index.ts') && file.startsWith(`${dirname(path)}/`);
}

function reachable(from: string, edges: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [from];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const to of edges.get(place)?.keys() ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}
