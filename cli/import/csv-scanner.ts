const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const FIRST_BUFFER_BYTES = 16 * 1024;
const MOST_CELLS = 10_000;

type State =
  | 'cell start'
  | 'unquoted'
  | 'quoted'
  /** After a quote inside a quoted cell: the next byte shows whether the cell ends. */
  | 'quote in quoted'
  | 'return after quoted'
  | 'broken';

/** Finds the cells of a CSV record, byte by byte. */
export interface CsvScanner {
  /** Returns true if the byte ends the record. Call `clear` before the next byte. */
  add(byte: number): boolean;
  /** Ends a last record without a line break. Returns false if a quote is not closed. */
  end(): boolean;
  /** The bytes of each cell, without quotes; invalid after `clear`. Incomplete if the record is too long. */
  cells(): readonly Uint8Array[];
  clear(): void;
  readonly isTooLong: boolean;
  /** Whether a cell continues after its closing quote. */
  readonly isBroken: boolean;
}

/** Keeps at most `mostBytes` and 10,000 cells of a record in memory; a longer record is too long. */
export function csvScanner(delimiter: string, mostBytes: number): CsvScanner {
  const separator = delimiter.charCodeAt(0);
  let record = Buffer.alloc(FIRST_BUFFER_BYTES);
  let length = 0;
  let ends: number[] = [];
  let state: State = 'cell start';
  let isBroken = false;
  let isTooLong = false;

  function keep(byte: number): void {
    if (length === mostBytes) {
      isTooLong = true;
      return;
    }
    if (length === record.length) record = Buffer.concat([record], Math.min(length * 2, mostBytes));
    record[length++] = byte;
  }

  function endCell(): void {
    if (ends.length === MOST_CELLS) isTooLong = true;
    if (!isTooLong) ends.push(length);
    state = 'cell start';
  }

  return {
    add(byte) {
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'quote in quoted';
        else keep(byte);
        return false;
      }
      switch (byte) {
        case separator:
          endCell();
          return false;
        case LINE_FEED:
          if (state === 'unquoted' && record[length - 1] === CARRIAGE_RETURN) length--;
          endCell();
          return true;
        case QUOTE:
          if (state === 'cell start' || state === 'quote in quoted') {
            if (state === 'quote in quoted') keep(byte);
            state = 'quoted';
            return false;
          }
          break;
        case CARRIAGE_RETURN:
          if (state === 'quote in quoted') {
            state = 'return after quoted';
            return false;
          }
          break;
      }
      if (state === 'cell start' || state === 'unquoted') {
        keep(byte);
        state = 'unquoted';
      } else {
        state = 'broken';
        isBroken = true;
      }
      return false;
    },
    end() {
      if (state === 'quoted') return false;
      endCell();
      return true;
    },
    cells: () => ends.map((end, i) => record.subarray(ends[i - 1] ?? 0, end)),
    clear() {
      length = 0;
      ends = [];
      state = 'cell start';
      isBroken = false;
      isTooLong = false;
    },
    get isTooLong() {
      return isTooLong;
    },
    get isBroken() {
      return isBroken;
    },
  };
}
