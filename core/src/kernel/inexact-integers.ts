import { type Issue, MOST_ISSUES } from './errors.ts';
import { pointerTo } from './parse.ts';

interface Container {
  readonly isArray: boolean;
  /** The index or the key (as it is written, in quotes) of the present value. */
  at: number | string;
  /** Whether the next string is a key. */
  expectsKey: boolean;
}

/**
 * The integers of a valid JSON text that a JavaScript number would change silently, such as ids of other systems. Each
 * gets a JSON Pointer. Stops after `most`, by default one more than an answer lists. Takes linear time, and memory only
 * for the open objects and arrays.
 */
export function inexactIntegers(json: string, most: number = MOST_ISSUES + 1): Issue[] {
  const issues: Issue[] = [];
  // 2^53 has 16 digits. Few texts have so many in a row.
  if (!/\d{16}/.test(json)) return issues;
  const open: Container[] = [];
  for (let i = 0; i < json.length && issues.length < most; i++) {
    const inner = open.at(-1);
    const character = json[i] as string;
    if (character === '{' || character === '[') {
      const isArray = character === '[';
      open.push({ isArray, at: 0, expectsKey: !isArray });
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',' && inner !== undefined) {
      if (typeof inner.at === 'number') inner.at++;
      inner.expectsKey = !inner.isArray;
    } else if (character === '"') {
      const end = endOfString(json, i);
      if (inner?.expectsKey) {
        inner.at = json.slice(i, end);
        inner.expectsKey = false;
      }
      i = end - 1;
    } else if (character === '-' || isDigit(character)) {
      const end = endOfNumber(json, i);
      const number = json.slice(i, end);
      if (/^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))) issues.push(issueFor(number, open));
      i = end - 1;
    }
  }
  return issues;
}

function issueFor(number: string, open: readonly Container[]): Issue {
  const message = `Is an integer that cannot be kept exactly; send it as a string: "${number.slice(0, 40)}".`;
  const path = open.map(({ at }) => (typeof at === 'number' ? at : String(JSON.parse(at))));
  return { pointer: pointerTo(path), code: 'too_large', message };
}

/** The index behind the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** The index behind the number that begins at `start`. */
function endOfNumber(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && (isDigit(json[i] as string) || '.eE+-'.includes(json[i] as string))) i++;
  return i;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
