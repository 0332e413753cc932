import { hash } from './hash.ts';
import { bytesOf, type LearnerState, stateOf } from './learner-bytes.ts';
import { featuresOf, type LearnerWord, learnerWords, placesOfWord } from './learner-features.ts';
import { type Column, type LearnerModel, learnerModel, type StoredLesson } from './learner-model.ts';

/** A cleaned text of a ticket, with the category and tags that people chose for it. */
export interface TextLesson {
  readonly ticketId: string;
  readonly text: string;
  readonly category: string | null;
  readonly tags: readonly string[];
}

/** A category or tag that the learner predicts. */
export interface LearnedLabel {
  readonly name: string;
  readonly confidence: number;
  /** The words that speak most strongly for the label, in the order of the text. Never empty. */
  readonly words: readonly { readonly begin: number; readonly end: number }[];
}

export interface LearnedAnswer {
  /** The category that is clearly more likely than every other; absent if no category is. */
  readonly category?: LearnedLabel;
  /** The likely tags, likeliest first. */
  readonly tags: readonly LearnedLabel[];
}

/** Learns the categories and tags of one organization. */
export interface Learner {
  /** Learns a lesson. Returns false if the learner has the same lesson already. */
  learn(lesson: TextLesson): boolean;
  /** Learns many lessons at once, which is faster than one by one. */
  learnAll(lessons: Iterable<TextLesson>): void;
  answer(text: string): LearnedAnswer;
  /** The likeliest category, even with a low probability; null if the learner has no category. */
  guess(text: string): string | null;
  /** The categories that `answer` may return. */
  categories(): string[];
  /** The learner's state, to store it. */
  bytes(): Uint8Array;
  /** The memory of the learner in bytes. */
  size(): number;
}

const MOST_LESSONS = 12_000;
const MOST_PLACES = 3_000_000;
const MOST_COLUMNS = { category: 200, tag: 200 } as const;
/** The number of older lessons that are trained again with each new lesson, so that the model does not forget them. */
const PRACTISED = 64;
/** The number of training passes over all lessons when many are learned at once. */
const PASSES = 5;
/** A label is predicted only if it has at least this many lessons. */
const LEAST_LESSONS = 5;
const LEAST_CATEGORIES = 2;
/**
 * Least probabilities of a category and of a tag; `ahead`: how many times likelier a category must be than the next.
 */
const LIKELY = { category: 0.35, ahead: 1.5, tag: 0.6 };
const MOST_TAGS = 3;
const MOST_WORDS = 3;
/** A word is shown only if it is at least this strong, as a share of the strongest word. */
const TELLING = 0.3;

/**
 * Makes a learner, from its stored bytes if they are given: a linear model over hashed words and letters.
 *
 * For each lesson it stores the hash buckets of the words, but neither the words nor their positions, so the text
 * cannot be restored. The bytes are still not anonymous: a reader can check whether a guessed word was probably in a
 * text.
 *
 * It stores at most 12,000 lessons, three million buckets, 200 categories and 200 tags. Beyond these limits it removes
 * the oldest lesson of the most frequent label, or the label whose latest lesson is the oldest.
 *
 * The order of the lessons matters little: training continues on all lessons, towards weights that depend only on them.
 *
 * Throws `UnreadableLessonsError` for bytes from which the lessons cannot be read.
 */
export function learnerOf(bytes?: Uint8Array): Learner {
  const read = bytes === undefined ? undefined : stateOf(bytes);
  let columns: readonly Column[] = read?.columns ?? [];
  const lessons = new Map((read?.lessons ?? []).map((lesson) => [lesson.key, lesson]));
  let { count, cursor }: Pick<LearnerState, 'count' | 'cursor'> = read ?? { count: 0, cursor: '' };
  let ordered: StoredLesson[] = [];
  /** The number of lessons of each column. */
  let taught: number[] = [];
  let size = 0;
  let model: LearnerModel = settle();
  if (read?.pushesLost) practise(PASSES * ordered.length);

  /** Adds a lesson without training. Returns its key, or undefined if nothing changed. */
  function put({ ticketId, text, category, tags }: TextLesson): string | undefined {
    const key = keyOf(ticketId);
    const held = lessons.get(key);
    const wanted: Column[] = [
      ...(category === null ? [] : [{ kind: 'category' as const, name: category }]),
      ...[...new Set(tags)].sort().map((name) => ({ kind: 'tag' as const, name })),
    ];
    if (wanted.length === 0) return lessons.delete(key) ? key : undefined;
    const features = featuresOf(learnerWords(text));
    const known = new Map(columns.map((column, index) => [nameOf(column), index]));
    const added = wanted.filter((column) => !known.has(nameOf(column)));
    added.forEach((column, index) => {
      known.set(nameOf(column), columns.length + index);
    });
    const labels = wanted.map((column) => known.get(nameOf(column)) as number);
    if (held !== undefined && isSame(held.features, features) && isSame(held.labels, labels)) return undefined;
    columns = [...columns, ...added];
    count += 1;
    lessons.set(key, { key, age: count, features, labels, pushed: [], pushes: [] });
    return key;
  }

  function makeRoom(): void {
    for (const kind of ['category', 'tag'] as const) {
      const newest = new Map<number, number>();
      for (const { labels, age } of lessons.values()) {
        for (const column of labels) {
          if (columns[column]?.kind === kind) newest.set(column, Math.max(age, newest.get(column) ?? 0));
        }
      }
      if (newest.size <= MOST_COLUMNS[kind]) continue;
      const [stale] = [...newest].reduce((oldest, one) => (one[1] < oldest[1] ? one : oldest));
      for (const lesson of lessons.values()) {
        if (!lesson.labels.includes(stale)) continue;
        const labels = lesson.labels.filter((column) => column !== stale);
        if (labels.length === 0) lessons.delete(lesson.key);
        else lessons.set(lesson.key, { ...lesson, labels, pushed: [], pushes: [] });
      }
    }
    let places = 0;
    for (const { features } of lessons.values()) places += features.length;
    while (lessons.size > MOST_LESSONS || places > MOST_PLACES) {
      const least = oldestOfTheMost(lessons.values());
      places -= least.features.length;
      lessons.delete(least.key);
    }
  }

  /**
   * Removes lessons and labels beyond the limits and labels without lessons, sorts the rest, and computes the weights
   * again from the pushes.
   */
  function settle(): LearnerModel {
    makeRoom();
    const used = new Set([...lessons.values()].flatMap(({ labels }) => labels));
    const kept = columns
      .map((column, index) => ({ column, index }))
      .filter(({ index }) => used.has(index))
      .sort((one, other) => (nameOf(one.column) < nameOf(other.column) ? -1 : 1));
    const places = new Map(kept.map(({ index }, place) => [index, place]));
    columns = kept.map(({ column }) => column);
    ordered = [...lessons.values()]
      .map((lesson): StoredLesson => {
        const pairs = lesson.pushed.flatMap((column, index) => {
          const place = places.get(column);
          return place === undefined ? [] : [[place, lesson.pushes[index] as number] as const];
        });
        return {
          ...lesson,
          labels: lesson.labels.map((column) => places.get(column) as number),
          pushed: pairs.map(([place]) => place),
          pushes: pairs.map(([, push]) => push),
        };
      })
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    for (const lesson of ordered) lessons.set(lesson.key, lesson);
    taught = columns.map(() => 0);
    for (const { labels } of ordered) for (const column of labels) taught[column] = (taught[column] as number) + 1;
    const settled = learnerModel(columns, ordered);
    size = ordered.reduce((sum, { features }) => sum + features.byteLength, settled.size);
    return settled;
  }

  /** Trains with the next lessons, `times` of them, after the lesson that was trained last. */
  function practise(times: number): void {
    if (ordered.length === 0) return;
    const after = ordered.findIndex(({ key }) => key > cursor);
    let next = after === -1 ? 0 : after;
    for (let time = 0; time < times; time++) {
      const lesson = ordered[next] as StoredLesson;
      model.practise(lesson);
      cursor = lesson.key;
      next = (next + 1) % ordered.length;
    }
  }

  function categoryColumns(): number[] {
    return columns.flatMap(({ kind }, column) => (kind === 'category' ? [column] : []));
  }

  /** The categories with enough lessons; empty if only one category has enough. */
  function known(): readonly number[] {
    const enough = categoryColumns().filter((column) => (taught[column] as number) >= LEAST_LESSONS);
    return enough.length < LEAST_CATEGORIES ? [] : enough;
  }

  return {
    learn(lesson) {
      const key = put(lesson);
      if (key === undefined) return false;
      model = settle();
      const held = lessons.get(key);
      if (held !== undefined) model.practise(held);
      practise(Math.min(PRACTISED, PASSES * ordered.length));
      if (held !== undefined) model.practise(held);
      return true;
    },

    learnAll(many) {
      for (const lesson of many) put(lesson);
      model = settle();
      practise(PASSES * ordered.length);
    },

    answer(text) {
      const words = learnerWords(text);
      const features = featuresOf(words);
      const likely = model.likelihoods(features);
      const labelOf = (column: number): LearnedLabel => ({
        name: (columns[column] as Column).name,
        confidence: Math.round((likely[column] as number) * 1e4) / 1e4,
        words: strongestWords(words, (word) => model.voice(placesOfWord(word), column, likely)),
      });
      const [best, next] = byLikelihood(categoryColumns(), likely);
      const isAhead =
        best !== undefined &&
        known().includes(best) &&
        (likely[best] as number) >= LIKELY.category &&
        (likely[best] as number) >= LIKELY.ahead * (next === undefined ? 0 : (likely[next] as number));
      const category = isAhead ? labelOf(best) : undefined;
      const tags = columns
        .flatMap(({ kind }, column) =>
          kind === 'tag' && (taught[column] as number) >= LEAST_LESSONS && (likely[column] as number) >= LIKELY.tag
            ? [labelOf(column)]
            : [],
        )
        .filter((tag) => tag.words.length > 0)
        .sort((one, other) => other.confidence - one.confidence)
        .slice(0, MOST_TAGS);
      return { ...(category !== undefined && category.words.length > 0 ? { category } : {}), tags };
    },

    guess(text) {
      const likely = model.likelihoods(featuresOf(learnerWords(text)));
      const [best] = byLikelihood(categoryColumns(), likely);
      return best === undefined ? null : (columns[best] as Column).name;
    },

    categories: () => known().map((column) => (columns[column] as Column).name),
    bytes: () => bytesOf({ columns, lessons: ordered, count, cursor }),
    size: () => size,
  };
}

/** The strongest words, in the order of the text. Neighbouring words become one span. */
function strongestWords(words: readonly LearnerWord[], voiceOf: (word: LearnerWord) => number): LearnedLabel['words'] {
  const voices = new Map<string, number>();
  for (const word of words) {
    const isShort = word.form.length < 3 && /^[\p{ASCII}]*$/u.test(word.form);
    if (!voices.has(word.form)) voices.set(word.form, isShort ? 0 : voiceOf(word));
  }
  const sorted = [...voices].filter(([, voice]) => voice > 0).sort((one, other) => other[1] - one[1]);
  const most = sorted[0]?.[1] ?? 0;
  const telling = sorted.slice(0, MOST_WORDS).filter(([, voice]) => voice >= TELLING * most);
  const places = telling.map(([form]) => words.findIndex((word) => word.form === form)).sort((one, two) => one - two);
  const spans: { begin: number; end: number; last: number }[] = [];
  for (const place of places) {
    const { begin, end } = words[place] as LearnerWord;
    const before = spans.at(-1);
    if (before !== undefined && before.last === place - 1 && begin === before.end + 1) {
      before.end = end;
      before.last = place;
    } else spans.push({ begin, end, last: place });
  }
  return spans.map(({ begin, end }) => ({ begin, end }));
}

function byLikelihood(columns: readonly number[], likely: Float64Array): number[] {
  return [...columns].sort((one, other) => (likely[other] as number) - (likely[one] as number));
}

/** The lesson to remove if there are too many: the oldest lesson of the most frequent label. */
function oldestOfTheMost(lessons: Iterable<StoredLesson>): StoredLesson {
  const groups = new Map<number, StoredLesson[]>();
  for (const lesson of lessons) {
    const [first = -1] = lesson.labels;
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [lesson]);
    else group.push(lesson);
  }
  const most = [...groups.values()].reduce((largest, one) => (one.length > largest.length ? one : largest));
  return most.reduce((oldest, one) => (one.age < oldest.age ? one : oldest));
}

/** A key of 64 bits, so that two tickets of an organization practically never have the same key. */
function keyOf(ticketId: string): string {
  return [ticketId, [...ticketId].reverse().join('')].map((text) => hash(text).toString(16).padStart(8, '0')).join('');
}

function nameOf({ kind, name }: Column): string {
  return `${kind} ${name}`;
}

function isSame(some: ArrayLike<number>, others: ArrayLike<number>): boolean {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index++) if (some[index] !== others[index]) return false;
  return true;
}
