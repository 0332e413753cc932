import * as z from 'zod';
import { EmailAddress, line, NAME_CHARACTERS } from '../kernel/index.ts';
import { NewTriageSettings, TriageSettings } from '../triage/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    org: 'organization';
  }
}

declare module '../kernel/audit.ts' {
  interface AuditActions {
    'organization.created': true;
    'organization.updated': true;
  }
}

/**
 * A company or team that runs its support with Curlew. It has its own users, tickets and settings, and no other
 * organization can see them.
 */
export const Organization = z.object({
  id: z.string(),
  name: z.string(),
  triage: TriageSettings,
  createdAt: z.string().meta({ format: 'date-time' }),
  updatedAt: z.string().meta({ format: 'date-time' }),
  version: z.int().min(1),
});
export type Organization = z.infer<typeof Organization>;

const fields = { name: line(1, NAME_CHARACTERS) };

/** The fields that a PATCH may change. */
export const OrganizationFields = z.strictObject({ ...fields, triage: NewTriageSettings.partial().optional() });
export type OrganizationFields = z.infer<typeof OrganizationFields>;

/** The admin who is created together with an organization. */
export const FirstAdmin = z.strictObject({
  email: EmailAddress,
  name: line(1, NAME_CHARACTERS),
  password: z.string().min(1).max(1024).optional(),
});
export type FirstAdmin = z.infer<typeof FirstAdmin>;

export const NewOrganization = z.strictObject({ ...fields, admin: FirstAdmin });
export type NewOrganization = z.infer<typeof NewOrganization>;
