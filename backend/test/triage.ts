import type { Triage } from '@curlew/core/triage';

/** A triage result with default values. */
export function triageOf(some: Partial<Triage> = {}): Triage {
  return {
    language: { code: 'en', score: 0.99 },
    sentiment: { label: 'NEGATIVE', scores: { positive: 0.05, negative: 0.8, neutral: 0.1, mixed: 0.05 } },
    keyPhrases: [{ text: 'my subscription', score: 0.9, begin: 4, end: 19 }],
    urgency: { level: 'HIGH', score: 0.6, reasons: [{ reason: 'deadline', text: 'by tonight', begin: 30, end: 40 }] },
    category: { name: 'billing', score: 0.8 },
    analyzer: { name: 'embedded', version: '1', notes: [], masked: 0 },
    analyzedAt: '2026-01-01T00:00:01.000Z',
    latestMessage: null,
    suggestions: [],
    ...some,
  };
}
