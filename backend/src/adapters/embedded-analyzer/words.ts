/** A word, mark or emoji as the sentiment model sees it. Offsets are in UTF-16 units. */
export interface Word {
  /** Lower case, with addresses, numbers and drawn-out letters made alike. */
  readonly form: string;
  readonly begin: number;
  readonly end: number;
  /** Of letters; anything else is a number, a mark, an emoji or stands for an address. */
  readonly isWord: boolean;
  /** Written in capitals, at least three of them. */
  readonly shouted: boolean;
  /** Has letters that are drawn out, as in `soooo`. */
  readonly drawnOut: boolean;
}

// One pass, one alternative for each kind; none of them can match the same text in two ways. Groups without names, since
// an object with names for each word took as long as to find it: link, mail, mention, word, number, marks.
const WORD =
  /(https?:\/\/\S+|www\.\S+)|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)|(@\w+)|(?:[:;=8][-o']?[)(\][dDpP/\\|3*]|<\/?3|[)(][-']?[:;=])|(#?\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*)|([$€£]?\d+(?:[.,:]\d+)*%?)|(?:\p{Extended_Pictographic}\uFE0F?)|([!?]+|\.{2,}|…)|[^\s\p{L}\d]/gu;

/** The words of a text, up to `most` of them. */
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
