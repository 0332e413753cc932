import type { KeyPhrase } from '@curlew/core/triage';
import { type Look, START, stepFeatures, TAGS, tokenFeatures, wordForms } from './phrase-features.ts';
import { type Token, tokensOf } from './tokens.ts';
import type { Model, ModelHeader } from './weights.ts';

const OUTSIDE = 0;
const BEGIN = 1;
const WITHIN = 2;
const IMPOSSIBLE = Number.NEGATIVE_INFINITY;
// The first pages of a text say what a ticket is about.
const MOST_TOKENS = 4000;
const MOST_PHRASES = 100;
const LONGEST_PHRASE = 200;

export interface PhraseWeights {
  /** Adds the weights of the features for each tag to `into`. */
  add(features: readonly number[], into: Float64Array): void;
}

/** Finds base noun phrases with their determiners, with the same boundaries as Comprehend, in text order. */
export function phraseModel({ header, weights }: Model<ModelHeader>) {
  const byteWeights: PhraseWeights = {
    add(features, into) {
      let [outside, begin, within] = [0, 0, 0];
      for (const feature of features) {
        const place = feature * TAGS.length;
        outside += weights[place] as number;
        begin += weights[place + 1] as number;
        within += weights[place + 2] as number;
      }
      into[OUTSIDE] = (into[OUTSIDE] as number) + outside * header.scale;
      into[BEGIN] = (into[BEGIN] as number) + begin * header.scale;
      into[WITHIN] = (into[WITHIN] as number) + within * header.scale;
    },
  };
  return {
    phrases(text: string): KeyPhrase[] {
      const tokens = tokensOf(text, MOST_TOKENS).slice(0, MOST_TOKENS);
      const tags = sentencesOf(text, tokens).flatMap((sentence) => bestTags(sentence, byteWeights));
      return rankPhrases(text, tokens, tags);
    },
  };
}

/** Splits the tokens at line breaks and at marks that end a sentence. No phrase crosses such a boundary. */
function sentencesOf(text: string, tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const gap = before === undefined ? '' : text.slice(before.end, token.begin);
    const isNew = gap.includes('\n') || (gap !== '' && /^[.!?]+$/.test(before?.text ?? ''));
    if (isNew) sentences.push([]);
    sentences.at(-1)?.push(token);
  }
  return sentences;
}

/** The most likely sequence of tags (Viterbi 1967). The tag `I` never follows `O`. */
export function bestTags(tokens: readonly Token[], weights: PhraseWeights): number[] {
  const looks = wordForms(tokens.map(({ text }) => text));
  const back: number[][] = [];
  let reached = [0, IMPOSSIBLE, IMPOSSIBLE];
  const own = new Float64Array(TAGS.length);
  const step = new Float64Array(TAGS.length);
  for (let index = 0; index < tokens.length; index++) {
    own.fill(0);
    weights.add(tokenFeatures(looks, index), own);
    const now = [IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE];
    const from = [0, 0, 0];
    for (const before of index === 0 ? [OUTSIDE] : [OUTSIDE, BEGIN, WITHIN]) {
      step.fill(0);
      weights.add(stepFeatures(looks[index] as Look, index === 0 ? START : before), step);
      for (let tag = 0; tag < TAGS.length; tag++) {
        if (tag === WITHIN && before === OUTSIDE) continue;
        const score = (reached[before] as number) + (own[tag] as number) + (step[tag] as number);
        if (score > (now[tag] as number)) {
          now[tag] = score;
          from[tag] = before;
        }
      }
    }
    back.push(from);
    reached = now;
  }
  let tag = reached.indexOf(Math.max(...reached));
  const tags = new Array<number>(tokens.length);
  for (let index = tokens.length - 1; index >= 0; index--) {
    tags[index] = tag;
    tag = back[index]?.[tag] ?? OUTSIDE;
  }
  return tags;
}

function spansOf(tokens: readonly Token[], tags: readonly number[]): { begin: number; end: number; tokens: number }[] {
  const spans: { begin: number; end: number; tokens: number }[] = [];
  for (const [index, { begin, end }] of tokens.entries()) {
    const last = spans.at(-1);
    if (tags[index] === BEGIN) spans.push({ begin, end, tokens: 1 });
    else if (tags[index] === WITHIN && last !== undefined) {
      last.end = end;
      last.tokens++;
    }
  }
  return spans;
}

/** The hundred best phrases. The score combines how early, how often and with how many words a phrase appears. */
function rankPhrases(text: string, tokens: readonly Token[], tags: readonly number[]): KeyPhrase[] {
  const spans = spansOf(tokens, tags).filter(
    ({ begin, end }) => end - begin <= LONGEST_PHRASE && /[\p{L}\d]/u.test(text.slice(begin, end)),
  );
  const counts = new Map<string, number>();
  const keyOf = ({ begin, end }: { begin: number; end: number }) => text.slice(begin, end).toLowerCase();
  for (const span of spans) counts.set(keyOf(span), (counts.get(keyOf(span)) ?? 0) + 1);
  const scored = spans.map((span) => {
    const early = 1 - span.begin / Math.max(1, text.length);
    const often = Math.min(1, ((counts.get(keyOf(span)) ?? 1) - 1) / 3);
    const says = Math.min(1, (span.tokens - 1) / 3);
    const score = Math.round((0.55 + 0.2 * early + 0.1 * often + 0.15 * says) * 1e4) / 1e4;
    return { text: text.slice(span.begin, span.end), score, begin: span.begin, end: span.end };
  });
  if (scored.length <= MOST_PHRASES) return scored;
  const least = scored.map(({ score }) => score).sort((a, b) => b - a)[MOST_PHRASES - 1] as number;
  return scored.filter(({ score }) => score >= least).slice(0, MOST_PHRASES);
}
