import { documentation } from '../src/hosts/local/platform/documentation.ts';

// What the documentation port is asked for by name, on either host.
const NAMES = [
  'api.json',
  'api.yaml',
  'assets/swagger-ui.css',
  'assets/swagger-ui-bundle.js',
  'assets/start.js',
] as const;

/** The files that a function serves as documentation, by name: the same bytes that the local host serves. */
export async function documentationFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of NAMES) {
    const content = await documentation(name);
    if (content === undefined) throw new Error(`The documentation has no ${name}.`);
    files.set(name, content);
  }
  return files;
}
