import {
  applyPatch,
  auditOf,
  checkVersion,
  type ExpectedVersions,
  isSameJson,
  receiptOf,
  retryStale,
} from '../kernel/index.ts';
import { triageSettings } from '../triage/index.ts';
import type { OrganizationDeps } from './deps.ts';
import { loadOrganization } from './load-organization.ts';
import { type Organization, OrganizationFields } from './organization.ts';

/**
 * PATCH: JSON Merge Patch, RFC 7396. Throws `not_found`, `forbidden`, `invalid_request`, `read_only`,
 * `precondition_failed`.
 */
export async function patchOrganization(
  deps: OrganizationDeps,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<Organization> {
  const { ctx, organizations } = deps;
  return retryStale(ctx, `organization ${id}`, async () => {
    const before = await loadOrganization(deps, id, 'organizations:manage');
    checkVersion(expected, before.version);
    const { name, triage } = applyPatch(OrganizationFields, { current: before, fields: ['name', 'triage'] }, patch);
    const fields = { name, triage: triageSettings(triage) };
    const isSame = isSameJson(fields, { name: before.name, triage: before.triage });
    const organization = isSame ? before : { ...before, ...fields, updatedAt: ctx.now(), version: before.version + 1 };
    if (organization !== before || ctx.receiptFor !== undefined) {
      const changed = { ...auditOf(ctx, 'organization.updated', id), organizationId: id };
      const audit = organization === before ? [] : [changed];
      await organizations.save({ organization, before, audit, ...receiptOf(ctx, organization) });
    }
    return organization;
  });
}
