import * as z from 'zod';
import { Analysis, type Sentiment, type UrgencyLevel } from './analysis.ts';

/** The fields of a ticket that triage makes suggestions for. A category is set as the tag `category:<name>`. */
export const SUGGESTED_FIELDS = ['priority', 'type', 'category', 'tags'] as const;
export const SuggestedField = z.enum(SUGGESTED_FIELDS);
export type SuggestedField = z.infer<typeof SuggestedField>;

/** Words in a text that support a suggestion, and their place in UTF-16 units. */
export const Evidence = z.object({
  text: z.string(),
  begin: z.int().min(0),
  end: z.int().min(0),
});
export type Evidence = z.infer<typeof Evidence>;

/** A value that a text suggests for a field of its ticket, independent of the field's present value. */
export interface Proposal {
  readonly field: SuggestedField;
  readonly value: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** A value that triage suggests for a field of a ticket, and whether it is open, applied or reverted. */
export const Suggestion = z.object({
  field: SuggestedField,
  value: z.string(),
  confidence: z.number().min(0).max(1),
  evidence: z.array(Evidence),
  state: z.enum(['open', 'applied', 'reverted']),
  replaced: z.string().nullable(),
  messageId: z.string().nullable(),
  appliedBy: z.string().nullable(),
});
export type Suggestion = z.infer<typeof Suggestion>;

export const MessageAnalysis = Analysis.omit({ category: true }).extend({
  messageId: z.string(),
  analyzedAt: z.string().meta({ format: 'date-time' }),
});
export type MessageAnalysis = z.infer<typeof MessageAnalysis>;

/**
 * The result of triage for a ticket: the analysis of its text and of its latest customer message, and the suggestions.
 * Offsets refer to title, blank line, description; for a message to its body.
 */
export const Triage = Analysis.extend({
  analyzedAt: z.string().meta({ format: 'date-time' }),
  latestMessage: MessageAnalysis.nullable(),
  suggestions: z.array(Suggestion),
});
export type Triage = z.infer<typeof Triage>;

/** Selects the suggestions to apply or to revert; all fields, if `fields` is absent. */
export const SuggestionChoice = z.strictObject({
  fields: z.array(SuggestedField).min(1).optional(),
});
export type SuggestionChoice = z.infer<typeof SuggestionChoice>;

/** The actor of suggestions that triage applies automatically. No user can have this id. */
export const TRIAGE_ACTOR = '~triage';

/** The sentiment and urgency of a ticket, as lists show and filter them. The urgency is null if it is not known. */
export interface TriageBrief {
  readonly sentiment: Sentiment['label'];
  readonly urgency: UrgencyLevel | null;
}

/**
 * The sentiment comes from the customer's latest message. The urgency is the higher one of the ticket's own text and
 * the latest message; but it is that of the latest message if that message says "not urgent" or is POSITIVE. A text
 * without a level never lowers the urgency, and a LOW message does not replace a level that is not known.
 */
export function triageBrief({ sentiment, urgency, latestMessage }: Triage): TriageBrief {
  if (latestMessage === null) return { sentiment: sentiment.label, urgency: urgency.level };
  const latest = latestMessage.urgency;
  const isRelief =
    latestMessage.sentiment.label === 'POSITIVE' || latest.reasons.some(({ reason }) => reason === 'not_urgent');
  return { sentiment: latestMessage.sentiment.label, urgency: levelOf() };

  function levelOf(): UrgencyLevel | null {
    if (latest.level === null) return urgency.level;
    if (isRelief) return latest.level;
    if (urgency.level === null) return latest.level === 'LOW' ? null : latest.level;
    return latest.score > urgency.score ? latest.level : urgency.level;
  }
}
