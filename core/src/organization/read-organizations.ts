import { admit, type Page } from '../kernel/index.ts';
import type { Organization } from './organization.ts';
import type { OrganizationQuery } from './ports.ts';
import { loadOrganization, type OrganizationVerb } from './verb.ts';

/** Throws `not_found`, `forbidden`. */
export function readOrganization(verb: OrganizationVerb, id: string): Promise<Organization> {
  return loadOrganization(verb, id);
}

/** All for the operator, for members their own. Throws `forbidden`. */
export async function listOrganizations(verb: OrganizationVerb, query: OrganizationQuery): Promise<Page<Organization>> {
  const { ctx, organizations } = verb;
  admit(ctx);
  if (ctx.access.reach === 'all') return organizations.list(query);
  return { items: [await loadOrganization(verb, ctx.actor.organizationId)] };
}
