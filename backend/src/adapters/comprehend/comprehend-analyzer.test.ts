import type { TextAnalyzer } from '@curlew/core/triage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ComprehendFault, type SmallComprehend, smallComprehend } from '../../../test/small-comprehend.ts';
import {
  CLASSIFIER_ACTIONS,
  COMPREHEND_ACTIONS,
  type ComprehendOptions,
  comprehend,
  comprehendAnalyzer,
} from './index.ts';

const ENDPOINT = 'arn:aws:comprehend:us-east-1:123456789012:document-classifier-endpoint/desk';
const COMPLAINT = 'My router is broken and the repair was awful, thanks for nothing at all.';

/** Takes a text for English if it contains "the" or "my". */
const fallback: TextAnalyzer = {
  async analyze(text) {
    return {
      language: { code: /\b(?:the|my)\b/i.test(text) ? 'en' : 'und', score: 0.3 },
      sentiment: { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } },
      keyPhrases: [],
      analyzer: { name: 'small', version: '1', notes: ['own_note'], masked: 0 },
      isForeign: false,
    };
  },
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

const analyzer = (options: Partial<ComprehendOptions> = {}) => comprehendAnalyzer(client, { fallback, ...options });
const analyze = (text: string, maskPersonalData = false) => analyzer().analyze(text, { maskPersonalData });
const sent = () => aws.requests().map(({ action, body }) => ({ action, ...JSON.parse(body) }));

describe('a text', () => {
  it('is analysed by Comprehend in the language that Comprehend detects', async () => {
    const found = await analyze(COMPLAINT);
    expect(found.language).toEqual({ code: 'en', score: 0.8571 });
    expect(found.sentiment.label).toBe('NEGATIVE');
    expect(found.keyPhrases).toEqual([
      { text: 'My router', score: 0.9988, begin: 0, end: 9 },
      { text: 'the repair', score: 0.9988, begin: 24, end: 34 },
    ]);
    expect(found.analyzer).toEqual({ name: 'comprehend', version: '2017-11-27', notes: [], masked: 0 });
    expect(aws.actions().sort()).toEqual(['DetectDominantLanguage', 'DetectKeyPhrases', 'DetectSentiment']);
    for (const { Text } of sent()) expect(Text).toBe(COMPLAINT);
  });

  it('in another language is analysed, with a note that the rules need English', async () => {
    const { language, isForeign, analyzer } = await analyze('Mein Anschluss ist tot und das geht so nicht.');
    expect([language.code, isForeign, analyzer.notes]).toEqual(['de', true, ['rules_need_english']]);
    expect((await analyze(COMPLAINT)).isForeign).toBe(false);
    expect(sent().find(({ action }) => action === 'DetectSentiment').LanguageCode).toBe('de');
  });

  it('in Traditional Chinese is sent as zh-TW and reported as zh', async () => {
    aws.next('DetectDominantLanguage', { answer: { Languages: [{ LanguageCode: 'zh-TW', Score: 0.99 }] } });
    expect((await analyze('我的路由器壞了,請盡快派人來修理,謝謝你們的幫忙。')).language.code).toBe('zh');
    expect(sent().find(({ action }) => action === 'DetectSentiment').LanguageCode).toBe('zh-TW');
  });

  it('shorter than 20 characters is analysed in the language that the fallback detects', async () => {
    expect((await analyze('the till is dead')).language).toEqual({ code: 'en', score: 0.3 });
    expect(aws.actions()).not.toContain('DetectDominantLanguage');
  });

  it('is analysed in the language of the fallback if the score of Comprehend is low', async () => {
    aws.next('DetectDominantLanguage', { answer: { Languages: [{ LanguageCode: 'fr', Score: 0.49 }] } });
    const { language, analyzer } = await analyze(COMPLAINT);
    expect([language.code, analyzer.name]).toEqual(['en', 'comprehend']);
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n\t '],
    ['of emoji', '😡'.repeat(50_000)],
    ['of digits', '4421 - 8812'],
    ['of invisible marks', '\u200b\u202e'],
  ])('that is %s goes to the fallback without a call to Comprehend', async (_, text) => {
    expect((await analyze(text)).analyzer.notes).toEqual(['own_note']);
    expect(aws.requests()).toEqual([]);
  });

  it.each([
    ['with marks of direction', `The \u202ebroken\u202c router of \u2067my\u2069 office`],
    ['with half characters', `The router ${'\ud83d'} is broken, my \udc00 friend`],
    ['of one letter', 'a'.repeat(100_000)],
    ['of letters with many marks', `e${'\u0301'.repeat(99_999)}`],
    ['of four bytes a character', `the 𠮷 ${'𠮷'.repeat(49_000)}`],
  ])('%s is analysed without an error', async (_, text) => {
    const { analyzer, keyPhrases } = await analyze(text);
    expect(['comprehend', 'small']).toContain(analyzer.name);
    expect(analyzer.notes).not.toContain('comprehend_refused');
    for (const { text: words, begin, end } of keyPhrases) expect(text.slice(begin, end)).toBe(words);
  });
});

describe('a long text', () => {
  const sentence = 'The 😡 invoice is broken. ';

  it('is sent in batches and gives one result', async () => {
    const text = sentence.repeat(800);
    const { sentiment, keyPhrases, analyzer } = await analyze(text);
    expect(aws.actions().sort()).toEqual(['BatchDetectKeyPhrases', 'BatchDetectSentiment', 'DetectDominantLanguage']);
    const batch = sent().find(({ action }) => action === 'BatchDetectSentiment').TextList as string[];
    expect(batch.join('')).toBe(text);
    expect(batch.length).toBeGreaterThan(4);
    expect(sentiment.label).toBe('NEGATIVE');
    expect(Object.values(sentiment.scores).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
    expect(keyPhrases).toHaveLength(100);
    for (const { text: words, begin, end } of keyPhrases)
      expect([text.slice(begin, end), words]).toEqual(['The 😡', 'The 😡']);
    expect(analyzer.notes).toEqual([]);
  });

  it('is analysed up to 25 documents, with a note that the rest was left out', async () => {
    const { analyzer } = await analyze(`the ${'請求書の件です。'.repeat(7000)}`);
    expect(analyzer).toMatchObject({ name: 'comprehend', notes: ['only_the_beginning'] });
    expect(sent().find(({ action }) => action === 'BatchDetectSentiment').TextList).toHaveLength(25);
  });

  it('is analysed without the parts that fail, with a note', async () => {
    const text = `${aws.unreadable} the bill is awful. ${sentence.repeat(200)}The end is great. ${'my great day. '.repeat(200)}`;
    const { keyPhrases, analyzer } = await analyze(text);
    expect(analyzer).toMatchObject({ name: 'comprehend', notes: ['comprehend_partial'] });
    expect(keyPhrases.map((phrase) => phrase.text)).toContain('my great');
    expect(keyPhrases.map((phrase) => phrase.text)).not.toContain('the bill');
    for (const { text: words, begin, end } of keyPhrases) expect(text.slice(begin, end)).toBe(words);
  });

  it('goes to the fallback if no part of it can be analysed', async () => {
    const { analyzer } = await analyze(`the ${aws.unreadable} is bad. `.repeat(400));
    expect(analyzer.notes).toEqual(['own_note', 'comprehend_unavailable']);
  });
});

describe('the fallback analyses the text and a note names the reason', () => {
  const always = (fault: ComprehendFault) => Array<ComprehendFault>(30).fill(fault);
  const scores = { Positive: 0.1, Negative: 0.7, Neutral: 0.1, Mixed: 0.1 };

  it.each<[string, string, string, ComprehendFault]>([
    ['Comprehend throttles the call', 'comprehend_throttled', '*', { refuse: 'ThrottlingException' }],
    ['Comprehend answers 429', 'comprehend_throttled', '*', { refuse: 'TooManyRequestsException', status: 429 }],
    ['access is denied', 'comprehend_refused', '*', { refuse: 'AccessDeniedException' }],
    ['the account has no subscription', 'comprehend_refused', '*', { refuse: 'SubscriptionRequiredException' }],
    ['credentials are wrong', 'comprehend_refused', '*', { refuse: 'UnrecognizedClientException' }],
    ['a text is refused', 'comprehend_refused', 'DetectSentiment', { refuse: 'InvalidRequestException' }],
    ['a text is too long', 'comprehend_refused', 'DetectKeyPhrases', { refuse: 'TextSizeLimitExceededException' }],
    [
      'a language is refused',
      'comprehend_language_unsupported',
      'DetectSentiment',
      { refuse: 'UnsupportedLanguageException' },
    ],
    ['Comprehend fails', 'comprehend_unavailable', '*', { refuse: 'InternalServerException', status: 500 }],
    ['Comprehend hangs', 'comprehend_unavailable', 'DetectSentiment', { hang: true }],
    ['the response stops half way', 'comprehend_unavailable', 'DetectKeyPhrases', { stall: '{"KeyPh' }],
    ['the response arrives byte by byte', 'comprehend_unavailable', 'DetectSentiment', { drip: true }],
    ['the connection breaks', 'comprehend_unavailable', '*', { cut: true }],
    ['JSON is cut short', 'comprehend_unavailable', '*', { answer: '{"Languages":[{"Langu' }],
    ['a proxy answers', 'comprehend_unavailable', '*', { answer: '<html>Sign in</html>' }],
    ['an answer is empty', 'comprehend_unavailable', '*', { answer: {} }],
    ['an answer is null', 'comprehend_unavailable', '*', { answer: 'null' }],
    ['an answer is a list', 'comprehend_unavailable', '*', { answer: [] }],
    ['the list of languages is a string', 'comprehend_unavailable', '*', { answer: { Languages: 'en' } }],
    [
      'a language code is invalid',
      'comprehend_unavailable',
      '*',
      { answer: { Languages: [{ LanguageCode: '../en', Score: 1 }] } },
    ],
    [
      'a sentiment is unknown',
      'comprehend_unavailable',
      'DetectSentiment',
      { answer: { Sentiment: 'ANGRY', SentimentScore: scores } },
    ],
    [
      'a score is missing',
      'comprehend_unavailable',
      'DetectSentiment',
      { answer: { Sentiment: 'MIXED', SentimentScore: { Mixed: 1 } } },
    ],
    [
      'a score is negative',
      'comprehend_unavailable',
      'DetectSentiment',
      { answer: { Sentiment: 'MIXED', SentimentScore: { ...scores, Mixed: -1 } } },
    ],
    [
      'a score is infinite',
      'comprehend_unavailable',
      'DetectSentiment',
      { answer: { Sentiment: 'MIXED', SentimentScore: { ...scores, Mixed: 'Infinity' } } },
    ],
    [
      'all scores are zero',
      'comprehend_unavailable',
      'DetectSentiment',
      { answer: { Sentiment: 'MIXED', SentimentScore: { Positive: 0, Negative: 0, Neutral: 0, Mixed: 0 } } },
    ],
    ['key phrases are strings', 'comprehend_unavailable', 'DetectKeyPhrases', { answer: { KeyPhrases: ['my bill'] } }],
  ])('when %s', async (_, note, action, fault) => {
    aws.next(action, ...always(fault));
    const found = await analyzer({ patienceMilliseconds: 3000 }).analyze(COMPLAINT);
    expect(found).toEqual({ ...(await fallback.analyze(COMPLAINT)), analyzer: expect.anything() });
    expect(found.analyzer).toEqual({ name: 'small', version: '1', notes: ['own_note', note], masked: 0 });
  });

  it('when a batch has an invalid result', async () => {
    aws.next(
      'BatchDetectSentiment',
      ...always({ answer: { ResultList: [{ Index: -1, Sentiment: 'MIXED' }], ErrorList: [] } }),
    );
    const { analyzer } = await analyze('The bill is wrong. '.repeat(600));
    expect(analyzer.notes).toEqual(['own_note', 'comprehend_unavailable']);
  });

  it('when a result names a document that was not sent', async () => {
    const result = { Index: 77, Sentiment: 'MIXED', SentimentScore: scores };
    aws.next('BatchDetectSentiment', { answer: { ResultList: [result], ErrorList: [] } });
    const { analyzer } = await analyze('The bill is wrong. '.repeat(600));
    expect(analyzer.notes).toEqual(['own_note', 'comprehend_unavailable']);
  });

  it('when the endpoint refuses connections', async () => {
    const gone = comprehend({ ...aws.config, endpoint: 'http://127.0.0.1:1' });
    const { analyzer } = await comprehendAnalyzer(gone, { fallback }).analyze(COMPLAINT);
    expect(analyzer.notes).toEqual(['own_note', 'comprehend_unavailable']);
    gone.destroy();
  });

  it('when Comprehend asks to retry after an hour', async () => {
    const busy: ComprehendFault = { refuse: 'ThrottlingException', status: 429, retryAfterSeconds: 3600 };
    aws.next('*', ...always(busy));
    const { analyzer: by } = await analyzer({ patienceMilliseconds: 300 }).analyze(COMPLAINT);
    expect(by.notes[1]).toMatch(/^comprehend_(throttled|unavailable)$/);
  });

  it.each<[string, string, () => Promise<never>]>([
    ['never arrive', 'comprehend_unavailable', () => new Promise(() => {})],
    [
      'are missing',
      'comprehend_refused',
      () => Promise.reject(Object.assign(new Error('None.'), { name: 'CredentialsProviderError' })),
    ],
  ])('when credentials %s', async (_, note, credentials) => {
    const poor = comprehend({ ...aws.config, credentials });
    const { analyzer: by } = await comprehendAnalyzer(poor, { fallback, patienceMilliseconds: 300 }).analyze(COMPLAINT);
    expect(by.notes).toEqual(['own_note', note]);
    expect(aws.requests()).toEqual([]);
    poor.destroy();
  });

  it('when Comprehend has no sentiment detection for the language', async () => {
    const { analyzer } = await analyze('Habari, asante kwa msaada, simu yangu haifanyi kazi.');
    expect(analyzer.notes).toEqual(['own_note', 'comprehend_language_unsupported']);
    expect(aws.actions()).toEqual(['DetectDominantLanguage']);
  });

  it('but not after one call that is throttled, hangs or fails', async () => {
    for (const fault of [
      { refuse: 'ThrottlingException' },
      { hang: true },
      { refuse: 'InternalServerException', status: 500 },
    ] as const) {
      aws.next('DetectSentiment', fault);
      expect((await analyze(COMPLAINT)).analyzer.name).toBe('comprehend');
    }
  });

  it('and the error is that of the fallback if the fallback fails too', async () => {
    aws.next('*', ...always({ refuse: 'AccessDeniedException' }));
    const broken: TextAnalyzer = { analyze: () => Promise.reject(new Error('no models')) };
    await expect(analyzer({ fallback: broken }).analyze(COMPLAINT)).rejects.toThrow('no models');
    await expect(analyzer({ fallback: broken }).analyze('too short')).rejects.toThrow('no models');
  });
});

describe('calls to Comprehend are paused', () => {
  const many = (fault: ComprehendFault) => aws.next('*', ...Array<ComprehendFault>(40).fill(fault));
  function analyzerWithClock(patienceMilliseconds?: number) {
    const logged: [string, string][] = [];
    const clock = { now: 0 };
    const one = analyzer({
      now: () => clock.now,
      log: (message, error) => logged.push([message, error]),
      ...(patienceMilliseconds === undefined ? {} : { patienceMilliseconds }),
    });
    return { clock, logged, notes: async () => (await one.analyze(COMPLAINT)).analyzer.notes };
  }

  it('for five minutes after Comprehend denies access', async () => {
    const { clock, logged, notes } = analyzerWithClock();
    many({ refuse: 'AccessDeniedException' });
    expect(await notes()).toContain('comprehend_refused');
    aws.forget();
    clock.now = 5 * 60_000 - 1;
    expect(await notes()).toContain('comprehend_refused');
    expect(aws.requests()).toEqual([]);
    clock.now = 5 * 60_000;
    expect(await notes()).toEqual([]);
    expect(logged).toEqual([['Calls to Comprehend are paused for 300 s', 'AccessDeniedException Simulated failure.']]);
  });

  it('for 30 seconds after three texts without a response, and again after the next one', async () => {
    const { clock, notes } = analyzerWithClock(100);
    many({ hang: true });
    for (let text = 0; text < 3; text++) expect(await notes()).toContain('comprehend_unavailable');
    aws.forget();
    many({ hang: true });
    clock.now = 29_999;
    expect(await notes()).toContain('comprehend_unavailable');
    expect(aws.requests()).toEqual([]);
    clock.now = 30_000;
    expect(await notes()).toContain('comprehend_unavailable');
    expect(aws.requests()).not.toEqual([]);
    aws.forget();
    clock.now = 59_999;
    expect(await notes()).toContain('comprehend_unavailable');
    expect(aws.requests()).toEqual([]);
  });

  it('but not for failures with successful calls between them', async () => {
    const { notes } = analyzerWithClock();
    for (let text = 0; text < 3; text++) {
      many({ cut: true });
      expect(await notes()).toContain('comprehend_unavailable');
      aws.forget();
      expect(await notes()).toEqual([]);
    }
  });

  it('but not for a refused text or a throttled call', async () => {
    const { notes } = analyzerWithClock();
    for (const refuse of ['InvalidRequestException', 'ThrottlingException', 'UnsupportedLanguageException']) {
      many({ cut: true });
      expect(await notes()).toContain('comprehend_unavailable');
      many({ refuse });
      expect(await notes()).not.toContain('comprehend_unavailable');
    }
    aws.forget();
    expect(await notes()).toEqual([]);
  });

  it('and the log contains no word of the text', async () => {
    const { logged, notes } = analyzerWithClock();
    many({ answer: `${COMPLAINT} is no JSON` });
    for (let text = 0; text < 3; text++) await notes();
    expect(logged).toEqual([['Calls to Comprehend are paused for 30 s', 'SyntaxError']]);
  });
});

describe('a custom classifier', () => {
  const analyzerWithClassifier = (options: Partial<ComprehendOptions> = {}) =>
    analyzer({ classifier: { endpointArn: ENDPOINT }, ...options });

  it('gives the category if its score is high enough', async () => {
    const found = await analyzerWithClassifier().analyze('The invoice is wrong and my card was charged.');
    expect(found.category).toEqual({ name: 'billing', score: 0.8765 });
    expect(found.analyzer).toMatchObject({ name: 'comprehend', notes: [] });
    expect(sent().find(({ action }) => action === 'ClassifyDocument').EndpointArn).toBe(ENDPOINT);
  });

  it('gives no category if its score is too low', async () => {
    expect(await analyzerWithClassifier().analyze(COMPLAINT)).not.toHaveProperty('category');
  });

  it('may answer with labels instead of classes', async () => {
    aws.next('ClassifyDocument', {
      answer: {
        Labels: [
          { Name: 'refund', Score: 0.7 },
          { Name: 'vip', Score: 0.9 },
        ],
      },
    });
    expect((await analyzerWithClassifier().analyze(COMPLAINT)).category).toEqual({ name: 'vip', score: 0.9 });
  });

  it('gets the first 10 KB of a long text', async () => {
    await analyzerWithClassifier().analyze(`The invoice is wrong. ${'請求書の件です。'.repeat(2000)}`);
    const { Text } = sent().find(({ action }) => action === 'ClassifyDocument');
    expect(Buffer.byteLength(Text)).toBeGreaterThan(9000);
    expect(Buffer.byteLength(Text)).toBeLessThanOrEqual(10_000);
  });

  it.each<[string, ComprehendFault]>([
    ['denies access', { refuse: 'AccessDeniedException' }],
    ['is not in service', { refuse: 'ResourceUnavailableException' }],
    ['hangs', { hang: true }],
    ['sends an invalid response', { answer: { Classes: { billing: 1 } } }],
    ['sends an empty response', { answer: {} }],
  ])('that %s changes nothing but the category', async (_, fault) => {
    aws.next('ClassifyDocument', ...Array<ComprehendFault>(5).fill(fault));
    const found = await analyzerWithClassifier({ patienceMilliseconds: 3000 }).analyze(
      'The invoice is wrong and my card was charged.',
    );
    expect(found).not.toHaveProperty('category');
    expect(found.analyzer).toMatchObject({ name: 'comprehend', notes: ['classifier_unavailable'] });
    expect(found.keyPhrases).not.toEqual([]);
  });

  it('that was deleted is paused, while Comprehend is still called', async () => {
    const one = analyzerWithClassifier({ now: () => 0 });
    aws.next('ClassifyDocument', { refuse: 'ResourceNotFoundException' });
    await one.analyze(COMPLAINT);
    aws.forget();
    expect((await one.analyze(COMPLAINT)).analyzer.notes).toEqual(['classifier_unavailable']);
    expect(aws.actions()).not.toContain('ClassifyDocument');
  });
});

it('uses exactly the actions that the permissions name', async () => {
  const one = analyzer({ classifier: { endpointArn: ENDPOINT } });
  await one.analyze(COMPLAINT);
  await one.analyze('The bill is wrong. '.repeat(600));
  const calledActions = new Set(aws.actions().map((action) => `comprehend:${action}`));
  expect([...calledActions].sort()).toEqual([...COMPREHEND_ACTIONS, ...CLASSIFIER_ACTIONS].sort());
});
