import { describe, expect, it } from 'vitest';
import type { UrgencyLevel } from '../analysis.ts';
import { proposalsOf } from './propose.ts';

const said = (text: string, word: string) => ({
  text: word,
  begin: text.indexOf(word),
  end: text.indexOf(word) + word.length,
});

/** The proposed priority of a text with these reasons. */
function priorityOf(level: UrgencyLevel, reasons: readonly string[], isForeign = false) {
  const text = 'Something happened';
  const proposals = proposalsOf(
    {
      text,
      isForeign,
      isDoubtful: false,
      originalSpan: (begin, end) => ({ begin, end }),
      analysis: {
        language: { code: 'en', score: 1 },
        sentiment: { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } },
        keyPhrases: [],
        urgency: { level, score: 0, reasons: reasons.map((reason) => ({ reason, ...said(text, 'happened') })) },
        category: { name: null, score: 0 },
        analyzer: { name: 'fixed', version: '1', notes: [], masked: 0 },
      },
    },
    { name: null, score: 0 },
  );
  const { value, confidence } = proposals.find(({ field }) => field === 'priority') ?? {};
  return value === undefined ? undefined : [value, confidence];
}

describe('the proposed priority', () => {
  it.each<[UrgencyLevel, string[]]>([
    ['CRITICAL', ['safety']],
    ['HIGH', ['security']],
    ['HIGH', ['money_moving', 'says_urgent']],
    ['HIGH', ['outage', 'several_people']],
  ])('has a confidence for automatic changes if the rules find an alarm: %s, %s', (level, reasons) => {
    expect(priorityOf(level, reasons)).toEqual([level, 0.85]);
  });

  it.each<[UrgencyLevel, string[], number]>([
    ['HIGH', ['outage'], 0.75],
    ['HIGH', ['deadline'], 0.75],
    ['HIGH', ['says_urgent'], 0.65],
    ['HIGH', ['wording'], 0.65],
    ['LOW', ['not_urgent'], 0.7],
    ['LOW', ['says_urgent', 'not_urgent'], 0.7],
  ])('has a lower confidence for other reasons: %s, %s', (level, reasons, confidence) => {
    expect(priorityOf(level, reasons)).toEqual([level, confidence]);
  });

  it.each<[UrgencyLevel, string[]]>([
    ['LOW', []],
    ['LOW', ['safety', 'not_urgent']],
    ['LOW', ['outage', 'not_urgent']],
    ['LOW', ['says_urgent']],
    ['MEDIUM', ['outage']],
    ['HIGH', ['outage', 'not_urgent']],
  ])('is absent for weak or contradicting reasons: %s, %s', (level, reasons) => {
    expect(priorityOf(level, reasons)).toBeUndefined();
  });

  it('has a lower confidence in languages other than English', () => {
    expect(priorityOf('HIGH', ['security'], true)).toEqual(['HIGH', 0.6]);
  });
});
