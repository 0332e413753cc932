import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentimentModel } from '../backend/src/adapters/embedded-analyzer/sentiment.ts';
import { modelBytes } from '../backend/src/adapters/embedded-analyzer/weights.ts';
import { dataFolder } from './arguments.ts';
import { setsIn } from './sets.ts';
import { trainPhrases } from './train-phrases.ts';
import { trainSentiment } from './train-sentiment.ts';
import { trainWording } from './train-wording.ts';

/** Must be increased whenever the weights change. Each analysis contains it. */
const VERSION = '1';
const WEIGHTS = join(import.meta.dirname, '../backend/src/adapters/embedded-analyzer/weights');

const folder = dataFolder('train');
const started = performance.now();

const sentiment = trainSentiment(setsIn(folder), VERSION);
write('sentiment', modelBytes(sentiment));
write('phrases', modelBytes(trainPhrases(setsIn(folder), VERSION)));
write('wording', modelBytes(trainWording(setsIn(folder), VERSION, sentimentModel(sentiment))));
console.log(
  `Trained in ${Math.round((performance.now() - started) / 1000)} s. The same data sets give the same files.`,
);

function write(name: string, bytes: Buffer): void {
  writeFileSync(join(WEIGHTS, `${name}.bin`), bytes);
  console.log(`${name}.bin  ${Math.round(bytes.length / 1024)} KiB`);
}
