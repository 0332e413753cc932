import { describe, expect, it } from 'vitest';
import type { Urgency } from '../analysis.ts';
import { typeOf } from './propose-type.ts';

const CALM: Urgency = { level: 'LOW', score: 0, reasons: [] };
const UNPLACED = { name: null, score: 0 };
const found = (text: string) => typeOf(text, UNPLACED, CALM);

describe('typeOf', () => {
  it.each([
    ['INCIDENT', 'The app keeps crashing when I open a photo.'],
    ['INCIDENT', 'Since this morning the website is down for all of us.'],
    ['INCIDENT', "Printing doesn't work since the update."],
    ['INCIDENT', 'I get an error 500 on every page'],
    ['INCIDENT', 'My account was hacked last night'],
    ['INCIDENT', 'I do not recognise this transaction of 40 euros'],
    ['SERVICE_REQUEST', 'Please cancel my subscription at the end of May.'],
    ['SERVICE_REQUEST', 'Could you change the address on our account to Hill Road 5?'],
    ['SERVICE_REQUEST', "I'd like to return the blue jacket."],
    ['SERVICE_REQUEST', 'We need an additional licence for our new colleague'],
    ['SERVICE_REQUEST', 'It would be great if the export had a dark mode'],
    ['QUESTION', 'How do I export my contacts?'],
    ['QUESTION', 'Is there a way to see both calendars side by side?'],
    ['QUESTION', 'What are your opening hours on Sunday?'],
    ['QUESTION', 'Could you tell me whether the case is waterproof'],
    ['QUESTION', 'How do I cancel my subscription?'],
  ])('finds %s: %s', (type, text) => {
    const answer = found(text);
    expect(answer?.type).toBe(type);
    expect(answer?.confidence).toBeGreaterThanOrEqual(0.6);
    for (const { begin, end } of answer?.spans ?? []) expect(text.slice(begin, end).trim()).not.toBe('');
    expect(answer?.spans.length).toBeGreaterThan(0);
  });

  it.each([
    '',
    'Hello',
    'Thank you for the quick help, you are wonderful!',
    'Order 5512',
    'I was charged 19.99 on 3 May and 19.99 on 4 May.',
    'La aplicación no funciona',
  ])('finds no type in %j', (text) => {
    expect(found(text)).toBeUndefined();
  });

  it('gives a low confidence to a text with a request and a report', () => {
    const answer = found('The app keeps crashing. Please refund me and cancel my plan.');
    expect(answer?.confidence ?? 0).toBeLessThan(0.6);
  });

  it('finds no type in thanks for the handling of an outage', () => {
    const text = 'The outage in May was handled so well, the site is down no more';
    expect(typeOf(text, { name: 'feedback', score: 0.9 }, CALM)).toBeUndefined();
  });

  it('finds an INCIDENT if the category technical-problem is certain, with its words as evidence', () => {
    const text = 'The printer prints upside down since Tuesday';
    const answer = typeOf(text, { name: 'technical-problem', score: 0.95 }, CALM);
    expect(answer?.type).toBe('INCIDENT');
    expect(answer?.spans.map(({ begin, end }) => text.slice(begin, end))).toEqual(['printer']);
  });

  it('does not find a QUESTION in an urgent text', () => {
    const text = 'Is there a way to open the lock? A child is behind it';
    expect(typeOf(text, UNPLACED, { level: 'CRITICAL', score: 0.9, reasons: [] })).toBeUndefined();
  });
});
