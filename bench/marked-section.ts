const MARK = '<!-- cold-start -->';

/** The document with this section in place of the one it has, or at its end. */
export function withSection(document: string, section: string): string {
  const marked = `${MARK}\n${section.trim()}\n${MARK}`;
  const [before, , after] = document.split(MARK);
  return after === undefined ? `${document.trimEnd()}\n\n${marked}\n` : `${before}${marked}${after}`;
}

/** The document with the section that an older one has, so that whoever writes the rest anew does not lose it. */
export function keepSection(document: string, older: string): string {
  const [, section, after] = older.split(MARK);
  return section === undefined || after === undefined ? document : withSection(document, section);
}
