import { expect } from 'vitest';
import { get, post } from './host.ts';
import type { ApiRow } from './table.ts';

const COMPLAINT = 'Charged twice\n\nI was charged twice for my subscription and nobody answers my mails.';

export const analyses: readonly ApiRow[] = [
  {
    name: 'OK, a complaint',
    send: post('/v1/analyses', { text: COMPLAINT }),
    status: 200,
    headers: { location: null, etag: null },
    body({ language, sentiment, keyPhrases, category, analyzer }: Record<string, never>) {
      expect(language).toMatchObject({ code: 'en' });
      expect(sentiment).toMatchObject({ label: 'NEGATIVE' });
      expect(category).toMatchObject({ name: 'billing' });
      expect(analyzer).toEqual({ name: 'embedded', version: expect.any(String), notes: [], masked: 0 });
      const phrases = keyPhrases as unknown as { text: string; begin: number; end: number }[];
      expect(phrases.map(({ text }) => text)).toContain('my subscription');
      for (const { text, begin, end } of phrases) expect(COMPLAINT.slice(begin, end)).toBe(text);
    },
  },
  {
    name: 'OK, without its version',
    send: post('/analyses', { text: 'Thank you so much, great service!' }),
    status: 200,
    body: { sentiment: { label: 'POSITIVE' }, urgency: { level: 'LOW' } },
  },
  {
    name: 'OK, an outage',
    send: post('/analyses', { text: 'All our tills are down, nobody in twelve stores can take payments' }),
    status: 200,
    body: {
      urgency: {
        level: 'CRITICAL',
        reasons: expect.arrayContaining([expect.objectContaining({ reason: 'several_people' })]),
      },
    },
  },
  {
    name: 'OK, a language without rules has no urgency level',
    send: post('/analyses', { text: 'Wie kann ich bitte mein Passwort für das Kundenkonto ändern?' }),
    status: 200,
    body: {
      language: { code: 'de' },
      urgency: { level: null, score: 0, reasons: [] },
      category: { name: null },
      analyzer: { notes: ['needs_english'] },
    },
  },
  {
    name: 'OK, an outage in another language',
    send: post('/analyses', { text: 'Unser Server ist seit heute Morgen ausgefallen, bitte helfen Sie uns.' }),
    status: 200,
    body: { urgency: { level: 'HIGH', reasons: [{ reason: 'outage' }] } },
  },
  {
    name: 'OK, an empty text',
    send: post('/analyses', { text: '' }),
    status: 200,
    body: {
      language: { code: 'und', score: 0 },
      sentiment: { label: 'NEUTRAL' },
      keyPhrases: [],
      urgency: { level: 'LOW' },
    },
  },
  {
    name: 'invalid_request',
    send: post('/analyses', { text: 7, language: 'en' }),
    status: 400,
    errors: ['/text wrong_type', '/language unknown_field'],
  },
  { name: 'invalid_request without a text', send: post('/analyses', {}), status: 400, errors: ['/text required'] },
  { name: 'method_not_allowed', send: get('/analyses'), status: 405, problem: 'method_not_allowed' },
];
