import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { analysisOf } from '@curlew/core/triage/text';
import { embeddedAnalyzer } from '../backend/src/adapters/embedded-analyzer/index.ts';
import { readHtml } from '../backend/src/adapters/html/read-html.ts';
import { LEXICONS } from '../models/lexicons.ts';
import { textsOf } from './analysis-texts.ts';
import type { Options } from './options.ts';

/** The first two lengths are those of a short message and of a typical ticket. */
const LENGTHS = [87, 260, 2000, 20_000] as const;
export const FLOORS = ['vader-sentiment', 'wink-sentiment'] as const;

/** Texts per second in one round: first the floors, directly afterwards Curlew. */
interface AnalysisRound {
  readonly characters: number;
  readonly floors: Readonly<Record<(typeof FLOORS)[number], number>>;
  readonly curlew: number;
}

export interface AnalysisResult {
  readonly rounds: readonly AnalysisRound[];
  /** The time to load the analyser and analyse the first text, each measured in a new process. */
  readonly firstAnalysisMilliseconds: readonly number[];
  readonly weightsKiB: number;
  readonly languageDataKiB: number;
}

const TEXTS = { fewest: 20, characters: 60_000 };
const FIRST_ANALYSIS = fileURLToPath(new URL('first-analysis.ts', import.meta.url));
const FIRST_ANALYSIS_TIMEOUT_MILLISECONDS = 30_000;

/** Measures the speed of the text analysis on one core, in comparison with lexicons that detect only sentiment. */
export async function measureAnalysis({ rounds, measuredMilliseconds }: Options): Promise<AnalysisResult> {
  const embedded = embeddedAnalyzer();
  const analysts = { analyzer: embedded, wording: embedded, readHtml };
  const milliseconds = measuredMilliseconds / 4;
  const sizes = LENGTHS.map((characters) => ({
    characters,
    texts: textsOf(characters, Math.max(TEXTS.fewest, TEXTS.characters / characters)),
  }));
  const measured: AnalysisRound[] = [];
  const firstAnalysisMilliseconds: number[] = [];
  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const { characters, texts } of sizes) {
      const [vader, wink] = FLOORS.map((name) => LEXICONS.find((one) => one.name === name)?.label) as [Read, Read];
      const floors = {
        'vader-sentiment': await rateOf(texts, vader, milliseconds),
        'wink-sentiment': await rateOf(texts, wink, milliseconds),
      };
      const curlew = await rateOf(texts, (text) => analysisOf(analysts, text), milliseconds);
      if (round > 0) measured.push({ characters, floors, curlew });
    }
    if (round > 0) firstAnalysisMilliseconds.push(await firstAnalysis());
  }
  return { rounds: measured, firstAnalysisMilliseconds, ...sizesOnDisk() };
}

type Read = (text: string) => unknown;

/** Texts per second. Analyses the texts one after the other, and starts again after the last. */
async function rateOf(texts: readonly string[], read: Read, milliseconds: number): Promise<number> {
  const begin = performance.now();
  let count = 0;
  do {
    await read(texts[count % texts.length] as string);
    count++;
  } while (performance.now() - begin < milliseconds);
  return (count * 1000) / (performance.now() - begin);
}

async function firstAnalysis(): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [FIRST_ANALYSIS], { timeout: FIRST_ANALYSIS_TIMEOUT_MILLISECONDS });
  const milliseconds = Number(stdout);
  if (stdout.trim() === '' || Number.isNaN(milliseconds))
    throw new Error(`The first analysis printed "${stdout}" instead of a number.`);
  return milliseconds;
}

function sizesOnDisk() {
  const weights = new URL('../backend/src/adapters/embedded-analyzer/weights/', import.meta.url);
  const bytes = readdirSync(weights).reduce((sum, file) => sum + statSync(new URL(file, weights)).size, 0);
  const languages = new URL('../ngrams/extrasmall.js', import.meta.resolve('eld'));
  return { weightsKiB: bytes / 1024, languageDataKiB: statSync(languages).size / 1024 };
}
