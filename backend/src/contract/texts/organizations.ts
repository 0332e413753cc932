import { NewOrganization } from '@curlew/core/organization';
import type { organizationRoutes } from '../../http/organizations.ts';
import { type OperationTexts, textsOf } from './text-types.ts';

export const organizationsOperations = {
  createOrganization: {
    summary: 'Create an organization with its first admin',
    description: 'For the operator.',
    successes: ['The organization.'],
  },
  listOrganizations: {
    summary: 'List organizations',
    description: 'All for the operator; for members their own.',
    successes: ['A page of organizations.'],
  },
  getOrganization: {
    summary: 'Read an organization',
    successes: ['The organization.'],
  },
  patchOrganization: {
    summary: 'Change an organization',
    description: 'Its name, and what it wants of triage. A JSON Merge Patch (RFC 7396).',
    successes: ['The organization as it is now.', 'Changed; with `Prefer: return=minimal`.'],
  },
} as const satisfies OperationTexts<typeof organizationRoutes>;

export const organizationsSchemas = [
  textsOf(NewOrganization.shape.admin, {
    password: 'To sign in with, where Curlew keeps passwords. It is in no answer.',
  }),
];
