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

/**
 * An organization's settings for triage: for each field whether it is off, only suggested, or applied automatically.
 */
export const TriageSettings = z.object(fields);
/** The settings in a request body, which must not contain unknown members. */
export const NewTriageSettings = z.strictObject(fields);
export type TriageSettings = z.infer<typeof TriageSettings>;

export const DEFAULT_TRIAGE_SETTINGS: TriageSettings & Readonly<Record<SuggestedField, SuggestionMode>> = {
  priority: 'suggest',
  type: 'suggest',
  category: 'suggest',
  tags: 'suggest',
  maskPersonalData: false,
};

/** Fills in defaults for missing settings, and drops unknown ones. */
export function triageSettings(given: object | null | undefined): TriageSettings {
  return TriageSettings.parse({ ...DEFAULT_TRIAGE_SETTINGS, ...given });
}
