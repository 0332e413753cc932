const MARK = '<!-- cold-start -->';

/** Replaces the marked section of a document, or adds it at the end. */
export function withSection(document: string, section: string): string {
  const marked = `${MARK}\n${section.trim()}\n${MARK}`;
  const [before, , after] = document.split(MARK);
  return after === undefined ? `${document.trimEnd()}\n\n${marked}\n` : `${before}${marked}${after}`;
}

/**
 * Copies the marked section of an older document into a new one, so that a rewrite of the document does not lose it.
 */
export function keepSection(document: string, older: string): string {
  const [, section, after] = older.split(MARK);
  return section === undefined || after === undefined ? document : withSection(document, section);
}
