/** A word, mark or emoji as the sentiment model sees it. Offsets are in UTF-16 units. */
export interface Word {
  /** Lower case, with addresses, numbers and drawn-out letters made alike. */
  readonly form: string;
  readonly begin: number;
  readonly end: number;
  /** Written in capitals, at least three of them. */
  readonly shouted: boolean;
  /** Has letters that are drawn out, as in `soooo`. */
  readonly drawnOut: boolean;
}

// One pass, one alternative for each kind; none of them can match the same text in two ways.
const WORD =
  /(?<link>https?:\/\/\S+|www\.\S+)|(?<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)|(?<mention>@\w+)|(?<face>[:;=8][-o']?[)(\][dDpP/\\|3*]|<\/?3|[)(][-']?[:;=])|(?<word>#?\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*)|(?<number>[$€£]?\d+(?:[.,:]\d+)*%?)|(?<emoji>\p{Extended_Pictographic}\uFE0F?)|(?<marks>[!?]+|\.{2,}|…)|(?<mark>[^\s\p{L}\d])/gu;

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const { link, mail, mention, word, number, marks } = match.groups as Record<string, string | undefined>;
    const [whole] = match;
    const begin = match.index;
    const letters = word?.replace(/^#/, '') ?? '';
    const drawn = letters !== '' && /(\p{L})\1\1/u.test(letters);
    words.push({
      form: formOf(),
      begin,
      end: begin + whole.length,
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
