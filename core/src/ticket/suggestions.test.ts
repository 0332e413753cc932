import { describe, expect, it } from 'vitest';
import { A_TICKET } from '../../test/a-ticket.ts';
import { DEFAULT_TRIAGE_SETTINGS, type Suggestion, TRIAGE_ACTOR, type Triage } from '../triage/index.ts';
import {
  afterEdit,
  applicableFields,
  lessonFrom,
  type ProposalWithSource,
  renewSuggestions,
  type SuggestionDecision,
  withAppliedSuggestions,
  withRevertedSuggestions,
} from './suggestions.ts';
import { editableFields, type Ticket } from './ticket.ts';

const ticket: Ticket = { ...A_TICKET, tags: ['vip'] };

const proposed = (field: ProposalWithSource['field'], value: string, confidence = 0.9): ProposalWithSource => ({
  field,
  value,
  confidence,
  evidence: [{ text: 'T', begin: 0, end: 1 }],
  messageId: null,
});

const withSuggestions = (suggestions: Suggestion[], fields: Partial<Ticket> = {}): Ticket => ({
  ...ticket,
  ...fields,
  triage: { suggestions } as Partial<Triage> as Triage,
});

const made = (...all: ProposalWithSource[]) => renewSuggestions(ticket, [], all, DEFAULT_TRIAGE_SETTINGS);
const ALL = new Set(['priority', 'type', 'category', 'tags'] as const);
const BY = { least: 0, by: 'usr_sam' };

describe('renewSuggestions', () => {
  it('suggests values that the ticket does not have', () => {
    const suggestions = made(proposed('priority', 'HIGH'), proposed('type', 'INCIDENT'), proposed('tags', 'vip'));
    expect(suggestions.map(({ field, value, state }) => [field, value, state])).toEqual([['priority', 'HIGH', 'open']]);
  });

  it('makes one suggestion for a field, but several for tags', () => {
    const suggestions = made(
      proposed('category', 'billing'),
      proposed('category', 'refund'),
      proposed('tags', 'a'),
      proposed('tags', 'b'),
      proposed('tags', 'a'),
    );
    expect(suggestions.map(({ value }) => value)).toEqual(['billing', 'a', 'b']);
  });

  it('suggests no category if a person has set one', () => {
    const given = { ...ticket, tags: ['category:hardware'] };
    expect(renewSuggestions(given, [], [proposed('category', 'billing')], DEFAULT_TRIAGE_SETTINGS)).toEqual([]);
  });

  it('makes no suggestion for a field that is off in the settings', () => {
    const settings = { ...DEFAULT_TRIAGE_SETTINGS, priority: 'off' as const };
    expect(renewSuggestions(ticket, [], [proposed('priority', 'HIGH')], settings)).toEqual([]);
  });

  it('keeps applied and reverted suggestions, and replaces open ones', () => {
    const [priority, type] = made(proposed('priority', 'HIGH'), proposed('type', 'QUESTION')) as [
      Suggestion,
      Suggestion,
    ];
    const before: Suggestion[] = [{ ...priority, state: 'reverted' }, type];
    const now = renewSuggestions(ticket, before, [proposed('priority', 'HIGH')], DEFAULT_TRIAGE_SETTINGS);
    expect(now).toEqual([{ ...priority, state: 'reverted' }]);
    const worse = renewSuggestions(ticket, before, [proposed('priority', 'CRITICAL')], DEFAULT_TRIAGE_SETTINGS);
    expect(worse.map(({ value, state }) => [value, state])).toEqual([
      ['HIGH', 'reverted'],
      ['CRITICAL', 'open'],
    ]);
  });
});

describe('applied and reverted suggestions', () => {
  it('restores the original fields when applied suggestions are reverted', () => {
    const everything = made(
      proposed('priority', 'HIGH'),
      proposed('type', 'QUESTION'),
      proposed('category', 'billing'),
      proposed('tags', 'invoice'),
    );
    const after = withAppliedSuggestions(withSuggestions(everything), ALL, BY);
    expect(after.fields).toMatchObject({
      priority: 'HIGH',
      type: 'QUESTION',
      tags: ['vip', 'category:billing', 'invoice'],
    });
    expect(after.suggestions.map(({ replaced, appliedBy }) => [replaced, appliedBy])).toEqual([
      ['MEDIUM', 'usr_sam'],
      ['INCIDENT', 'usr_sam'],
      [null, 'usr_sam'],
      [null, 'usr_sam'],
    ]);
    const back = withRevertedSuggestions(withSuggestions(after.suggestions, after.fields), ALL);
    expect(back.fields).toEqual(editableFields(ticket));
    expect(new Set(back.suggestions.map(({ state }) => state))).toEqual(new Set(['reverted']));
  });

  it('changes only the requested fields', () => {
    const two = made(proposed('priority', 'HIGH'), proposed('type', 'QUESTION'));
    const { fields, suggestions } = withAppliedSuggestions(withSuggestions(two), new Set(['type'] as const), BY);
    expect([fields.priority, fields.type]).toEqual(['MEDIUM', 'QUESTION']);
    expect(suggestions.map(({ state }) => state)).toEqual(['open', 'applied']);
  });

  it('does not add a tag to a ticket with the maximum number of tags', () => {
    const tags = Array.from({ length: 20 }, (_, i) => `t${i}`);
    const { fields, suggestions } = withAppliedSuggestions(
      withSuggestions(made(proposed('tags', 'one more')), { tags }),
      ALL,
      BY,
    );
    expect(fields.tags).toEqual(tags);
    expect(suggestions[0]?.state).toBe('open');
  });

  it('does not revert a value that a person has changed since', () => {
    const after = withAppliedSuggestions(withSuggestions(made(proposed('priority', 'HIGH'))), ALL, BY);
    const edited = withSuggestions(after.suggestions, { ...after.fields, priority: 'LOW' });
    expect(withRevertedSuggestions(edited, ALL).fields.priority).toBe('LOW');
  });
});

describe('afterEdit', () => {
  const edit = (before: Ticket, fields: Partial<Ticket>): Ticket =>
    withSuggestions(afterEdit(before.triage?.suggestions ?? [], before, { ...before, ...fields }), {
      ...before,
      ...fields,
    });
  const after = (given: Ticket, { fields, suggestions }: SuggestionDecision) =>
    withSuggestions(suggestions, { ...given, ...fields });

  it('lets two applied priorities be reverted, one after the other', () => {
    const high = withSuggestions(made(proposed('priority', 'HIGH')));
    const once = after(high, withAppliedSuggestions(high, ALL, BY));
    const worse = renewSuggestions(
      once,
      once.triage?.suggestions ?? [],
      [proposed('priority', 'CRITICAL')],
      DEFAULT_TRIAGE_SETTINGS,
    );
    const twice = withSuggestions(worse, once);
    const critical = after(twice, withAppliedSuggestions(twice, ALL, BY));
    expect(critical.priority).toBe('CRITICAL');
    expect(withRevertedSuggestions(critical, ALL).fields.priority).toBe('MEDIUM');
  });

  it('marks an applied suggestion as reverted once a person changes its value', () => {
    const high = withSuggestions(made(proposed('priority', 'HIGH')));
    const set = after(high, withAppliedSuggestions(high, ALL, BY));
    const back = edit(edit(set, { priority: 'LOW' }), { priority: 'HIGH' });
    expect(back.triage?.suggestions.map(({ state }) => state)).toEqual(['reverted']);
    expect(withRevertedSuggestions(back, ALL).fields.priority).toBe('HIGH');
  });

  it('removes open suggestions for fields that a person has changed', () => {
    const open = withSuggestions(
      made(proposed('priority', 'HIGH'), proposed('category', 'billing'), proposed('tags', 'a'), proposed('tags', 'b')),
    );
    const now = edit(open, { priority: 'CRITICAL', tags: ['vip', 'category:hardware', 'a'] });
    expect(now.triage?.suggestions.map(({ field, value }) => [field, value])).toEqual([['tags', 'b']]);
    expect(withAppliedSuggestions(now, ALL, BY).fields).toMatchObject({
      priority: 'CRITICAL',
      tags: ['vip', 'category:hardware', 'a', 'b'],
    });
  });

  it('keeps each tag once, and only one category', () => {
    const hardware = withSuggestions(made(proposed('category', 'billing')), { tags: [] });
    const billing = after(hardware, withAppliedSuggestions(hardware, ALL, BY));
    const both = edit(billing, { tags: ['category:billing', 'category:hardware'] });
    expect(withRevertedSuggestions(both, ALL).fields.tags).toEqual(['category:hardware']);
  });

  it('keeps all applied suggestions, and the latest reverted ones', () => {
    const [one] = made(proposed('tags', 'x')) as [Suggestion];
    const many = Array.from({ length: 60 }, (_, i): Suggestion => {
      return { ...one, value: `t${i}`, state: i < 30 ? 'applied' : 'reverted' };
    });
    const kept = renewSuggestions(ticket, many, [], DEFAULT_TRIAGE_SETTINGS);
    expect(kept.filter(({ state }) => state === 'applied')).toHaveLength(30);
    expect(kept.filter(({ state }) => state === 'reverted').map(({ value }) => value)).toEqual(
      Array.from({ length: 20 }, (_, i) => `t${i + 40}`),
    );
  });

  it('does not suggest a value that is not a valid tag', () => {
    expect(made(proposed('category', 'a'.repeat(40)), proposed('tags', 'a,b'))).toEqual([]);
  });
});

describe('applicableFields', () => {
  const settings = { ...DEFAULT_TRIAGE_SETTINGS, priority: 'apply', category: 'apply' } as const;
  const sure = made(proposed('priority', 'HIGH'), proposed('type', 'QUESTION'), proposed('category', 'billing', 0.5));

  it('returns the fields with a high confidence, if the settings say "apply"', () => {
    expect(applicableFields(withSuggestions(sure), settings)).toEqual(['priority']);
    expect(applicableFields(withSuggestions(sure), DEFAULT_TRIAGE_SETTINGS)).toEqual([]);
  });

  it('returns no fields for a changed ticket, and no priority for a ticket created with another priority', () => {
    expect(applicableFields(withSuggestions(sure, { version: 2 }), settings)).toEqual([]);
    expect(applicableFields(withSuggestions(sure, { priority: 'LOW' }), settings)).toEqual([]);
    expect(applicableFields(withSuggestions(sure, { status: 'CLOSED' }), settings)).toEqual([]);
  });
});

describe('lessonFrom', () => {
  const category = made(proposed('category', 'billing'), proposed('tags', 'invoice'));

  it('contains the tags and the category that people have set or confirmed', () => {
    const after = withAppliedSuggestions(withSuggestions(category), ALL, BY);
    expect(lessonFrom(withSuggestions(after.suggestions, after.fields))).toEqual({
      category: 'billing',
      tags: ['vip', 'invoice'],
    });
  });

  it('leaves out tags that triage has set automatically', () => {
    const after = withAppliedSuggestions(withSuggestions(category), ALL, { least: 0, by: TRIAGE_ACTOR });
    expect(lessonFrom(withSuggestions(after.suggestions, after.fields))).toEqual({ category: null, tags: ['vip'] });
  });
});
