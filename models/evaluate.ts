import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, SENTIMENTS, URGENCY_LEVELS } from '@curlew/core/triage';
import { analysisOf, DEFAULT_CATEGORIES } from '@curlew/core/triage/text';
import { embeddedAnalyzer } from '../backend/src/adapters/embedded-analyzer/index.ts';
import { readHtml } from '../backend/src/adapters/html/read-html.ts';
import { dataFolder } from './arguments.ts';
import { CURVE_HEAD, curveRows, LEARNER_HEAD, learnerRows } from './evaluate-learner.ts';
import { LEXICONS } from './lexicons.ts';
import { type Measures, measuresOf } from './measures.ts';
import { generalSentiment } from './sentiment-sets.ts';
import { setsIn, splitOf } from './sets.ts';
import { phraseExamples } from './train-phrases.ts';

const MARKER = { begin: '<!-- figures -->', end: '<!-- /figures -->' };
const DOCUMENT = join(import.meta.dirname, '../docs/triage.md');
const THREE = SENTIMENTS.filter((label) => label !== 'MIXED');

const folder = dataFolder('evaluate');
const sets = setsIn(folder);
const embedded = embeddedAnalyzer();
const analyze = (text: string) => analysisOf({ analyzer: embedded, wording: embedded, readHtml }, text);

interface Own {
  readonly text: string;
  readonly sentiment: string;
  readonly urgency: string;
  readonly category?: string;
  readonly found: Analysis;
}

const report: string[] = [];
const short = await own('development-messages');
const tickets = await own('development-tickets');

section('Sentiment: POSITIVE, NEGATIVE, NEUTRAL');
const rows = [
  ...(await sentimentRows('customers’ short messages', short)),
  ...(await sentimentRows('tickets', tickets)),
  ...(await generalRows()),
];
table(['data set', 'texts', 'analyser', 'accuracy', 'macro-F1'], rows);
confusion(
  'With MIXED, short messages',
  SENTIMENTS,
  measuresOf(
    SENTIMENTS,
    short.map(({ sentiment, found }) => ({ expected: sentiment, predicted: found.sentiment.label })),
  ),
);
confusion(
  'With MIXED, tickets',
  SENTIMENTS,
  measuresOf(
    SENTIMENTS,
    tickets.map(({ sentiment, found }) => ({ expected: sentiment, predicted: found.sentiment.label })),
  ),
);

section('Urgency');
const isUrgent = (level: string | null) =>
  level === 'HIGH' || level === 'CRITICAL' || level === 'true' ? 'urgent' : 'not';
for (const [name, texts] of [
  ['short messages', short],
  ['tickets', tickets],
] as const) {
  const pairs = texts.map(({ urgency, found }) => ({
    expected: isUrgent(urgency),
    predicted: isUrgent(found.urgency.level),
  }));
  const words = texts.map(({ text, urgency }) => ({
    expected: isUrgent(urgency),
    predicted: /\b(urgent|asap|immediately|emergency|critical|important)\b/i.test(text) ? 'urgent' : 'not',
  }));
  table(
    ['data set', 'texts', 'analyser', 'accuracy', 'macro-F1'],
    [
      rowOf(name, 'embedded', measuresOf(['urgent', 'not'], pairs)),
      rowOf(name, 'a list of words', measuresOf(['urgent', 'not'], words)),
    ],
  );
  confusion(name, ['urgent', 'not'], measuresOf(['urgent', 'not'], pairs));
}
confusion(
  'tickets, by level',
  URGENCY_LEVELS,
  measuresOf(
    URGENCY_LEVELS,
    tickets.map(({ urgency, found }) => ({ expected: urgency, predicted: found.urgency.level ?? '' })),
  ),
);

section('Default categories');
const placed = tickets.filter(({ category }) => category !== 'other');
const named = measuresOf(
  [...DEFAULT_CATEGORIES, 'none'],
  placed.map(({ category, found }) => ({
    expected: category?.replaceAll('_', '-') ?? '',
    predicted: found.category.name ?? 'none',
  })),
);
table(['data set', 'texts', 'analyser', 'accuracy', 'macro-F1'], [rowOf('tickets', 'embedded', named)]);
confusion('tickets', [...DEFAULT_CATEGORIES, 'none'], named);

section('Learned categories');
table(LEARNER_HEAD, learnerRows(sets, folder));
report.push('By number of lessons, on banking77:', '');
table(CURVE_HEAD, curveRows(sets));

section('Key phrases: exact spans');
table(
  ['data set', 'texts', 'precision', 'recall', 'F1'],
  [await phraseRow('reviews, mails, answers', (text) => text), await phraseRow('the same in lower case', lowered)],
);

section('Language');
const languages = sets.lines('language/lingua-12.jsonl') as unknown as {
  kind: string;
  text: string;
  language: string;
}[];
const languageRows = [];
for (const kind of ['sentences', 'word-pairs']) {
  const some = languages.filter((one) => one.kind === kind);
  let correct = 0;
  for (const { text, language } of some) if ((await embedded.analyze(text)).language.code === language) correct++;
  languageRows.push([kind, String(some.length), percent(correct / some.length)]);
}
table(['data set', 'texts', 'accuracy'], languageRows);

const text = report.join('\n');
console.log(text);
const document = readFileSync(DOCUMENT, 'utf8');
const [before, rest = ''] = document.split(MARKER.begin);
writeFileSync(
  DOCUMENT,
  `${before}${MARKER.begin}\n\n${text.trim()}\n\n${MARKER.end}${rest.split(MARKER.end)[1] ?? '\n'}`,
);

async function own(name: string): Promise<Own[]> {
  const result: Own[] = [];
  for (const line of sets.own(name) as Record<string, string | boolean>[]) {
    const whole = (line.text ?? `${line.title}\n\n${line.description}`) as string;
    result.push({
      text: whole,
      sentiment: line.sentiment as string,
      urgency: String(line.urgency ?? line.urgent),
      ...(line.category === undefined ? {} : { category: line.category as string }),
      found: await analyze(whole),
    });
  }
  return result;
}

async function sentimentRows(name: string, texts: readonly Own[]): Promise<string[][]> {
  const clear = texts.filter(({ sentiment }) => sentiment !== 'MIXED');
  const embeddedPairs = clear.map(({ sentiment, found }) => ({ expected: sentiment, predicted: strongest(found) }));
  return [
    rowOf(name, 'embedded', measuresOf(THREE, embeddedPairs)),
    ...LEXICONS.map(({ name: lexicon, label }) =>
      rowOf(
        name,
        lexicon,
        measuresOf(
          THREE,
          clear.map((one) => ({ expected: one.sentiment, predicted: label(one.text) })),
        ),
      ),
    ),
  ];
}

async function generalRows(): Promise<string[][]> {
  const held = generalSentiment(sets).filter(
    ({ text, label, source }) => splitOf(text) === 'development' && label !== 'MIXED' && source !== 'multidogo-turns',
  );
  const rows: string[][] = [];
  for (const source of ['vader-tweets', 'vader-amazon', 'semeval-2013-2016', 'dynasent-r1-dev']) {
    const some = held.filter((one) => one.source === source);
    const pairs = [];
    for (const { text, label } of some) pairs.push({ expected: label, predicted: strongest(await analyze(text)) });
    rows.push(rowOf(source, 'embedded', measuresOf(THREE, pairs)));
    for (const { name, label } of LEXICONS)
      rows.push(
        rowOf(
          source,
          name,
          measuresOf(
            THREE,
            some.map((one) => ({ expected: one.label, predicted: label(one.text) })),
          ),
        ),
      );
  }
  return rows;
}

/** The label with the highest score among the three labels that lexicons support. */
function strongest({ sentiment: { scores } }: Analysis): string {
  const three = { POSITIVE: scores.positive, NEGATIVE: scores.negative, NEUTRAL: scores.neutral };
  return Object.entries(three).reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

async function phraseRow(name: string, as: (text: string) => string): Promise<string[]> {
  let hits = 0;
  let predicted = 0;
  let expected = 0;
  const examples = phraseExamples(sets, 'np-dev');
  for (const { text, spans } of examples) {
    const { keyPhrases } = await analyze(as(text));
    const gold = new Set(spans.map(([begin, end]) => `${begin}-${end}`));
    hits += keyPhrases.filter(({ begin, end }) => gold.has(`${begin}-${end}`)).length;
    predicted += keyPhrases.length;
    expected += gold.size;
  }
  return [
    name,
    String(examples.length),
    percent(hits / predicted),
    percent(hits / expected),
    ((2 * hits) / (predicted + expected)).toFixed(3),
  ];
}

function lowered(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  );
}

function rowOf(name: string, by: string, { count, accuracy, macroF1 }: Measures): string[] {
  return [name, String(count), by, percent(accuracy), macroF1.toFixed(3)];
}

function section(title: string): void {
  report.push(`## ${title}`, '');
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): void {
  report.push(
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...lines.map((line) => `| ${line.join(' | ')} |`),
    '',
  );
}

function confusion(title: string, labels: readonly string[], { confusion: counts, f1 }: Measures): void {
  report.push(`${title}; rows are the expected labels, columns the predicted ones:`, '');
  table(
    ['', ...labels, 'F1'],
    labels.map((label, row) => [label, ...(counts[row] ?? []).map(String), f1[label]?.toFixed(3) ?? '']),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
