/**
 * Returns a function that converts a code point offset to a UTF-16 offset. An offset beyond the text becomes the
 * text's length. The code points are counted once.
 */
export function unitsOf(text: string): (codePoints: number) => number {
  const begins: number[] = [];
  for (let unit = 0; unit < text.length; unit += (text.codePointAt(unit) as number) < 0x10000 ? 1 : 2)
    begins.push(unit);
  return (codePoints) => begins[codePoints] ?? text.length;
}

/** The span, extended at both ends if it would cut a surrogate pair in half. */
export function wholeCharacters(text: string, begin: number, end: number): { begin: number; end: number } {
  return { begin: isWithin(text, begin) ? begin - 1 : begin, end: isWithin(text, end) ? end + 1 : end };
}

function isWithin(text: string, unit: number): boolean {
  return unit > 0 && (text.codePointAt(unit - 1) as number) > 0xffff;
}
