import type { OrganizationStore } from '@curlew/core/organization';
import { DEFAULT_TRIAGE_SETTINGS, type TriageSettings } from '@curlew/core/triage';

/** What organizations want of triage, as they have it now. */
export function triageSettingsOf(
  organizations: Pick<OrganizationStore, 'find'>,
): (organizationId: string) => Promise<TriageSettings> {
  return async (organizationId) => (await organizations.find(organizationId))?.triage ?? DEFAULT_TRIAGE_SETTINGS;
}
