import * as z from 'zod';
import type { SuggestedField } from './triage.ts';

const Mode = z.enum(['off', 'suggest', 'apply']);
export type SuggestionMode = z.infer<typeof Mode>;

const fields = {
  priority: Mode,
  type: Mode,
  category: Mode,
  tags: Mode,
  maskPersonalData: z.boolean(),
};

/** What an organization wants of triage. */
export const TriageSettings = z.object(fields);
/** The same as people say it. */
export const NewTriageSettings = z.strictObject(fields);
export type TriageSettings = z.infer<typeof TriageSettings>;

export const DEFAULT_TRIAGE_SETTINGS: TriageSettings & Readonly<Record<SuggestedField, SuggestionMode>> = {
  priority: 'suggest',
  type: 'suggest',
  category: 'suggest',
  tags: 'suggest',
  maskPersonalData: false,
};

/** Settings with what goes without saying; what they do not know is left out. */
export function triageSettings(said: object | null | undefined): TriageSettings {
  return TriageSettings.parse({ ...DEFAULT_TRIAGE_SETTINGS, ...said });
}
