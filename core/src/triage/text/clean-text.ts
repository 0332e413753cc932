/** A piece of plain text, and the place in the original text that it comes from. */
export interface Piece {
  readonly text: string;
  readonly begin: number;
  readonly end: number;
  /** Whether the mail program marked the piece as a quote from another mail. */
  readonly isQuote?: boolean;
}

/** A cleaned text that maps its parts to the original text. */
export interface CleanText {
  readonly text: string;
  /** Maps a span of the clean text to the original text, in UTF-16 units. */
  originalSpan(begin: number, end: number): { begin: number; end: number };
}

// Soft hyphens, zero-width spaces and joiners, direction marks, the byte order mark, and other invisible characters.
const INVISIBLE = /(?!\uFE0F)\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/u;
// All spaces except U+0020, and control characters that are not line breaks.
const BLANK = /[\t\v\f\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/;
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/;
const MARK = /\p{M}/u;
/** Half of a surrogate pair. */
const SURROGATE = /\p{Surrogate}/gu;
/** No language puts more combining marks on one letter; texts with more marks only disturb the layout. */
const MOST_MARKS = 4;
const MOST_BREAKS = 2;
const LONGEST_RUN = 60;

/**
 * Cleans a text: composes letters (Unicode NFC), replaces curly apostrophes with plain ones, removes control characters
 * and invisible characters, and shortens runs of spaces to one and runs of a letter to sixty. The time is linear in the
 * length of the text for every content.
 */
export function cleanText(original: string, pieces: readonly Piece[] = [wholePiece(original)]): CleanText {
  let text = '';
  const begins: number[] = [];
  const ends: number[] = [];
  let run = 0;
  let last = '';
  for (const piece of pieces) {
    const isVerbatim = piece.text.length === piece.end - piece.begin;
    for (let place = 0; place < piece.text.length; ) {
      const cluster = clusterAt(piece.text, place);
      const begin = isVerbatim ? piece.begin + place : piece.begin;
      place += cluster.length;
      const end = isVerbatim ? piece.begin + place : piece.end;
      const kept = cleanCluster(cluster);
      run = kept === last ? run + 1 : 1;
      last = kept === '' ? last : kept;
      if (kept === '' || run > (kept === ' ' ? 1 : kept === '\n' ? MOST_BREAKS : LONGEST_RUN)) continue;
      for (let unit = 0; unit < kept.length; unit++) {
        begins.push(begin);
        ends.push(end);
      }
      text += kept;
    }
  }
  return {
    text,
    originalSpan(from, to) {
      const begin = begins[from] ?? original.length;
      return { begin, end: Math.max(begin, ends[to - 1] ?? begin) };
    },
  };
}

function wholePiece(text: string): Piece {
  return { text, begin: 0, end: text.length };
}

const FIRST_MARK = 0x300;

/** The letter at a place, with its marks. */
function clusterAt(text: string, place: number): string {
  // Fast path: nearly all letters are one UTF-16 unit without combining marks.
  const isSimple = text.charCodeAt(place) < FIRST_MARK && !(text.charCodeAt(place + 1) >= FIRST_MARK);
  if (isSimple) return text.charAt(place);
  let end = place + pointAt(text, place).length;
  while (text.charCodeAt(end) >= FIRST_MARK) {
    const point = pointAt(text, end);
    if (!MARK.test(point)) break;
    end += point.length;
  }
  return text.slice(place, end);
}

function pointAt(text: string, place: number): string {
  return String.fromCodePoint(text.codePointAt(place) as number);
}

function cleanCluster(cluster: string): string {
  const [first] = cluster;
  if (first === undefined) return '';
  if (cluster.length === 1) return plain(cluster);
  // Composing takes time quadratic in the number of marks, so surplus marks are removed first.
  const points = [...cluster];
  const composed = points
    .slice(0, 1 + MOST_MARKS)
    .filter((point) => !INVISIBLE.test(point))
    .join('')
    .normalize('NFC');
  return composed.replace(SURROGATE, '\uFFFD');
}

function plain(unit: string): string {
  if (unit >= ' ' && unit <= '~') return unit;
  if (unit === '\n' || unit === '\u2028' || unit === '\u2029' || unit === '\u0085') return '\n';
  if (BLANK.test(unit)) return ' ';
  // Phones and word processors write curly apostrophes.
  if (unit === '\u2019' || unit === '\u2018') return "'";
  if (unit === '\r' || INVISIBLE.test(unit) || CONTROL.test(unit)) return '';
  return unit.replace(SURROGATE, '\uFFFD');
}

const WRAPPED_FROM = 40;

/** Replaces line breaks inside a sentence with spaces. The length of the text stays the same. */
export function unfoldLines(text: string): string {
  let lineFrom = 0;
  let result = '';
  let copied = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    const isFold = at - lineFrom >= WRAPPED_FROM && /\p{Ll}|\d/u.test(text[at + 1] ?? '');
    if (isFold) {
      result += `${text.slice(copied, at)} `;
      copied = at + 1;
    }
    lineFrom = at + 1;
  }
  return result + text.slice(copied);
}
