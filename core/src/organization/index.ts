export { patchOrganization } from './change-organization.ts';
export { createOrganization, type FoundedOrganization } from './create-organization.ts';
export type { OrganizationDeps } from './deps.ts';
export { NewOrganization, Organization, OrganizationFields } from './organization.ts';
export * from './ports.ts';
export { listOrganizations, readOrganization } from './read-organizations.ts';
