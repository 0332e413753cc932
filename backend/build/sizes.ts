import type { Bundle } from './bundle.ts';

type Outputs = Bundle['outputs'];

/** The files that Node reads and compiles before the handler can run: `index.mjs` and all its static imports. */
export function eagerFiles(outputs: Outputs): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && !external) visit(path);
    }
  };
  visit('index.mjs');
  return found;
}

export function bytesOf(outputs: Outputs, names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
}

/** The bytes of these files by origin (a package, or a folder of this repository), largest first. */
export function bytesByOrigin(outputs: Outputs, names: Iterable<string>): readonly (readonly [string, number])[] {
  const bytes = new Map<string, number>();
  for (const name of names) {
    for (const [input, { bytesInOutput }] of Object.entries(outputs[name]?.inputs ?? {})) {
      const origin = originOf(input);
      bytes.set(origin, (bytes.get(origin) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes].sort(([, a], [, b]) => b - a);
}

function originOf(input: string): string {
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return dependency ?? input.split('/').slice(0, 4).join('/');
}
