import { analysisOf } from '@curlew/core/triage/text';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHtml } from '../html/read-html.ts';
import { embeddedAnalyzer } from './index.ts';

const embedded = embeddedAnalyzer();
const analyze = (text: string) => analysisOf({ analyzer: embedded, wording: embedded, readHtml }, text);
const sumOf = (scores: Record<string, number>) => Object.values(scores).reduce((sum, score) => sum + score, 0);

describe('sentiment', () => {
  it.each([
    ['NEGATIVE', 'Third day without internet and nobody calls back.'],
    ['NEGATIVE', 'I was charged twice and the refund still has not arrived'],
    ['NEGATIVE', 'thanks for nothing, another hour on hold'],
    ['POSITIVE', 'Thank you so much for the quick help, Ana was wonderful!'],
    ['NEUTRAL', 'How do I add a second user to our plan?'],
    ['NEUTRAL', 'Please change the delivery address of order 4421 to 7 Mill Lane. Thanks.'],
    ['MIXED', 'I love the new app, but the last update crashes every time I open a photo.'],
  ])('%s: %s', async (label, text) => {
    const { sentiment } = await analyze(text);
    expect(sentiment.label).toBe(label);
    expect(sumOf(sentiment.scores)).toBeCloseTo(1, 6);
  });

  it('is neutral in a language that the model was not trained on', async () => {
    const { language, sentiment, analyzer } = await analyze(
      'Seit drei Tagen geht mein Internet nicht und niemand antwortet.',
    );
    expect(language.code).toBe('de');
    expect(sentiment.label).toBe('NEUTRAL');
    expect(Math.max(...Object.values(sentiment.scores))).toBeLessThan(0.6);
    expect(analyzer.notes).toEqual(['needs_english']);
  });

  it.each([
    'Mein Konto wurde gehackt',
    '至急 システム障害 全員ログインできない',
    'Hilfe! Notfall!',
    'Rechnung falsch',
    'не работает',
  ])('is not detected, nor a category, in a short foreign text: %s', async (text) => {
    const { analyzer, category } = await analyze(text);
    expect(analyzer.notes).toEqual(['needs_english']);
    expect(category.name).toBeNull();
  });

  it.each(['pls reset my pw thx', 'Password reset', 'wifi slow', 'Refund', 'VPN', 'hello', 'parcel?', 'App crash iOS'])(
    'is detected in a few words of English: %s',
    async (text) => {
      expect((await analyze(text)).analyzer.notes).toEqual([]);
    },
  );
});

describe('urgency', () => {
  it.each([
    ['CRITICAL', 'All our tills are down, nobody in twelve stores can take payments', 'several_people'],
    ['CRITICAL', 'Somebody is logged in to my account and is transferring money right now, stop it', 'security'],
    ['HIGH', 'I am stranded at the airport, the last flight was cancelled and the hotline does not answer', 'stranded'],
  ])('is %s: %s', async (level, text, reason) => {
    const { urgency } = await analyze(text);
    expect(urgency.level).toBe(level);
    expect(urgency.reasons.map((one) => one.reason)).toContain(reason);
    for (const { text: words, begin, end } of urgency.reasons) expect(text.slice(begin, end)).toBe(words);
  });

  it.each(['How do I export my tickets to a spreadsheet?', 'The invoice is fine, thank you. No rush with the rest.'])(
    'is LOW: %s',
    async (text) => {
      expect((await analyze(text)).urgency.level).toBe('LOW');
    },
  );

  it.each([
    'Thank you for the quick reply. All our shops are down and no customer can pay.',
    'This is not only a problem for me, the whole office is locked out',
    'I can smell gas in the kitchen',
    'Somebody is using my card right now, I did not make these payments',
    'Our API key was pushed to a public repository',
  ])('is at least HIGH for different words: %s', async (text) => {
    expect(['HIGH', 'CRITICAL']).toContain((await analyze(text)).urgency.level);
  });

  it.each([
    'The shop closes at 5 pm, is that right?',
    'Can somebody please look at my account?',
    'Your flood of emails is annoying, unsubscribe me',
    'Whenever I open the invoice page the total is empty',
    'The roaming pass costs $5 per day',
  ])('is below HIGH without the reason not_urgent: %s', async (text) => {
    const { level, reasons } = (await analyze(text)).urgency;
    expect(['LOW', 'MEDIUM']).toContain(level);
    expect(reasons.map(({ reason }) => reason)).not.toContain('not_urgent');
  });

  it.each([
    [
      'outage',
      'Checkout page down\n\nHello, none of our customers can complete the checkout; all get a 502. Could you kindly have a look when you get a chance?',
    ],
    [
      'several_people',
      'Tills\n\nAll our tills have stopped. Please look into it whenever you have a minute, thank you so much!',
    ],
    ['safety', 'Server room flooded\n\nWhen you get a chance please call me'],
    ['several_people', 'help the server is down for everybody'],
    ['security', 'Account hacked?'],
    ['money_moving', 'Wire sent to wrong IBAN'],
    ['safety', "I don't want to live anymore"],
    ['safety', "I can't take this anymore, I don't want to live"],
    ['safety', 'I want to kill myself'],
    ['safety', 'The brakes of the scooter do not work'],
    ['security', 'I typed my password into a phishing page'],
    ['security', 'Mein Konto wurde gehackt'],
    ['safety', 'Il y a un incendie au bureau'],
    ['security', 'アカウントが乗っ取られました'],
  ])('is HIGH or more for %s, in spite of polite words: %s', async (reason, text) => {
    const { level, reasons } = (await analyze(text)).urgency;
    expect(['HIGH', 'CRITICAL']).toContain(level);
    expect(reasons.map((one) => one.reason)).toContain(reason);
    expect(reasons.map((one) => one.reason)).not.toContain('not_urgent');
    for (const { text: words, begin, end } of reasons) expect(text.slice(begin, end)).toBe(words);
  });

  it.each([
    'DRINGEND! Unser Server ist komplett ausgefallen!',
    '至急 システム障害 全員ログインできない',
    '¡Urgente! El sistema caído',
  ])('knows words of alarm in other languages: %s', async (text) => {
    const { level, reasons } = (await analyze(text)).urgency;
    expect(level).not.toBe('LOW');
    expect(reasons.map(({ reason }) => reason).sort()).toEqual(['outage', 'says_urgent']);
  });

  it.each([
    'Wie ändere ich mein Passwort?',
    'No es urgente, pero la factura está mal',
    "Ce n'est pas urgent, mais ma facture est fausse",
    'これは緊急ではありません',
    'Es gibt keinen Notfall',
    'Mój komputer nie działa',
    'मेरा बिल गलत है',
    '비밀번호를 바꾸고 싶어요',
  ])('has no level if the text was not understood: %s', async (text) => {
    const { urgency, analyzer } = await analyze(text);
    expect(urgency).toMatchObject({ level: null, score: 0 });
    expect(analyzer.notes).toEqual(['needs_english']);
  });

  it.each([
    ['HIGH', 'Unser Server ist ausgefallen'],
    ['HIGH', 'El servidor está caído'],
    ['HIGH', 'Il server è giù'],
    ['HIGH', 'Le serveur est en panne'],
    ['HIGH', 'Ons systeem ligt plat'],
    ['HIGH', 'サーバーダウンしました'],
    ['HIGH', '系统瘫痪了'],
    ['HIGH', 'Пожар в офисе'],
    ['MEDIUM', 'Bitte dringend zurückrufen, danke'],
  ])('is %s for an alarm in another language: %s', async (level, text) => {
    expect((await analyze(text)).urgency.level).toBe(level);
  });

  it.each([
    'had my account been hacked I would have told you',
    'gas smell was just his cooking, all good',
    'brochure on data breach insurance',
    'There is no fire in the building',
    'What happens if my account is hacked?',
    'We watched a movie in which the house is on fire',
    'I would like a quote for ransomware insurance',
    'Suicide prevention training for our staff',
    'The fire drill in our office is on Monday',
  ])('is below HIGH if the alarm is no fact: %s', async (text) => {
    expect(['LOW', 'MEDIUM']).toContain((await analyze(text)).urgency.level);
  });

  it.each([
    ['CRITICAL', 'I smell gas'],
    ['CRITICAL', 'My house is on fire'],
    ['CRITICAL', 'She is unconscious and not breathing'],
    ['CRITICAL', 'I want to kill myself'],
    ['CRITICAL', 'My account was hacked'],
    ['CRITICAL', 'Somebody took over my account'],
    ['CRITICAL', 'Somebody logged in to my account and changed my password'],
    ['HIGH', 'We are locked out of our house with a baby'],
    ['HIGH', 'I have 2 hours left to submit my visa application and the page fails'],
    ['HIGH', 'My flight leaves in two hours and I cannot check in'],
    ['HIGH', 'We got a ransom note'],
    ['HIGH', 'You emailed my medical records to the wrong person'],
    ['HIGH', "I received another customer's invoice in my account"],
    ['HIGH', 'The page shows me the data of other customers'],
  ])('is at least %s for what the rules know: %s', async (level, text) => {
    const levels = level === 'HIGH' ? ['HIGH', 'CRITICAL'] : ['CRITICAL'];
    expect(levels).toContain((await analyze(text)).urgency.level);
  });

  it.each([
    'The export is slow, nobody is blocked',
    "It's no longer broken",
    'Nobody can tell me where my parcel is',
    'No one else has access to the plug in the hall',
    'Is this where you are storing the pirate films that I paid for with Sofort?',
    'I want to live in a quieter room, can I change it?',
  ])('is not HIGH: %s', async (text) => {
    expect(['LOW', 'MEDIUM']).toContain((await analyze(text)).urgency.level);
  });

  it('does not mistake a draining battery for a loss of money', async () => {
    const { reasons } = (await analyze('The new version is draining my battery')).urgency;
    expect(reasons.map(({ reason }) => reason)).not.toContain('money_moving');
  });

  it('is never CRITICAL because of a few words that no rule knows', async () => {
    expect((await analyze('The road is blocked')).urgency.level).not.toBe('CRITICAL');
  });

  it('ignores "not urgent" in a quoted earlier statement', async () => {
    const { reasons } = (await analyze('Last time you said it was not urgent - it IS')).urgency;
    expect(reasons.map(({ reason }) => reason)).not.toContain('not_urgent');
  });

  it.each([
    'Thanks, all is well.\n\nOn Monday Jo wrote:\n> All our tills are down, nobody can pay',
    '<p>Thanks, all is well.</p><div class="gmail_quote">On Monday Jo wrote:<blockquote>All our tills are down</blockquote></div>',
    'Thanks, all is well.\n-- \nJo Doe, Emergency Response, Server Down Ltd',
  ])('ignores the quoted mail: %s', async (text) => {
    expect((await analyze(text)).urgency).toMatchObject({ level: 'LOW', reasons: [] });
  });

  it('is that of a forwarded mail', async () => {
    const { urgency } = await analyze('<blockquote>All our tills are down, nobody can pay</blockquote>');
    expect(['HIGH', 'CRITICAL']).toContain(urgency.level);
  });

  it('is the same with every kind of apostrophe', async () => {
    const [one, other] = await Promise.all(["We can't take payments", 'We can\u2019t take payments'].map(analyze));
    expect(other?.urgency.reasons.map(({ reason }) => reason)).toEqual(
      one?.urgency.reasons.map(({ reason }) => reason),
    );
    expect(one?.urgency.reasons).not.toEqual([]);
  });

  it('has the reason not_urgent if the text says that it is not urgent', async () => {
    const { urgency } = await analyze('The export button is grey since Monday. Not urgent, whenever you have time.');
    expect(urgency.reasons.map(({ reason }) => reason)).toContain('not_urgent');
    expect(['LOW', 'MEDIUM']).toContain(urgency.level);
  });
});

describe('key phrases', () => {
  it('are noun phrases with their determiners and offsets', async () => {
    const text = 'Invoice wrong\n\nHello, your invoice shows a late fee. The due date was Monday.';
    const { keyPhrases } = await analyze(text);
    expect(keyPhrases.map((phrase) => phrase.text)).toEqual(
      expect.arrayContaining(['your invoice', 'a late fee', 'The due date', 'Monday']),
    );
    for (const { text: phrase, begin, end } of keyPhrases) expect(text.slice(begin, end)).toBe(phrase);
  });

  it('are found in HTML, with offsets in the HTML', async () => {
    const text =
      '<p>Hello,</p><p>the <b>blue&nbsp;kettle</b> leaks &amp; the lid is broken.</p><style>p { color: red }</style>';
    const { keyPhrases } = await analyze(text);
    const kettle = keyPhrases.find((phrase) => phrase.text === 'the blue kettle');
    expect(kettle && text.slice(kettle.begin, kettle.end)).toBe('the <b>blue&nbsp;kettle');
    expect(keyPhrases.map((phrase) => phrase.text).join()).not.toContain('color');
  });
});

describe('any text', () => {
  it.each<[string, string]>([
    ['an empty text', ''],
    ['blanks', ' \n '.repeat(1000)],
    ['invisible characters', '\u200b\u202e'.repeat(1000)],
    ['one letter', 'a'.repeat(1 << 20)],
    ['very many words', 'not '.repeat(1 << 18)],
    ['marks', '!?'.repeat(1 << 19)],
    ['emoji', '😡'.repeat(1 << 18)],
    ['letters with marks', `e${'\u0301'.repeat(1 << 19)}`],
    ['a link of marks', `open http://x${'),'.repeat(50_000)}x`],
    ['open tags', '<div><b>'.repeat(1 << 17)],
    ['right to left', 'مرحبا '.repeat(1000)],
    ['names of object properties', 'constructor __proto__ toString hasOwnProperty'],
  ])('has a valid analysis: %s', async (_, text) => {
    const { sentiment, urgency, keyPhrases } = await analyze(text);
    expect(sumOf(sentiment.scores)).toBeCloseTo(1, 6);
    expect(Object.values(sentiment.scores).every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(urgency.score).toBeGreaterThanOrEqual(0);
    expect(keyPhrases.length).toBeLessThanOrEqual(100);
  });

  it('has spans within its bounds', async () => {
    const parts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('the server is down', '<p>', '&amp;', '\u200b', ' ', '.', 'my order', '😡'),
      ),
    );
    await fc.assert(
      fc.asyncProperty(parts, async (some) => {
        const text = some.join('');
        const { keyPhrases, urgency } = await analyze(text);
        for (const { begin, end } of [...keyPhrases, ...urgency.reasons]) {
          expect(begin).toBeGreaterThanOrEqual(0);
          expect(begin).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
