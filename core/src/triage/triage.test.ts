import { describe, expect, it } from 'vitest';
import type { Sentiment, Urgency } from './analysis.ts';
import { type Triage, triageBrief } from './triage.ts';

type Level = Urgency['level'];
const LEVELS: readonly Level[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function analysis(level: Level, label: Sentiment['label'] = 'NEUTRAL', reason?: string) {
  const score = level === null ? 0 : (LEVELS.indexOf(level) + 0.5) / LEVELS.length;
  return {
    language: { code: 'en', score: 1 },
    sentiment: { label, scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } },
    keyPhrases: [],
    urgency: { level, score, reasons: reason === undefined ? [] : [{ reason, text: 'x', begin: 0, end: 1 }] },
    analyzer: { name: 'fixed', version: '1', notes: [], masked: 0 },
    analyzedAt: '2026-01-01T00:00:00.000Z',
  };
}

function urgencyOf(own: Level, latest?: ReturnType<typeof analysis>): Level {
  const triage: Triage = {
    ...analysis(own),
    category: { name: null, score: 0 },
    latestMessage: latest === undefined ? null : { ...latest, messageId: 'msg_1' },
    suggestions: [],
  };
  return triageBrief(triage).urgency;
}

describe('the urgency in lists', () => {
  it('is null if the ticket was not understood', () => {
    expect(urgencyOf(null)).toBeNull();
    expect(urgencyOf(null, analysis(null))).toBeNull();
  });

  it('stays what it was if the latest message was not understood', () => {
    expect(urgencyOf('CRITICAL', analysis(null))).toBe('CRITICAL');
    expect(urgencyOf('CRITICAL', analysis(null, 'POSITIVE'))).toBe('CRITICAL');
    expect(urgencyOf('HIGH', analysis(null, 'NEUTRAL', 'not_urgent'))).toBe('HIGH');
  });

  it('is that of the latest message if the ticket was not understood, but not LOW', () => {
    expect(urgencyOf(null, analysis('HIGH'))).toBe('HIGH');
    expect(urgencyOf(null, analysis('LOW'))).toBeNull();
    expect(urgencyOf(null, analysis('LOW', 'POSITIVE'))).toBe('LOW');
  });

  it('is the higher one, or that of a relieved message', () => {
    expect(urgencyOf('LOW', analysis('HIGH'))).toBe('HIGH');
    expect(urgencyOf('HIGH', analysis('LOW'))).toBe('HIGH');
    expect(urgencyOf('HIGH', analysis('LOW', 'NEUTRAL', 'not_urgent'))).toBe('LOW');
  });
});
