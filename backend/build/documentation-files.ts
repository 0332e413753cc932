import { documentation } from '../src/hosts/local/platform/documentation.ts';

// All names with which the service calls the documentation port, on both hosts.
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
    files.set(name, content.bytes);
  }
  return files;
}
