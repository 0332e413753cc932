import {
  BUCKETS,
  type Look,
  START,
  stepFeatures,
  TAGS,
  tokenFeatures,
  wordForms,
} from '../backend/src/adapters/embedded-analyzer/phrase-features.ts';
import { bestTags } from '../backend/src/adapters/embedded-analyzer/phrases.ts';
import { type Token, tokensOf } from '../backend/src/adapters/embedded-analyzer/tokens.ts';
import { type Model, type ModelHeader, quantize } from '../backend/src/adapters/embedded-analyzer/weights.ts';
import { randomFrom, shuffle } from './random.ts';
import type { Sets } from './sets.ts';

export interface PhraseExample {
  readonly text: string;
  /** In UTF-16 units. */
  readonly spans: readonly (readonly [begin: number, end: number])[];
}

const EPOCHS = 6;
/** One sentence in this number is also learned in lower case, because many customers write that way. */
const LOWERED_EVERY = 3;

export function phraseExamples(sets: Sets, name: 'np-train' | 'np-dev'): PhraseExample[] {
  return sets.lines(`keyphrase/${name}.jsonl`).map((line) => {
    const { text, spans } = line as { text: string; spans: [number, number][] };
    const units = unitsOf(text);
    return { text, spans: spans.map(([begin, end]) => [units[begin] as number, units[end] as number]) };
  });
}

/** The offset of each code point, and the end of the text, in UTF-16 units. */
function unitsOf(text: string): number[] {
  const units = [0];
  for (const point of text) units.push((units.at(-1) as number) + point.length);
  return units;
}

/** An averaged structured perceptron (Collins 2002) over tags of tokens. */
export function trainPhrases(sets: Sets, version: string): Model<ModelHeader> {
  const read = phraseExamples(sets, 'np-train');
  const lowered = read
    .filter((_, index) => index % LOWERED_EVERY === 0)
    .map((one) => ({ ...one, text: lowerOf(one.text) }));
  const examples = [...read, ...lowered].map(taggedOf);
  const size = TAGS.length;
  const weights = new Float64Array(BUCKETS * size);
  const sums = new Float64Array(weights.length);
  let step = 1;
  const model = {
    add(features: readonly number[], into: Float64Array) {
      for (const feature of features) {
        for (let tag = 0; tag < size; tag++)
          into[tag] = (into[tag] as number) + (weights[feature * size + tag] as number);
      }
    },
  };
  const move = (features: readonly number[], tag: number, by: number) => {
    for (const feature of features) {
      const place = feature * size + tag;
      weights[place] = (weights[place] as number) + by;
      sums[place] = (sums[place] as number) + by * step;
    }
  };
  const random = randomFrom(3);
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      learn(examples[index] as Tagged);
      step++;
    }
  }
  const averaged = quantize(Float32Array.from(weights, (weight, place) => weight - (sums[place] as number) / step));
  return {
    header: { name: 'phrases', version, data: sets.digest(), buckets: BUCKETS, classes: TAGS, scale: averaged.scale },
    weights: averaged.weights,
  };

  function learn({ tokens, tags }: Tagged): void {
    const said = bestTags(tokens, model);
    const looks = wordForms(tokens.map(({ text }) => text));
    for (let index = 0; index < tokens.length; index++) {
      const [right, wrong] = [tags[index] as number, said[index] as number];
      const [rightBefore, wrongBefore] =
        index === 0 ? [START, START] : [tags[index - 1] as number, said[index - 1] as number];
      if (right !== wrong) {
        const features = tokenFeatures(looks, index);
        move(features, right, 1);
        move(features, wrong, -1);
      }
      if (right !== wrong || rightBefore !== wrongBefore) {
        move(stepFeatures(looks[index] as Look, rightBefore), right, 1);
        move(stepFeatures(looks[index] as Look, wrongBefore), wrong, -1);
      }
    }
  }
}

interface Tagged {
  readonly tokens: readonly Token[];
  readonly tags: readonly number[];
}

function taggedOf({ text, spans }: PhraseExample): Tagged {
  const tokens = tokensOf(text);
  const tags = tokens.map(({ begin, end }) => {
    const span = spans.find(([from, to]) => begin >= from && end <= to);
    return span === undefined ? 0 : begin === span[0] ? 1 : 2;
  });
  return { tokens, tags };
}

/** The text in lower case. A character whose length would change stays as it is. */
function lowerOf(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  );
}
