/** A token as treebanks cut them: clitics and marks stand alone. Offsets are in UTF-16 units. */
export interface Token {
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}

// Addresses, numbers with what belongs to them, words with apostrophes or dots inside, runs of a mark, any other mark.
const PIECE =
  /https?:\/\/\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<!\p{L})(?:\p{L}\.){2,}|\d[\d\p{L}]*(?:[.,:/]\d[\d\p{L}]*)*|[\p{L}\p{M}\d_]+(?:['’][\p{L}\p{M}]+)*|['’](?:s|re|ve|ll|d|m)\b|([^\s\p{L}\d])\1*/giu;
const CLITIC = /^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$|^(can)(not)$/iu;

/** The tokens of a text, up to `most` of them or one more. */
export function tokensOf(text: string, most = Number.POSITIVE_INFINITY): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    if (tokens.length >= most) break;
    const begin = match.index;
    const whole = match[0].startsWith('http') || match[0].startsWith('www.') ? withoutEndMarks(match[0]) : match[0];
    const end = begin + whole.length;
    const [, stem, clitic, can, not] = (whole.length > 2 && CLITIC.exec(whole)) || [];
    const first = stem ?? can;
    const second = clitic ?? not;
    if (first === undefined || second === undefined) {
      tokens.push({ text: whole, begin, end });
    } else {
      const middle = begin + first.length;
      tokens.push({ text: first, begin, end: middle }, { text: second, begin: middle, end });
    }
  }
  return tokens;
}

const END_MARKS = new Set('.,;:!?)]>"\'');

/** From the end, one by one: a pattern for it would start over at each mark. */
function withoutEndMarks(link: string): string {
  let end = link.length;
  while (end > 0 && END_MARKS.has(link[end - 1] as string)) end--;
  return link.slice(0, end);
}
