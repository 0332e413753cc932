import { StaleError } from '@curlew/core/kernel';
import { createOrganization, type OrganizationStore, patchOrganization } from '@curlew/core/organization';
import { firstAdmin, type UserStore } from '@curlew/core/user';
import { expect, it } from 'vitest';
import { contextOf } from './context.ts';

interface Opened {
  readonly organizations: OrganizationStore;
  readonly users: UserStore;
}

/** The contract of every organization store. `open` returns a store in which org_a and org_b exist. */
export function organizationStoreContract(open: () => Promise<Opened>): void {
  const start = async () => {
    const { organizations, users } = await open();
    const ctx = contextOf();
    // Only the operator may create organizations and change all of them.
    const operator = { ...ctx, actor: { ...ctx.actor, operator: true } };
    return { organizations, users, deps: { ctx: operator, organizations, firstAdmin } };
  };
  const input = { name: 'Acme', admin: { email: 'joy@acme.example', name: 'Joy' } };

  it('returns a saved organization, and finds its admin by id and address', async () => {
    const { organizations, users, deps } = await start();
    const { organization, admin } = await createOrganization(deps, input);
    expect(await organizations.find(organization.id)).toEqual(organization);
    expect(await users.find(organization.id, admin.id)).toMatchObject({ user: admin, operator: false });
    expect(await users.findByEmail(organization.id, 'JOY@acme.example')).toMatchObject({ user: admin });
    expect(await users.find('org_a', admin.id)).toBeUndefined();
  });

  it('finds the first organizations, and no missing one', async () => {
    const { organizations } = await start();
    expect(await organizations.find('org_nope')).toBeUndefined();
    expect(await organizations.find('x'.repeat(3000))).toBeUndefined();
    expect(await organizations.find('org_a')).toMatchObject({ id: 'org_a', version: 1 });
  });

  it('saves an organization together with its admin, or neither of them', async () => {
    const { organizations, users, deps } = await start();
    const { admin, organization } = await createOrganization(deps, input);
    const next = { ...organization, id: 'org_next' };
    const taken = firstAdmin({ ...deps.ctx, newId: () => admin.id }, organization.id, {
      ...input.admin,
      email: 'x@y.z',
    });
    await expect(organizations.save({ organization: next, admin: taken })).rejects.toMatchObject({
      code: 'user_exists',
    });
    expect(await organizations.find('org_next')).toBeUndefined();
    expect(await users.findByEmail(organization.id, 'x@y.z')).toBeUndefined();
  });

  it('refuses a change based on an outdated version', async () => {
    const { organizations, deps } = await start();
    const { organization } = await createOrganization(deps, input);
    const before = { ...organization, version: 7 };
    await expect(organizations.save({ organization, before })).rejects.toBeInstanceOf(StaleError);
  });

  it('loses no change of many at once', async () => {
    const { organizations, deps } = await start();
    const { id } = (await createOrganization(deps, input)).organization;
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => patchOrganization(deps, id, { name: `Acme ${i}` }, undefined)),
    );
    expect((await organizations.find(id))?.version).toBe(11);
  });

  it('lists all organizations in order of creation, page by page', async () => {
    const { organizations, deps } = await start();
    for (let i = 0; i < 3; i++) await createOrganization(deps, { ...input, name: `o${i}` });
    const list = async (query: object) => organizations.list({ limit: 10, sort: '-createdAt', ...query });
    const names = async (query: object) => (await list(query)).items.map(({ name }) => name);
    expect((await names({})).slice(0, 3)).toEqual(['o2', 'o1', 'o0']);
    expect((await names({ sort: 'createdAt' })).slice(-3)).toEqual(['o0', 'o1', 'o2']);
    const { items, next: after } = await list({ limit: 2 });
    expect(items).toHaveLength(2);
    expect([...items.map(({ name }) => name), ...(await names({ after }))]).toEqual(await names({}));
  });
}
