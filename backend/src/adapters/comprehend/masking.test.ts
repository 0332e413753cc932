import type { TextAnalyzer } from '@curlew/core/triage';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type SmallComprehend, smallComprehend } from '../../../test/small-comprehend.ts';
import { comprehend, comprehendAnalyzer } from './index.ts';

const ENDPOINT = 'arn:aws:comprehend:us-east-1:123456789012:document-classifier-endpoint/desk';
const fallback: TextAnalyzer = {
  analyze: async () => ({
    language: { code: 'en', score: 1 },
    sentiment: { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } },
    keyPhrases: [],
    analyzer: { name: 'small', version: '1', notes: [], masked: 0 },
    isForeign: false,
  }),
};

let aws: SmallComprehend;
let client: ReturnType<typeof comprehend>;
beforeAll(async () => {
  aws = await smallComprehend();
  client = comprehend(aws.config);
});
beforeEach(() => aws.forget());
afterAll(() => {
  client.destroy();
  aws.stop();
});

const analyze = (text: string, maskPersonalData: boolean) =>
  comprehendAnalyzer(client, { fallback, classifier: { endpointArn: ENDPOINT } }).analyze(text, { maskPersonalData });
const sent = () => aws.requests().map(({ body }) => body);

it('masks personal data before a text is sent, if masking is on', async () => {
  const { analyzer } = await analyze('The mail of joe@example.com and my card 4111 1111 1111 1111 are broken.', true);
  expect(analyzer).toMatchObject({ name: 'comprehend', masked: 2 });
  expect(sent()).toHaveLength(4);
  for (const body of sent())
    expect(body).toContain('The mail of xxxxxxxxxxxxxxx and my card xxxxxxxxxxxxxxxxxxx are broken.');
});

it('sends the text unchanged if masking is off', async () => {
  const { analyzer } = await analyze('The mail of joe@example.com is broken, thanks.', false);
  expect(analyzer.masked).toBe(0);
  expect(sent().join()).toContain('joe@example.com');
});

it('shows agents the original words in key phrases', async () => {
  const text = '😡 Please write to my joe@example.com, the bill is wrong.';
  aws.next('DetectKeyPhrases', {
    answer: { KeyPhrases: [{ Text: 'my xxxxxxxxxxxxxxx', Score: 0.9, BeginOffset: 18, EndOffset: 36 }] },
  });
  const { keyPhrases } = await analyze(text, true);
  expect(keyPhrases.map((phrase) => [phrase.text, text.slice(phrase.begin, phrase.end)])).toEqual([
    ['my joe@example.com', 'my joe@example.com'],
  ]);
});

it('counts the masked data also if the fallback analyses the text', async () => {
  aws.next('DetectSentiment', { refuse: 'InvalidRequestException' });
  expect((await analyze('The mail of joe@example.com is broken, thanks.', true)).analyzer).toMatchObject({
    name: 'small',
    masked: 1,
  });
});

it('does not call Comprehend for a text that consists of personal data only', async () => {
  await analyze('joe@example.com +49 170 1234567', true);
  expect(sent()).toEqual([]);
});

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
const parted = (groups: readonly string[], by: string) => groups.join(by);
const grouped = (text: string) => text.match(/.{1,4}/g) ?? [];

/** A card number: 15 digits and the check digit of the Luhn algorithm. */
const card = fc.tuple(digits(14), fc.constantFrom('', ' ', '-')).map(([rest, by]) => {
  const all = [4, ...rest];
  const sum = all.reduce(
    (total, digit, index) => total + (index % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit),
    0,
  );
  return parted(grouped([...all, (10 - (sum % 10)) % 10].join('')), by);
});
/** A German IBAN. Its check digits are 98 minus the remainder of the division by 97. */
const iban = fc.tuple(digits(18), fc.constantFrom('', ' ')).map(([account, by]) => {
  const rest = BigInt(`${account.join('')}131400`) % 97n;
  return parted(grouped(`DE${String(98n - rest).padStart(2, '0')}${account.join('')}`), by);
});
const phone = fc
  .tuple(digits(3), digits(7), fc.constantFrom(' ', '-', '/'))
  .map(([area, own, by]) => parted([`+49${by}1${area.join('')}`, `2${own.join('')}`], by));

it('sends no address, card number, IBAN or phone number', async () => {
  const personal = fc.oneof(fc.emailAddress(), card, iban, phone);
  const words = fc.constantFrom(
    'The bill of',
    'my great',
    'is broken.',
    '😡',
    'e\u0301',
    '請求書。',
    'Thanks, the'.repeat(500),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(words, personal), { minLength: 1, maxLength: 6 }), async (parts) => {
      aws.forget();
      const text = parts.map(([word, one]) => `${word} ${one} , `).join('');
      const { keyPhrases } = await analyze(`The text: ${text}`, true);
      const bodies = sent().map((body) => JSON.stringify(JSON.parse(body)));
      expect(bodies.length).toBeGreaterThan(2);
      for (const body of bodies) {
        for (const [, one] of parts) expect(body).not.toContain(JSON.stringify(one).slice(1, -1));
        // The words around the personal data have no digit and no @.
        expect(body.replace(ENDPOINT, '')).not.toMatch(/[\d@]/);
      }
      for (const { text: phrase, begin, end } of keyPhrases) expect(`The text: ${text}`.slice(begin, end)).toBe(phrase);
    }),
    { numRuns: 40 },
  );
});
