import type { Actor } from '@curlew/core/kernel';

/** The organization that every Curlew starts with, and its admin, who is also the operator. */
export const DEFAULT_ORGANIZATION = { id: 'default', name: 'Default', adminId: 'usr_admin' } as const;

/** The actor of this admin. In open mode every caller acts as this admin. */
export const DEFAULT_ADMIN: Actor = {
  organizationId: DEFAULT_ORGANIZATION.id,
  userId: DEFAULT_ORGANIZATION.adminId,
  role: 'admin',
  operator: true,
};
