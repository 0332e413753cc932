/**
 * The most bytes of the items of one answer, counted by `encodedBytes`. A Lambda function may answer with at most
 * 6,291,556 bytes; the rest is for status and headers. One machine has the same limit, so that it has the same pages.
 */
export const ANSWER_BYTES = 6_000_000;

// A quotation mark takes two bytes, and a character outside ASCII up to three for each UTF-16 unit.
const MOST_BYTES_PER_UNIT = 3;

/** How many of the first items fit into one answer. At least one, if there is one. */
export function fittingItems(items: readonly unknown[], json: string): number {
  if (json.length * MOST_BYTES_PER_UNIT <= ANSWER_BYTES || encodedBytes(json) <= ANSWER_BYTES) return items.length;
  let bytes = 0;
  const tooMuch = items.findIndex((item) => {
    bytes += answerBytes(item);
    return bytes > ANSWER_BYTES;
  });
  return Math.max(1, tooMuch);
}

/** The bytes that an item adds to a list. */
export function answerBytes(item: unknown): number {
  return encodedBytes(JSON.stringify(item)) + ','.length;
}

/**
 * The bytes of a JSON text inside a JSON string, in UTF-8: a Lambda function returns its body in this form, so a
 * quotation mark of a text takes four bytes.
 */
function encodedBytes(json: string): number {
  let bytes = json.length;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    // Half of a surrogate pair takes 2 of the pair's 4 bytes. A JSON text contains no control characters.
    if (unit === QUOTE || unit === BACKSLASH || (unit > 0x7f && (unit < 0x800 || isSurrogate(unit)))) bytes += 1;
    else if (unit > 0x7f) bytes += 2;
  }
  return bytes;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
