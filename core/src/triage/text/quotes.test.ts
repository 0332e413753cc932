import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { ownPieces, withoutQuotes } from './quotes.ts';

const own = (text: string) => withoutQuotes(cleanText(text)).text;

describe('withoutQuotes', () => {
  it.each([
    ['English', 'On Mon, Jan 5, 2026 at 10:00 AM Jo <jo@x.io> wrote:'],
    ['German', 'Am 05.01.2026 um 10:00 schrieb Jo Doe <jo@x.io>:'],
    ['French', 'Le lun. 5 janv. 2026 à 10:00, Jo <jo@x.io> a écrit :'],
    ['folded', 'On Mon, Jan 5, 2026 at 10:00 AM Jo Doe the Second\n<jo@x.io> wrote:'],
  ])('keeps the text above a quote: %s attribution', (_, attribution) => {
    expect(own(`It works now.\n\n${attribution}\n\n> Server is down\n>\n> Urgent`).trim()).toBe('It works now.');
  });

  it.each([
    ['below a quote', 'On Monday Jo wrote:\n> Server is down\n> Urgent\n\nIt works now.'],
    ['above the header of a mail', 'It works now.\n\nFrom: Jo Doe\nSent: Monday\nTo: Ana\nSubject: Server\n\nDown!'],
    ['above a German header of a mail', 'It works now.\n\nVon: Jo Doe\nGesendet: Montag\nAn: Ana\n\nDown!'],
    ['above a divider', 'It works now.\n-----Original Message-----\nServer is down'],
    ['above a signature', 'It works now.\n-- \nJo Doe\nEmergency Services Ltd'],
    ['above the attribution of a quote that was removed already', 'It works now.\nOn Monday Jo wrote:\n'],
  ])('keeps the text %s', (_, text) => {
    expect(own(text).trim()).toBe('It works now.');
  });

  it('keeps the text between quotes', () => {
    expect(own('On Monday Jo wrote:\n> Does it work?\nNo.\n> Is it urgent?\nYes.')).toBe('No.\nYes.');
  });

  it.each([
    ['a comparison', 'The total fails where a > b\n> 10 items'],
    ['a line that begins with >', '> npm start\nfails'],
    ['an attribution without a quote', 'On Monday the technician wrote:\nall is well. It is not.'],
    ['a rule of dashes', 'Two things:\n--\nthe till is down'],
    ['a sender without a date', 'From: my desk\nwe see nothing'],
    ['a forwarded mail', 'Fwd: outage\n\n-----Original Message-----\nFrom: Jo\nSent: Monday\n\nServer is down'],
    ['a quote and nothing else', 'On Monday Jo wrote:\n> Server is down'],
    ['an empty text', ''],
  ])('keeps the whole text of %s', (_, text) => {
    expect(own(text)).toBe(text);
  });

  it('maps a span to the original text', () => {
    const text = 'On Monday Jo wrote:\n> Server is down\n\nIt  works\u200b now.';
    const quoteless = withoutQuotes(cleanText(text));
    const begin = quoteless.text.indexOf('works');
    const span = quoteless.originalSpan(begin, begin + 'works now'.length);
    expect(text.slice(span.begin, span.end)).toBe('works\u200b now');
    const end = quoteless.text.length;
    expect(quoteless.originalSpan(end, end)).toEqual({ begin: text.length, end: text.length });
  });

  it.each([
    ['> characters', '>'.repeat(100_000)],
    ['quoted lines', `On Monday Jo wrote:\n${'> a\n'.repeat(25_000)}b`],
    ['beginnings of attributions', 'On a\n'.repeat(20_000)],
    ['beginnings of headers', 'From: a\n'.repeat(12_000)],
    ['words in one long line', `On ${'schrieb '.repeat(12_000)}`],
  ])('handles a very large number of %s', (_, text) => {
    expect(own(text).length).toBeGreaterThan(0);
  });
});

describe('ownPieces', () => {
  const piece = (text: string, isQuote?: boolean) => ({
    text,
    begin: 0,
    end: text.length,
    ...(isQuote === undefined ? {} : { isQuote }),
  });

  it('drops quotes', () => {
    expect(ownPieces([piece('Fine now'), piece('Server is down', true)])).toEqual([piece('Fine now')]);
  });

  it.each([
    ['nothing else remains', [piece('\n'), piece('Server is down', true)]],
    ['the mail was forwarded', [piece('FW: outage\n\n'), piece('Server is down', true)]],
  ])('keeps all pieces if %s', (_, pieces) => {
    expect(ownPieces(pieces)).toEqual(pieces);
  });
});
