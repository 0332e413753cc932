import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { ownPieces, withoutQuotes } from './quotes.ts';

const own = (text: string) => withoutQuotes(cleanText(text)).text;

describe('what a writer says', () => {
  it.each([
    ['English', 'On Mon, Jan 5, 2026 at 10:00 AM Jo <jo@x.io> wrote:'],
    ['German', 'Am 05.01.2026 um 10:00 schrieb Jo Doe <jo@x.io>:'],
    ['French', 'Le lun. 5 janv. 2026 à 10:00, Jo <jo@x.io> a écrit :'],
    ['folded', 'On Mon, Jan 5, 2026 at 10:00 AM Jo Doe the Second\n<jo@x.io> wrote:'],
  ])('is what stands above a quote: %s', (_, attribution) => {
    expect(own(`It works now.\n\n${attribution}\n\n> Server is down\n>\n> Urgent`).trim()).toBe('It works now.');
  });

  it.each([
    ['below a quote', 'On Monday Jo wrote:\n> Server is down\n> Urgent\n\nIt works now.'],
    ['above the header of a mail', 'It works now.\n\nFrom: Jo Doe\nSent: Monday\nTo: Ana\nSubject: Server\n\nDown!'],
    ['above one in German', 'It works now.\n\nVon: Jo Doe\nGesendet: Montag\nAn: Ana\n\nDown!'],
    ['above a divider', 'It works now.\n-----Original Message-----\nServer is down'],
    ['above a signature', 'It works now.\n-- \nJo Doe\nEmergency Services Ltd'],
    ['above who wrote a quote that is left out already', 'It works now.\nOn Monday Jo wrote:\n'],
  ])('is what stands %s', (_, text) => {
    expect(own(text).trim()).toBe('It works now.');
  });

  it('is between quotes, too', () => {
    expect(own('On Monday Jo wrote:\n> Does it work?\nNo.\n> Is it urgent?\nYes.')).toBe('No.\nYes.');
  });

  it.each([
    ['a comparison', 'The total fails where a > b\n> 10 items'],
    ['a line with a mark', '> npm start\nfails'],
    ['who wrote something', 'On Monday the technician wrote:\nall is well. It is not.'],
    ['a rule of dashes', 'Two things:\n--\nthe till is down'],
    ['a sender without a date', 'From: my desk\nwe see nothing'],
    ['a mail that was sent on', 'Fwd: outage\n\n-----Original Message-----\nFrom: Jo\nSent: Monday\n\nServer is down'],
    ['a quote and nothing else', 'On Monday Jo wrote:\n> Server is down'],
    ['nothing', ''],
  ])('is all of it: %s', (_, text) => {
    expect(own(text)).toBe(text);
  });

  it('is known by where it stood', () => {
    const text = 'On Monday Jo wrote:\n> Server is down\n\nIt  works\u200b now.';
    const quoteless = withoutQuotes(cleanText(text));
    const begin = quoteless.text.indexOf('works');
    const span = quoteless.originalSpan(begin, begin + 'works now'.length);
    expect(text.slice(span.begin, span.end)).toBe('works\u200b now');
    const end = quoteless.text.length;
    expect(quoteless.originalSpan(end, end)).toEqual({ begin: text.length, end: text.length });
  });

  it.each([
    ['marks', '>'.repeat(100_000)],
    ['quoted lines', `On Monday Jo wrote:\n${'> a\n'.repeat(25_000)}b`],
    ['beginnings of who wrote', 'On a\n'.repeat(20_000)],
    ['beginnings of headers', 'From: a\n'.repeat(12_000)],
    ['a long line', `On ${'schrieb '.repeat(12_000)}`],
  ])('is found in a lot of %s', (_, text) => {
    expect(own(text).length).toBeGreaterThan(0);
  });
});

describe('pieces', () => {
  const piece = (text: string, isQuote?: boolean) => ({
    text,
    begin: 0,
    end: text.length,
    ...(isQuote === undefined ? {} : { isQuote }),
  });

  it('are those of the writer', () => {
    expect(ownPieces([piece('Fine now'), piece('Server is down', true)])).toEqual([piece('Fine now')]);
  });

  it.each([
    ['nothing else remains', [piece('\n'), piece('Server is down', true)]],
    ['they were sent on', [piece('FW: outage\n\n'), piece('Server is down', true)]],
  ])('are all where %s', (_, pieces) => {
    expect(ownPieces(pieces)).toEqual(pieces);
  });
});
