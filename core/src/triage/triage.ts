import * as z from 'zod';
import { Analysis } from './analysis.ts';

/** The fields of a ticket that triage has suggestions for. A category is applied as the tag `category:<it>`. */
export const SUGGESTED_FIELDS = ['priority', 'type', 'category', 'tags'] as const;
export const SuggestedField = z.enum(SUGGESTED_FIELDS);
export type SuggestedField = z.infer<typeof SuggestedField>;

export const Evidence = z.object({
  text: z.string().meta({ description: 'The words that led to it.' }),
  begin: z.int().min(0).meta({ description: 'As with key phrases, in UTF-16 units.' }),
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
  value: z.string().meta({ description: 'A priority, a type, a category, or one tag.' }),
  confidence: z.number().min(0).max(1),
  evidence: z.array(Evidence),
  state: z
    .enum(['open', 'applied', 'reverted'])
    .meta({ description: '`open` until somebody, or triage itself, applies it.' }),
  replaced: z.string().nullable().meta({ description: 'What it took the place of when it was applied, if anything.' }),
  appliedBy: z.string().nullable().meta({ description: 'The user who applied it; `~triage` where it applied itself.' }),
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
  latestMessage: MessageAnalysis.nullable().meta({ description: 'The same for the latest reply of a customer.' }),
  suggestions: z.array(Suggestion),
});
export type Triage = z.infer<typeof Triage>;
