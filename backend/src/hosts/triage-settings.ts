import type { OrganizationStore } from '@curlew/core/organization';
import { DEFAULT_TRIAGE_SETTINGS, type TriageSettings } from '@curlew/core/triage';

/** Reads the current triage settings of organizations. */
export function triageSettingsOf(
  organizations: Pick<OrganizationStore, 'find'>,
): (organizationId: string) => Promise<TriageSettings> {
  return async (organizationId) => (await organizations.find(organizationId))?.triage ?? DEFAULT_TRIAGE_SETTINGS;
}
