import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Patterns of secrets by kind. A `\\?` also matches JSON that was logged as a string. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'an API key': /clw_\w+_\w+/,
  'a token': /eyJ[\w-]+\.[\w-]+\.[\w-]*/,
  'a refresh or password token': /\bc[rp]t\.\w[\w-]*\.[\w.-]+/,
  'a password': /"\w*password\w*\\?"\s*:\s*\\?"/i,
  'an Authorization header': /authorization\\?"?\s*:\s*\[?\s*\\?"?(?:bearer|basic)\s/i,
};

/**
 * Finds secrets in the logs of functions. Each result has the file, the line and the kind of the secret, not the secret
 * itself. An empty log proves nothing, so the result also names each function in `called` with an empty or missing log.
 */
export function secretsInLogs(
  folder: string,
  { functions, called }: { functions: readonly string[]; called: ReadonlySet<string> },
): string[] {
  return functions.flatMap((name) => {
    const file = join(folder, `${name}.log`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.trim() === '') return called.has(name) ? [`${name} logged nothing`] : [];
    return text.split('\n').flatMap((line, i) => secretsOf(line).map((kind) => `${name}.log, line ${i + 1}: ${kind}`));
  });
}

function secretsOf(line: string): string[] {
  return Object.entries(SECRETS).flatMap(([kind, pattern]) => (pattern.test(line) ? [kind] : []));
}
