/** A token as in treebanks: clitics and punctuation marks are separate tokens. Offsets are in UTF-16 units. */
export interface Token {
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}

// Alternatives: addresses, numbers with signs and units, words with apostrophes or dots inside, runs of one mark, other
// marks.
const PIECE =
  /https?:\/\/\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<!\p{L})(?:\p{L}\.){2,}|\d[\d\p{L}]*(?:[.,:/]\d[\d\p{L}]*)*|[\p{L}\p{M}\d_]+(?:['’][\p{L}\p{M}]+)*|['’](?:s|re|ve|ll|d|m)\b|([^\s\p{L}\d])\1*/giu;
const CLITIC = /^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$/iu;
const FUSED = /^(can)(not)$/i;

/** The tokens of a text. Stops after `most` tokens, but can return one more. */
export function tokensOf(text: string, most = Number.POSITIVE_INFINITY): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    if (tokens.length >= most) break;
    const begin = match.index;
    const whole = match[0].startsWith('http') || match[0].startsWith('www.') ? withoutEndMarks(match[0]) : match[0];
    const parts = CLITIC.exec(whole) ?? FUSED.exec(whole);
    if (parts === null) {
      tokens.push({ text: whole, begin, end: begin + whole.length });
    } else {
      const middle = begin + (parts[1] as string).length;
      tokens.push({ text: parts[1] as string, begin, end: middle });
      tokens.push({ text: parts[2] as string, begin: middle, end: begin + whole.length });
    }
  }
  return tokens;
}

const END_MARKS = new Set('.,;:!?)]>"\'');

/** Checks the characters from the end. A regular expression would restart at each mark and take quadratic time. */
function withoutEndMarks(link: string): string {
  let end = link.length;
  while (end > 0 && END_MARKS.has(link[end - 1] as string)) end--;
  return link.slice(0, end);
}
