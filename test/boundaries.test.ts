import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circularFiles, circularFolders, type Import, ROOT, readSources, type SourceFile } from './sources.ts';

const SOURCES = readSources();
const product = SOURCES.filter(({ isTest }) => !isTest);
const below = (folder: string) => product.filter(({ path }) => path.startsWith(`${folder}/`));

/** The imports that a rule forbids, one sentence each. */
function forbidden(
  files: readonly SourceFile[],
  isForbidden: (imported: Import & { readonly from: SourceFile }) => boolean,
): string[] {
  return files.flatMap((from) =>
    from.imports
      .filter((imported) => isForbidden({ ...imported, from }))
      .map(({ specifier }) => `${from.path} imports ${specifier}`),
  );
}

const isBelow = (file: string | undefined, ...folders: readonly string[]) =>
  file !== undefined && folders.some((folder) => file.startsWith(`${folder}/`));

/** A file with one import. */
const file = (path: string, imported: string): SourceFile => ({
  path,
  code: '',
  isTest: false,
  imports: [{ specifier: imported, file: imported, typeOnly: false }],
});

describe('the repository', () => {
  it('has no circle of folders', () => {
    expect(circularFolders(product)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circularFiles(product)).toEqual([]);
  });

  it('finds a circle of folders, and ignores an index that re-exports its subfolders', () => {
    const three = [file('a/one.ts', 'b/two.ts'), file('b/two.ts', 'c/three.ts'), file('c/three.ts', 'a/four.ts')];
    expect(circularFolders(three)).toHaveLength(3);
    expect(circularFolders(three.slice(1))).toEqual([]);
    expect(circularFolders([file('a/index.ts', 'a/b/one.ts'), file('a/b/one.ts', 'a/two.ts')])).toEqual([]);
    expect(circularFolders([file('a/other.ts', 'a/b/one.ts'), file('a/b/one.ts', 'a/two.ts')])).toHaveLength(2);
  });

  it('finds a circle of files in one folder', () => {
    const pair = [file('a/one.ts', 'a/two.ts'), file('a/two.ts', 'a/one.ts')];
    expect(circularFiles(pair)).toEqual(['a/one.ts imports a/two.ts', 'a/two.ts imports a/one.ts']);
    expect(circularFiles(pair.slice(1))).toEqual([]);
  });

  it('casts no rows or items in stores outside their readers, so that a missing field is a compile error', () => {
    const readers = ['sqlite/columns', 'sqlite/ticket-list', 'dynamodb/attributes'];
    // Node has no types for rows as arrays, a queue has jobs of all types, and a caught error has no type.
    const others = ['sqlite/database', 'sqlite/group-commit', 'dynamodb/calls'];
    const exceptions = [...readers, ...others].map((name) => `backend/src/adapters/${name}.ts`);
    const offenders = [...below('backend/src/adapters/sqlite'), ...below('backend/src/adapters/dynamodb')]
      .filter(({ path }) => !exceptions.includes(path))
      .filter(({ code }) => /^(?! *(?:\/\/|\/?\*|import\b)).*[\w)\]}] as (?!const\b)[\w{[(]/m.test(code));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('imports zod as a namespace, because the named import loads all locales', () => {
    const offenders = product.filter(({ code }) => /import (type )?\{[^}]*\} from 'zod'/.test(code));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

describe('core', () => {
  const core = below('core');
  const service = (path: string) => /^core\/src\/([\w-]+)\//.exec(path)?.[1];

  it('imports only zod and itself', () => {
    expect(forbidden(core, ({ specifier, file }) => specifier !== 'zod' && !isBelow(file, 'core/src'))).toEqual([]);
  });

  it('has no clock and no randomness', () => {
    const offenders = core.filter(({ code }) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|performance\.|crypto\./.test(code),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('has a kernel that imports no service', () => {
    expect(
      forbidden(below('core/src/kernel'), ({ file }) => !isBelow(file, 'core/src/kernel') && file !== undefined),
    ).toEqual([]);
  });

  it('has services that import only events and public types of other services', () => {
    const isForbidden = ({ file = '', typeOnly, from }: Import & { from: SourceFile }) => {
      const other = service(file);
      if (other === undefined || other === 'kernel' || other === service(from.path)) return false;
      // A ticket contains the result of triage, so tickets import the schemas in triage's index as values.
      const isPublic = file.endsWith('/index.ts') && (typeOnly || file === 'core/src/triage/index.ts');
      return !file.endsWith('/events.ts') && !isPublic;
    };
    expect(forbidden(core, isForbidden)).toEqual([]);
  });
});

describe('the other packages', () => {
  it('import from core only the index of a folder, and reactions from their own files', () => {
    const others = SOURCES.filter(({ path }) => !path.startsWith('core/'));
    const isInner = ({ specifier }: Import) =>
      /^@curlew\/core\/.*\.ts$/.test(specifier) && !/\/on-[\w-]+\.ts$/.test(specifier);
    expect(forbidden(others, isInner)).toEqual([]);
  });
});

describe('backend', () => {
  const adapter = (path = '') => /^backend\/src\/adapters\/[\w-]+/.exec(path)?.[0];

  it('has adapters that import no other adapter', () => {
    const isForbidden = ({ file, from }: Import & { from: SourceFile }) =>
      adapter(file) !== undefined && adapter(file) !== adapter(from.path);
    expect(forbidden(below('backend/src/adapters'), isForbidden)).toEqual([]);
  });

  it.each(['http', 'services', 'contract'])('has %s without imports of adapters and hosts', (folder) => {
    const isForbidden = ({ file }: Import) => isBelow(file, 'backend/src/adapters', 'backend/src/hosts');
    expect(forbidden(below(`backend/src/${folder}`), isForbidden)).toEqual([]);
  });

  it('has adapters and HTTP that import only types from services', () => {
    const others = [...below('backend/src/adapters'), ...below('backend/src/http')];
    expect(forbidden(others, ({ file, typeOnly }) => isBelow(file, 'backend/src/services') && !typeOnly)).toEqual([]);
  });

  it('has hosts that no other part imports', () => {
    const others = below('backend/src').filter(({ path }) => !path.startsWith('backend/src/hosts/'));
    expect(forbidden(others, ({ file }) => isBelow(file, 'backend/src/hosts'))).toEqual([]);
  });

  it('has an OpenAPI printer that no server and no function imports', () => {
    const servers = [...below('backend/src/hosts'), ...below('backend/src/http'), ...below('backend/src/adapters')];
    expect(forbidden(servers, ({ file }) => isBelow(file, 'backend/src/contract/openapi'))).toEqual([]);
  });

  it("reads environment variables only in the hosts' configurations", () => {
    const readers = below('backend/src').filter(({ code }) => /process\.env/.test(code));
    const paths = readers.map(({ path }) => path);
    expect(paths.filter((path) => !/^backend\/src\/hosts\/\w+\/config\.ts$/.test(path))).toEqual([]);
  });
});

describe('the callers of the API', () => {
  // Two files declare the commands that open a data folder or call AWS, and import the code of these commands. A dry
  // run of an import sends no request, so it checks rows with the schemas of core.
  const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
    'cli/local-commands.ts': ['backend/src/hosts/local'],
    'cli/aws-commands.ts': ['infra/deploy'],
    'cli/import/check-row.ts': ['core/src', 'backend/src/http'],
    'cli/import/row.ts': ['core/src'],
    'cli/import/ids-in-run.ts': ['core/src'],
    'cli/import/fit-row.ts': ['core/src'],
    'cli/import/read-json.ts': ['core/src'],
    'cli/import/differences.ts': ['core/src', 'backend/src/http'],
    'cli/import/import-rows.ts': ['core/src'],
  };

  it.each(['cli', 'console'])('%s imports only the client from Curlew', (folder) => {
    const isForbidden = ({ file, from }: Import & { from: SourceFile }) =>
      file !== undefined && !isBelow(file, folder, 'client/src', ...(EXCEPTIONS[from.path] ?? []));
    expect(forbidden(below(folder), isForbidden)).toEqual([]);
  });

  it('the client imports no other part of Curlew', () => {
    expect(forbidden(below('client'), ({ file }) => file !== undefined && !isBelow(file, 'client'))).toEqual([]);
  });
});

describe('the rehearsal', () => {
  it('imports no part of Curlew, also in its tests', () => {
    const files = SOURCES.filter(({ path }) => path.startsWith('rehearsal/'));
    expect(forbidden(files, ({ file }) => file !== undefined && !isBelow(file, 'rehearsal'))).toEqual([]);
  });
});

describe('every package', () => {
  const manifestOf = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const root = manifestOf('.');
  const workspaces: readonly string[] = root.workspaces;
  const packageOf = (path: string) => workspaces.find((folder) => path.startsWith(`${folder}/`)) ?? '.';
  // This code runs after an installation without development dependencies, too.
  const isProduction = (path: string) => /^(core|client|cli|backend)\/(?!build\/)/.test(path);

  it.each([...workspaces, '.'])('%s imports only packages that it declares', (folder) => {
    const { dependencies, devDependencies } = manifestOf(folder);
    const own = product.filter(({ path }) => packageOf(path) === folder);
    const isUndeclared = ({ specifier, file, typeOnly, from }: Import & { from: SourceFile }) => {
      if (file !== undefined || specifier.startsWith('node:')) return false;
      // Packages with only types, such as Lambda's events, are checked by the compiler.
      if (typeOnly && `@types/${specifier}` in root.devDependencies) return false;
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      const declared = isProduction(from.path) ? dependencies : { ...dependencies, ...devDependencies };
      return builtinModules.includes(name) || !Object.hasOwn(declared ?? {}, name);
    };
    expect(forbidden(own, isUndeclared)).toEqual([]);
  });
});
