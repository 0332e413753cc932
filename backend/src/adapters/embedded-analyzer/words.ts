/** A word, mark or emoji in the form that the sentiment model uses. Offsets are in UTF-16 units. */
export interface Word {
  /** In lower case, with addresses, numbers and drawn-out letters replaced by common forms. */
  readonly form: string;
  readonly begin: number;
  readonly end: number;
  /** True for letters; false for a number, a mark, an emoji or the placeholder of an address. */
  readonly isWord: boolean;
  /** Written in at least three capitals. */
  readonly shouted: boolean;
  /** Has letters that are drawn out, as in `soooo`. */
  readonly drawnOut: boolean;
}

// One pass with one alternative for each kind; no alternative can match the same text in two ways. The groups are, in
// this order: link, mail, mention, word, number, marks. They have no names, because creating an object with the names
// for each word took as long as finding the word.
const WORD =
  /(https?:\/\/\S+|www\.\S+)|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)|(@\w+)|(?:[:;=8][-o']?[)(\][dDpP/\\|3*]|<\/?3|[)(][-']?[:;=])|(#?\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*)|([$€£]?\d+(?:[.,:]\d+)*%?)|(?:\p{Extended_Pictographic}\uFE0F?)|([!?]+|\.{2,}|…)|[^\s\p{L}\d]/gu;

/** The words of a text, at most `most`. */
export function wordsOf(text: string, most = Number.POSITIVE_INFINITY): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    if (words.length === most) break;
    const [whole, link, mail, mention, word, number, marks] = match as unknown as [string, ...(string | undefined)[]];
    const begin = match.index;
    const letters = word?.replace(/^#/, '') ?? '';
    const drawn = letters.length >= 3 && /(\p{L})\1\1/u.test(letters);
    words.push({
      form: formOf(),
      begin,
      end: begin + whole.length,
      isWord: word !== undefined,
      shouted: letters.length >= 3 && letters === letters.toUpperCase() && letters !== letters.toLowerCase(),
      drawnOut: drawn,
    });

    function formOf(): string {
      if (link !== undefined) return '<link>';
      if (mail !== undefined) return '<mail>';
      if (mention !== undefined) return '<mention>';
      if (number !== undefined)
        return number.startsWith('$') || number.startsWith('€') || number.startsWith('£')
          ? '<money>'
          : number.includes(':')
            ? '<time>'
            : '<number>';
      if (marks !== undefined)
        return marks.includes('?')
          ? marks.includes('!')
            ? '?!'
            : marks.length > 1
              ? '??'
              : '?'
          : marks.startsWith('!')
            ? marks.length > 1
              ? '!!'
              : '!'
            : '...';
      if (word !== undefined) {
        const plain = letters.toLowerCase().replaceAll('’', "'");
        return drawn ? plain.replace(/(\p{L})\1\1+/gu, '$1$1') : plain;
      }
      return whole;
    }
  }
  return words;
}
