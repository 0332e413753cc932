import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a secret looks like, whoever's it is. A `\\?` takes in JSON that was logged as a text. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'an API key': /clw_\w+_\w+/,
  'a token': /eyJ[\w-]+\.[\w-]+\.[\w-]*/,
  'a refresh or password token': /\bc[rp]t\.\w[\w-]*\.[\w.-]+/,
  'a password': /"\w*password\w*\\?"\s*:\s*\\?"/i,
  'an Authorization header': /authorization\\?"?\s*:\s*\[?\s*\\?"?(?:bearer|basic)\s/i,
};

/**
 * What stands in the functions' logs that must not, by file and line, without the secret itself. Whoever wrote nothing
 * proves nothing: a function that was certainly called and has an empty log, or none, is named, too.
 */
export function secretsInLogs(
  folder: string,
  { functions, called }: { functions: readonly string[]; called: ReadonlySet<string> },
): string[] {
  return functions.flatMap((name) => {
    const file = join(folder, `${name}.log`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.trim() === '') return called.has(name) ? [`${name} logged nothing`] : [];
    return text.split('\n').flatMap((line, i) => secretsOf(line).map((what) => `${name}.log, line ${i + 1}: ${what}`));
  });
}

function secretsOf(line: string): string[] {
  return Object.entries(SECRETS).flatMap(([what, form]) => (form.test(line) ? [what] : []));
}
