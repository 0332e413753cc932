import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Learner, learnerOf, readableOf, type TextLesson } from '@curlew/core/triage/text';
import { readHtml } from '../backend/src/adapters/html/read-html.ts';
import { measuresOf } from './measures.ts';
import { randomFrom, shuffle } from './random.ts';
import { type Sets, splitOf } from './sets.ts';

/** Lessons of an organization, and other texts that test the learner. */
interface LearnerSet {
  readonly name: string;
  readonly lessons: readonly TextLesson[];
  readonly testTexts: readonly TextLesson[];
}

/** The number of lessons that are learned one by one for the curve. More lessons take long and change little. */
const ONE_BY_ONE = 1000;
const CURVE = [100, 300, 1000, 3000];

export const LEARNER_HEAD = [
  'data set',
  'lessons',
  'categories',
  'test texts',
  'accuracy',
  'macro-F1',
  'answered',
  'precision',
  'KiB',
  'seconds',
];
export const CURVE_HEAD = ['lessons', 'learning', 'accuracy', 'macro-F1', 'answered', 'precision', 'KiB'];

/** One row for each data set: the learner learns nine tenths of it, and is tested on the last tenth. */
export function learnerRows(sets: Sets, folder: string): string[][] {
  return learnerSets(sets, folder).map(({ name, lessons, testTexts }) => {
    const learner = learnerOf();
    const start = performance.now();
    learner.learnAll(lessons);
    const seconds = (performance.now() - start) / 1000;
    const categories = new Set(lessons.map(({ category }) => category)).size;
    return [
      name,
      String(lessons.length),
      String(categories),
      String(testTexts.length),
      ...figuresOf(learner, testTexts),
      seconds.toFixed(1),
    ];
  });
}

/** The results on banking77 by the number of lessons. */
export function curveRows(sets: Sets): string[][] {
  const { lessons, testTexts } = splitSet(sets, 'banking77-train', 'intent');
  const oneByOne = learnerOf();
  let taught = 0;
  return CURVE.map((count) => {
    if (count > ONE_BY_ONE) {
      const atOnce = learnerOf();
      atOnce.learnAll(lessons.slice(0, count));
      return [String(count), 'at once', ...figuresOf(atOnce, testTexts)];
    }
    for (; taught < count; taught++) oneByOne.learn(lessons[taught] as TextLesson);
    return [String(count), 'one by one', ...figuresOf(oneByOne, testTexts)];
  });
}

function learnerSets(sets: Sets, folder: string): LearnerSet[] {
  const banking = splitSet(sets, 'banking77-train', 'intent');
  const hasTest = existsSync(join(folder, 'category', 'banking77-test.jsonl'));
  return [
    { ...banking, name: 'banking77' },
    ...(hasTest ? [bankingWithTestSet(sets)] : []),
    { ...splitSet(sets, 'bitext-8k', 'intent'), name: 'bitext' },
    { ...splitSet(sets, 'clinc150-train', 'intent'), name: 'clinc150' },
    inventedTickets(sets),
  ];
}

function splitSet(sets: Sets, file: string, label: string): Omit<LearnerSet, 'name'> {
  const all = lessonsIn(sets, file, label);
  const split = (wanted: string) => all.filter(({ text }) => splitOf(text) === wanted);
  return { lessons: shuffled(split('train')), testTexts: split('development') };
}

function bankingWithTestSet(sets: Sets): LearnerSet {
  return {
    name: 'banking77 with its own test set',
    lessons: shuffled(lessonsIn(sets, 'banking77-train', 'intent')),
    testTexts: lessonsIn(sets, 'banking77-test', 'intent'),
  };
}

function lessonsIn(sets: Sets, file: string, label: string): TextLesson[] {
  return sets
    .lines(`category/${file}.jsonl`)
    .map((line, index) => lessonOf(`${file} ${index}`, line.text as string, line[label] as string));
}

/** Invented tickets. Their default categories serve as lessons. */
function inventedTickets(sets: Sets): LearnerSet {
  const lessons = sets
    .own('tickets-by-category')
    .map((line, index) => lessonOf(`taught ${index}`, line.text as string, line.category as string));
  const testTexts = sets
    .own('development-tickets')
    .map((line, index) => lessonOf(`test ${index}`, `${line.title}\n\n${line.description}`, line.category as string));
  const isPlaced = ({ category }: TextLesson) => category !== 'other';
  return {
    name: 'invented tickets',
    lessons: shuffled(lessons.filter(isPlaced)),
    testTexts: testTexts.filter(isPlaced),
  };
}

function lessonOf(ticketId: string, text: string, category: string | undefined): TextLesson {
  return { ticketId, text: readableOf(text, readHtml).text, category: category ?? null, tags: [] };
}

function shuffled(lessons: TextLesson[]): TextLesson[] {
  shuffle(lessons, randomFrom(5));
  return lessons;
}

/**
 * Accuracy and macro-F1 of the likeliest category; the share of texts with an answer, and of right answers among them.
 */
function figuresOf(learner: Learner, testTexts: readonly TextLesson[]): string[] {
  const labels = [...new Set(testTexts.map(({ category }) => category as string))];
  const pairs = testTexts.map(({ text, category }) => ({
    expected: category as string,
    predicted: learner.guess(text) ?? '',
  }));
  const { accuracy, macroF1 } = measuresOf(labels, pairs);
  const answers = testTexts.flatMap(({ text, category }) => {
    const answer = learner.answer(text).category;
    return answer === undefined ? [] : [answer.name === category];
  });
  const correct = answers.filter((isCorrect) => isCorrect).length;
  return [
    percent(accuracy),
    macroF1.toFixed(3),
    percent(answers.length / testTexts.length),
    answers.length === 0 ? '' : percent(correct / answers.length),
    (learner.bytes().length / 1024).toFixed(0),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
