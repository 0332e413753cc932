import type { CleanText, Piece } from './clean-text.ts';

interface Line {
  readonly text: string;
  readonly begin: number;
  /** The position after the line break. */
  readonly end: number;
}

/** A longer line is prose, because mail headers are shorter. */
const LONGEST_HEADER = 300;
/** In the header of a quoted mail, the date follows the sender within this number of lines. */
const MOST_HEADER_LINES = 4;
const FORWARDED = /^\s*(?:fwd?|wg|tr|rv|enc|doorst|i)\s?:/i;
const FORWARDED_BELOW =
  /^-+ ?(?:forwarded message|weitergeleitete nachricht|message transf[ée]r[ée]|mensaje reenviado) ?-+/im;
const ATTRIBUTION =
  /^(?:on|am|le|el|il|em|op) .*(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef)(?: [^:]*)? ?:$/i;
const MAY_BE_ATTRIBUTION = /^(?:on|am|le|el|il|em|op) /i;
const DIVIDER =
  /^-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht) ?-{2,}$/i;
const SENDER = /^(?:from|von|de|da|van) ?: ?\S/i;
const DATE = /^(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden|fecha|data) ?: ?\S/i;
const SIGNATURE = '-- ';
const READABLE = /[\p{L}\p{N}]/u;

/**
 * Drops the pieces that the mail program marked as quotes. Keeps all pieces of a forwarded mail, or if nothing else
 * remains.
 */
export function ownPieces(pieces: readonly Piece[]): readonly Piece[] {
  const own = pieces.filter(({ isQuote }) => isQuote !== true);
  if (own.length === pieces.length || !own.some(({ text }) => READABLE.test(text))) return pieces;
  return isForwarded(pieces.map(({ text }) => text).join('')) ? pieces : own;
}

/**
 * Drops quoted mails and the signature. Keeps the whole text of a forwarded mail, or if nothing else remains. The time
 * is linear in the length of the text.
 */
export function withoutQuotes(clean: CleanText): CleanText {
  if (isForwarded(clean.text)) return clean;
  const lines = linesOf(clean.text);
  const kept = ownLines(lines);
  if (kept.length === lines.length || !kept.some(({ text }) => READABLE.test(text))) return clean;
  let text = '';
  const places: number[] = [];
  for (const { begin, end } of kept) {
    text += clean.text.slice(begin, end);
    for (let place = begin; place < end; place++) places.push(place);
  }
  return {
    text,
    originalSpan(begin, end) {
      const first = places[begin] ?? clean.text.length;
      return clean.originalSpan(first, Math.max(first, (places[end - 1] ?? first - 1) + 1));
    },
  };
}

function isForwarded(text: string): boolean {
  return FORWARDED.test(text) || FORWARDED_BELOW.test(text);
}

function ownLines(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  let isAnswer = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (line.text === SIGNATURE || isHeader(lines, index)) break;
    if (isAnswer && isQuoted(line)) continue;
    const length = attributionAt(lines, index);
    const next = nextWritten(lines, index + length);
    // The quote of this attribution follows, or was removed before.
    if (length > 0 && (next === undefined || isQuoted(next))) {
      isAnswer = true;
      index += length - 1;
      continue;
    }
    kept.push(line);
  }
  return kept;
}

function isQuoted({ text }: Line): boolean {
  return /^ ?>/.test(text);
}

/**
 * The number of lines of the attribution ("On Monday Jo wrote:") at a line: 0, 1, or 2 if the mail program folded it.
 */
function attributionAt(lines: readonly Line[], index: number): number {
  const [one = '', next = ''] = [lines[index], lines[index + 1]].map((line) => line?.text.trim());
  if (!MAY_BE_ATTRIBUTION.test(one) || one.length > LONGEST_HEADER) return 0;
  if (ATTRIBUTION.test(one)) return 1;
  return next.length <= LONGEST_HEADER && ATTRIBUTION.test(`${one} ${next}`) ? 2 : 0;
}

function nextWritten(lines: readonly Line[], from: number): Line | undefined {
  // Cleaning leaves at most one empty line and one line of spaces between two lines of text.
  return lines.slice(from, from + MOST_HEADER_LINES).find(({ text }) => text.trim() !== '');
}

function isHeader(lines: readonly Line[], index: number): boolean {
  const text = (lines[index] as Line).text.trim();
  if (text.length > LONGEST_HEADER) return false;
  if (DIVIDER.test(text)) return true;
  if (!SENDER.test(text)) return false;
  return lines.slice(index + 1, index + MOST_HEADER_LINES).some((line) => DATE.test(line.text.trim()));
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let begin = 0; begin < text.length; ) {
    const found = text.indexOf('\n', begin);
    const last = found === -1 ? text.length : found;
    const end = Math.min(text.length, last + 1);
    lines.push({ text: text.slice(begin, last), begin, end });
    begin = end;
  }
  return lines;
}
