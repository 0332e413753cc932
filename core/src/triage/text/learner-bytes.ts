import { extendHashByUnit, finishHash, HASH_START } from './hash.ts';
import type { Column, StoredLesson } from './learner-model.ts';

/** The stored state of a learner. */
export interface LearnerState {
  readonly columns: readonly Column[];
  /** Sorted by key. */
  readonly lessons: readonly StoredLesson[];
  /** The number of lessons ever learned, including those that were removed since. */
  readonly count: number;
  /** The key of the lesson that the last training step used. */
  readonly cursor: string;
}

/** Thrown for bytes that are damaged, or were written by another version of the format. */
export class UnreadableLessonsError extends Error {
  constructor(reason: string) {
    super(`The learned model cannot be read: ${reason}.`);
    this.name = 'UnreadableLessonsError';
  }
}

// "CwLn"
const MAGIC = 0x43774c6e;
const VERSION = 1;
const HEADER = 20;

/**
 * Encodes a learner: a header, the lessons, and the pushes of the lessons. Lessons and pushes each have a checksum,
 * because damaged pushes can be learned again from the lessons.
 */
export function bytesOf({ columns, lessons, count, cursor }: LearnerState): Uint8Array {
  const taught = writer();
  taught.number(count);
  taught.number(columns.length);
  for (const { kind, name } of columns) {
    taught.number(kind === 'category' ? 0 : 1);
    taught.text(name);
  }
  taught.number(lessons.length);
  for (const { key, age, labels, features } of lessons) {
    taught.key(key);
    taught.number(age);
    taught.number(labels.length);
    for (const column of labels) taught.number(column);
    taught.number(features.length);
    let last = 0;
    for (const place of features) {
      taught.number(place - last);
      last = place;
    }
  }
  const learned = writer();
  learned.key(cursor);
  for (const { pushed, pushes } of lessons) {
    learned.number(pushed.length);
    pushed.forEach((column, index) => {
      learned.number(column);
      learned.byte((pushes[index] as number) & 0xff);
    });
  }
  const [first, second] = [taught.bytes(), learned.bytes()];
  const bytes = new Uint8Array(HEADER + first.length + second.length);
  const header = new DataView(bytes.buffer);
  [MAGIC, VERSION, first.length, checksum(first), checksum(second)].forEach((word, index) => {
    header.setUint32(index * 4, word);
  });
  bytes.set(first, HEADER);
  bytes.set(second, HEADER + first.length);
  return bytes;
}

/**
 * Decodes a learner. Throws `UnreadableLessonsError` if the lessons cannot be read. If only the pushes are damaged,
 * sets `pushesLost` and returns the lessons without pushes.
 */
export function stateOf(bytes: Uint8Array): LearnerState & { readonly pushesLost: boolean } {
  if (bytes.length < HEADER) throw new UnreadableLessonsError('it is too short');
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.getUint32(0) !== MAGIC) throw new UnreadableLessonsError('it begins with something else');
  if (header.getUint32(4) !== VERSION) throw new UnreadableLessonsError(`it is of version ${header.getUint32(4)}`);
  const end = HEADER + header.getUint32(8);
  const taught = bytes.subarray(HEADER, end);
  if (end > bytes.length || checksum(taught) !== header.getUint32(12)) {
    throw new UnreadableLessonsError('its lessons are damaged');
  }
  const learned = bytes.subarray(end);
  const pushesLost = checksum(learned) !== header.getUint32(16);
  const state = lessonsIn(taught);
  return pushesLost
    ? { ...state, cursor: '', pushesLost }
    : { ...state, cursor: readPushes(learned, state.lessons), pushesLost };
}

function lessonsIn(taught: Uint8Array): Omit<LearnerState, 'cursor'> {
  const read = reader(taught);
  const count = read.number();
  const columns = listOf(read.number(), () => {
    const kind: Column['kind'] = read.number() === 0 ? 'category' : 'tag';
    return { kind, name: read.text() };
  });
  const lessons = listOf(read.number(), () => {
    const key = read.key();
    const age = read.number();
    const labels = listOf(read.number(), read.number);
    const features = new Uint16Array(read.number());
    let last = 0;
    for (let index = 0; index < features.length; index++) {
      last += read.number();
      features[index] = last;
    }
    return { key, age, labels, features, pushed: [] as number[], pushes: [] as number[] };
  });
  return { count, columns, lessons };
}

function readPushes(learned: Uint8Array, lessons: readonly StoredLesson[]): string {
  const read = reader(learned);
  const cursor = read.key();
  for (const lesson of lessons) {
    const pairs = listOf(read.number(), () => [read.number(), (read.byte() << 24) >> 24] as const);
    lesson.pushed = pairs.map(([column]) => column);
    lesson.pushes = pairs.map(([, push]) => push);
  }
  return cursor;
}

function listOf<Item>(length: number, next: () => Item): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < length; index++) items.push(next());
  return items;
}

const KEY_DIGITS = 16;

function writer() {
  let bytes = new Uint8Array(1024);
  let length = 0;
  function byte(value: number): void {
    if (length === bytes.length) {
      const more = new Uint8Array(bytes.length * 2);
      more.set(bytes);
      bytes = more;
    }
    bytes[length++] = value;
  }
  /** Variable-length number: seven bits per byte, lowest bits first; the eighth bit is set if another byte follows. */
  function number(value: number): void {
    let rest = value;
    while (rest > 127) {
      byte((rest & 127) | 128);
      rest = Math.floor(rest / 128);
    }
    byte(rest);
  }
  return {
    byte,
    number,
    text(value: string): void {
      number(value.length);
      for (let index = 0; index < value.length; index++) number(value.charCodeAt(index));
    },
    key(value: string): void {
      const digits = value.padStart(KEY_DIGITS, '0');
      for (let from = 0; from < KEY_DIGITS; from += 2) byte(Number.parseInt(digits.slice(from, from + 2), 16));
    },
    bytes: () => bytes.subarray(0, length),
  };
}

function reader(bytes: Uint8Array) {
  let place = 0;
  function byte(): number {
    const value = bytes[place++];
    if (value === undefined) throw new UnreadableLessonsError('it ends too soon');
    return value;
  }
  function number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const part = byte();
      value += (part & 127) * factor;
      if (part < 128) return value;
    }
  }
  return {
    byte,
    number,
    text: () => String.fromCharCode(...listOf(number(), number)),
    key: () => listOf(KEY_DIGITS / 2, () => byte().toString(16).padStart(2, '0')).join(''),
  };
}

function checksum(bytes: Uint8Array): number {
  let state = HASH_START;
  for (let index = 0; index < bytes.length; index++) state = extendHashByUnit(state, bytes[index] as number);
  return finishHash(state);
}
