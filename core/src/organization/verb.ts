import { admit, type Context, notFound } from '../kernel/index.ts';
import type { Organization } from './organization.ts';
import type { MakeFirstAdmin, OrganizationStore, SetPassword } from './ports.ts';

/** What every verb of organizations is given. */
export interface OrganizationVerb {
  readonly ctx: Context;
  readonly organizations: OrganizationStore;
  readonly firstAdmin: MakeFirstAdmin;
  /** Absent where people sign in elsewhere. */
  readonly setPassword?: SetPassword;
}

/** Members see their own organization, the operator every one. Throws `not_found`, `forbidden`. */
export async function loadOrganization({ ctx, organizations }: OrganizationVerb, id: string): Promise<Organization> {
  const maySee = ctx.access.reach === 'all' || id === ctx.actor.organizationId;
  const found = maySee ? await organizations.find(id) : undefined;
  if (found === undefined) throw notFound('organization', id);
  admit(ctx);
  return found;
}
