import * as z from 'zod';
import { Analysis, type Sentiment, type UrgencyLevel } from './analysis.ts';

/** The fields of a ticket that triage has suggestions for. A category is applied as the tag `category:<it>`. */
export const SUGGESTED_FIELDS = ['priority', 'type', 'category', 'tags'] as const;
export const SuggestedField = z.enum(SUGGESTED_FIELDS);
export type SuggestedField = z.infer<typeof SuggestedField>;

export const Evidence = z.object({
  text: z.string(),
  begin: z.int().min(0),
  end: z.int().min(0),
});
export type Evidence = z.infer<typeof Evidence>;

/** What a text makes likely for its ticket, whatever the ticket says now. */
export interface Proposal {
  readonly field: SuggestedField;
  readonly value: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

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

/** What triage knows of a ticket. Offsets are into title, blank line, description; of a message into its body. */
export const Triage = Analysis.extend({
  analyzedAt: z.string().meta({ format: 'date-time' }),
  latestMessage: MessageAnalysis.nullable(),
  suggestions: z.array(Suggestion),
});
export type Triage = z.infer<typeof Triage>;

/** Which suggestions are to be applied, or taken back. */
export const SuggestionChoice = z.strictObject({
  fields: z.array(SuggestedField).min(1).optional(),
});
export type SuggestionChoice = z.infer<typeof SuggestionChoice>;

/** Who applies suggestions where an organization wants that nobody is asked. No user can have this id. */
export const TRIAGE_ACTOR = '~triage';

/** Feelings and urgency of a ticket in a word each: what lists show and filter by. */
export interface TriageBrief {
  readonly sentiment: Sentiment['label'];
  readonly urgency: UrgencyLevel;
}

/**
 * How a customer feels is what their latest words say. A ticket stays as urgent as it ever was, until its customer says
 * that it is not urgent, or is content.
 */
export function triageBrief({ sentiment, urgency, latestMessage }: Triage): TriageBrief {
  if (latestMessage === null) return { sentiment: sentiment.label, urgency: urgency.level };
  const latest = latestMessage.urgency;
  const isRelief =
    latestMessage.sentiment.label === 'POSITIVE' || latest.reasons.some(({ reason }) => reason === 'not_urgent');
  const level = isRelief || latest.score > urgency.score ? latest.level : urgency.level;
  return { sentiment: latestMessage.sentiment.label, urgency: level };
}
