const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How the header of a table is written. */
export interface HeaderStyle {
  readonly delimiter: string;
  /** The bytes of a first line `sep=;`, which spreadsheets write and read. */
  readonly skippedBytes: number;
}

/** Finds the delimiter from the beginning of a file: of `sep=`, or the most frequent one outside of quotes. */
export function headerStyleOf(head: string, given: string | undefined): HeaderStyle {
  const text = head.replace(/^\ufeff/, '');
  const [line, separator] = /^"?sep=(.)"?\r?\n/i.exec(text) ?? [];
  if (line !== undefined && separator !== undefined) return { delimiter: separator, skippedBytes: line.length };
  if (given !== undefined) return { delimiter: given, skippedBytes: 0 };
  const unquoted = text.replace(/"(?:[^"]|"")*"/g, '');
  const [header = ''] = unquoted.trimStart().split(/\r?\n/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return { delimiter: DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best)), skippedBytes: 0 };
}
