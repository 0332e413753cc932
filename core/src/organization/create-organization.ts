import { auditOf, invalid, receiptOf, requireAccess } from '../kernel/index.ts';
import { DEFAULT_TRIAGE_SETTINGS } from '../triage/index.ts';
import type { User } from '../user/index.ts';
import type { OrganizationDeps } from './deps.ts';
import type { NewOrganization, Organization } from './organization.ts';

export interface FoundedOrganization {
  readonly organization: Organization;
  readonly admin: User;
}

/**
 * Creates an organization with its first admin. Throws `forbidden`, and `invalid_request` for a password if users sign
 * in with another identity provider.
 */
export async function createOrganization(deps: OrganizationDeps, input: NewOrganization): Promise<FoundedOrganization> {
  const { ctx, organizations, firstAdmin, setPassword } = deps;
  requireAccess(ctx, 'organizations:manage', 'all');
  const { password } = input.admin;
  if (password !== undefined && setPassword === undefined) {
    throw invalid([
      { pointer: '/admin/password', code: 'not_here', message: 'Users of this installation have no passwords.' },
    ]);
  }
  const id = ctx.newId('org');
  const now = ctx.now();
  const triage = DEFAULT_TRIAGE_SETTINGS;
  const organization: Organization = { id, name: input.name, triage, createdAt: now, updatedAt: now, version: 1 };
  const admin = firstAdmin(ctx, id, input.admin);
  const founded = { organization, admin: admin.record.user };
  if (password !== undefined) await setPassword?.(id, founded.admin, password);
  const audit = [{ ...auditOf(ctx, 'organization.created', id), organizationId: id }];
  await organizations.save({ organization, admin, audit, ...receiptOf(ctx, founded) });
  return founded;
}
