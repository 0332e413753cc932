const LONGEST = 3;

/** The first letters of a match. If `isOpen`, the letters of the next part of the pattern follow directly. */
interface Beginning {
  readonly letters: string;
  readonly isOpen: boolean;
}

const EMPTY: Beginning = { letters: '', isOpen: true };
const ANYTHING: Beginning = { letters: '', isOpen: false };
const DIGITS = [...'0123456789'].map((letters) => ({ letters, isOpen: true }));

/**
 * The possible beginnings of a pattern's matches, up to three letters each: every match begins with one of them.
 * Supports only the syntax of regular expressions that the rules of triage use. An empty beginning means that any text
 * is possible.
 */
export function beginningsOf(source: string): Set<string> {
  let at = 0;
  const all = alternatives();
  if (at < source.length) throw new Error(`The pattern cannot be read from ${source.slice(at, at + 20)} on.`);
  return new Set(all.map(({ letters }) => letters));

  function alternatives(): Beginning[] {
    const found = sequence();
    while (source[at] === '|') {
      at++;
      found.push(...sequence());
    }
    return found;
  }

  function sequence(): Beginning[] {
    let found = [EMPTY];
    while (at < source.length && source[at] !== '|' && source[at] !== ')')
      found = mergeBeginnings(found, repeated(atom()));
    return found;
  }

  function atom(): readonly Beginning[] {
    const unit = source[at++] as string;
    if (unit === '(') return group();
    if (unit === '[') return oneOf();
    if (unit === '\\') return escaped();
    if (unit === '^' || unit === '$') return [EMPTY];
    return unit === '.' ? [ANYTHING] : [{ letters: unit.toLowerCase(), isOpen: true }];
  }

  function group(): readonly Beginning[] {
    const [kind = ''] = /^\?(?:[:=!]|<[=!])/.exec(source.slice(at, at + 3)) ?? [];
    at += kind.length;
    const inside = alternatives();
    at++;
    // A lookahead or lookbehind is not part of the match.
    return kind === '?:' || kind === '' ? inside : [EMPTY];
  }

  function oneOf(): readonly Beginning[] {
    const end = source.indexOf(']', at);
    const inside = source.slice(at, end);
    at = end + 1;
    if (/[\\^-]/.test(inside)) return [ANYTHING];
    return [...inside.toLowerCase()].map((letters) => ({ letters, isOpen: true }));
  }

  function escaped(): readonly Beginning[] {
    const unit = source[at++] as string;
    if (unit === 'd') return DIGITS;
    if (unit === 'p') at = source.indexOf('}', at) + 1;
    return /[a-z]/i.test(unit) ? [ANYTHING] : [{ letters: unit, isOpen: true }];
  }

  function repeated(one: readonly Beginning[]): readonly Beginning[] {
    const [often = ''] = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at, at + 12)) ?? [];
    at += often.length;
    if (often === '') return one;
    const again = often.startsWith('?') ? one : one.map(({ letters }) => ({ letters, isOpen: false }));
    return often.startsWith('+') || /^\{[1-9]/.test(often) ? again : [...again, EMPTY];
  }
}

function mergeBeginnings(first: Beginning[], second: readonly Beginning[]): Beginning[] {
  if (!first.some(({ isOpen }) => isOpen)) return first;
  const found = new Map<string, Beginning>();
  for (const one of first) {
    for (const next of one.isOpen ? second : [EMPTY]) {
      const letters = (one.letters + next.letters).slice(0, LONGEST);
      const isOpen = one.isOpen && next.isOpen && letters.length < LONGEST;
      found.set(`${letters} ${isOpen}`, { letters, isOpen });
    }
  }
  return [...found.values()];
}
