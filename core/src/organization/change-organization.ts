import {
  auditOf,
  checkVersion,
  type ExpectedVersions,
  patched,
  receiptOf,
  retryStale,
  sameJson,
} from '../kernel/index.ts';
import { triageSettings } from '../triage/index.ts';
import { type Organization, OrganizationFields } from './organization.ts';
import { loadOrganization, type OrganizationVerb } from './verb.ts';

/**
 * PATCH: JSON Merge Patch, RFC 7396. Throws `not_found`, `forbidden`, `invalid_request`, `read_only`,
 * `precondition_failed`.
 */
export async function patchOrganization(
  verb: OrganizationVerb,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<Organization> {
  const { ctx, organizations } = verb;
  return retryStale(ctx, `organization ${id}`, async () => {
    const before = await loadOrganization(verb, id);
    checkVersion(expected, before.version);
    const { name, triage } = patched(OrganizationFields, { current: before, fields: ['name', 'triage'] }, patch);
    const fields = { name, triage: triageSettings(triage) };
    const isSame = sameJson(fields, { name: before.name, triage: before.triage });
    const organization = isSame ? before : { ...before, ...fields, updatedAt: ctx.now(), version: before.version + 1 };
    if (organization !== before || ctx.receiptFor !== undefined) {
      const changed = { ...auditOf(ctx, 'organization.updated', id), organizationId: id };
      const audit = organization === before ? [] : [changed];
      await organizations.save({ organization, before, audit, ...receiptOf(ctx, organization) });
    }
    return organization;
  });
}
