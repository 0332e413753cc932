import { NewOrganization, Organization } from '@curlew/core/organization';
import type { organizationRoutes } from '../../http/organizations.ts';
import { FoundedOrganizationAnswer } from '../../http/organizations.ts';
import { firstAdmin, organization } from './example-data.ts';
import { get, patch, post } from './test-request.ts';
import { type OperationTexts, type SchemaName, textsOf } from './text-types.ts';

export const organizationsOperations = {
  createOrganization: {
    summary: 'Create an organization with its first admin',
    description: 'Only the operator may do this.',
    successes: ['The organization.'],
    examples: {
      bodies: {
        'A customer of the operator': {
          name: organization.name,
          admin: { email: firstAdmin.email, name: firstAdmin.name },
        },
        'With a password for its admin': {
          name: organization.name,
          admin: { email: firstAdmin.email, name: firstAdmin.name, password: 'three sails over the fjord' },
        },
      },
      answers: { 201: { 'A new organization': { ...organization, admin: firstAdmin } } },
    },
    access: ['organizations:manage', 'none', 'none', 'none', 'none', 'all'],
    request: {
      send: () => post('/v1/organizations', { name: 'New', admin: { email: 'new@example.net', name: 'New' } }),
    },
  },
  listOrganizations: {
    summary: 'List organizations',
    description: 'The operator sees all organizations; a member sees only their own.',
    successes: ['A page of organizations.'],
    examples: {
      query: { limit: 50, sort: 'createdAt' },
      answers: { 200: { 'One organization': [organization] } },
    },
    access: ['organizations:read', 'none', 'own', 'own', 'own', 'all'],
    request: { send: () => get('/v1/organizations') },
  },
  getOrganization: {
    summary: 'Read an organization',
    successes: ['The organization.'],
    examples: { answers: { 200: { 'An organization': organization } } },
    access: ['organizations:read', 'none', 'own', 'own', 'own', 'all'],
    request: { on: 'organization', send: ({ organization }) => get(`/v1/organizations/${organization}`) },
  },
  patchOrganization: {
    summary: 'Change an organization',
    description: 'Changes the name or the triage settings. The body is a JSON Merge Patch (RFC 7396).',
    successes: ['The organization after the change.', 'Changed; the answer to `Prefer: return=minimal`.'],
    examples: {
      bodies: {
        'Another name': { name: 'Fjordline Cycles' },
        'Triage sets priorities by itself': { triage: { priority: 'apply' } },
      },
      answers: {
        200: {
          'The organization': {
            ...organization,
            name: 'Fjordline Cycles',
            updatedAt: '2026-03-03T11:02:47.930Z',
            version: 2,
          },
        },
      },
    },
    access: ['organizations:manage', 'none', 'none', 'none', 'own', 'all'],
    request: {
      on: 'organization',
      send: ({ organization }) => patch(`/v1/organizations/${organization}`, { name: 'Default' }),
    },
  },
} as const satisfies OperationTexts<typeof organizationRoutes>;

export const organizationsSchemas = [
  textsOf(NewOrganization.shape.admin, {
    password: "The admin's first password, if Curlew itself stores passwords. No response contains it.",
  }),
];

export const organizationsNames: readonly SchemaName[] = [
  [Organization, 'Organization', 'A tenant. Organizations share no data.'],
  [NewOrganization.shape.admin, 'FirstAdmin'],
  [FoundedOrganizationAnswer, 'FoundedOrganization', 'An organization with its first admin.', 'Organization'],
];

export const organizationsBodies = {
  NewOrganization: 'An organization starts with one admin, who can create all other users.',
};
