/** A row, or an error. `line` is its first line, `bytes` the file offset of its end. */
export type ReadRow = { readonly line: number; readonly bytes: number } & (
  | { readonly row: unknown /** What the reader changed in the row. */; readonly notes?: readonly string[] }
  | { readonly error: string }
);
