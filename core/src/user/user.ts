import * as z from 'zod';
import { EmailAddress, keysOf, line, NAME_CHARACTERS, ROLES, UserId } from '../kernel/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    usr: 'user';
  }
}

declare module '../kernel/errors.ts' {
  interface ErrorCodes {
    user_exists: true;
    email_taken: true;
    person_mismatch: true;
    user_removed: true;
    own_account: true;
  }
}

declare module '../kernel/audit.ts' {
  interface AuditActions {
    'user.created': true;
    'user.role_changed': true;
    'user.address_changed': true;
    'user.activated': true;
    'user.deactivated': true;
    'user.exported': true;
    'user.erased': true;
  }
}

export const UserRole = z.enum(ROLES);

/**
 * A person in an organization: a customer who asks for help, an agent who answers, or an admin who also manages the
 * organization.
 */
export const User = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: UserRole,
  active: z.boolean(),
  createdAt: z.string().meta({ format: 'date-time' }),
  updatedAt: z.string().meta({ format: 'date-time' }),
  version: z.int().min(1),
});
export type User = z.infer<typeof User>;

/** A user as a store saves it. */
export interface UserRecord {
  readonly organizationId: string;
  readonly user: User;
  /** Whether the user is an operator, who manages organizations. The API cannot set this. */
  readonly operator: boolean;
  /** Stays set: the id of a deleted user is never free again, so that no new user inherits the old user's tickets. */
  readonly deletedAt: string | null;
}

const fields = {
  name: line(1, NAME_CHARACTERS),
  email: EmailAddress.nullable(),
  role: UserRole,
  active: z.boolean(),
};

/** A new user. An id is made if it is missing, but an id, an address or a name must say who the user is. */
export const NewUser = z
  .strictObject({ id: UserId, ...fields })
  .partial()
  .refine(({ id, email, name }) => (id ?? email ?? name) !== undefined, {
    message: 'An id, an e-mail address or a name is required.',
    params: { code: 'required' },
  });
export type NewUser = z.infer<typeof NewUser>;

export const UserFields = z.strictObject({ ...fields, email: fields.email.optional() });
export type UserFields = z.infer<typeof UserFields>;

export const EDITABLE = keysOf(fields);

/** The form in which two e-mail addresses are compared. */
export function comparableAddress(email: string): string {
  return email.toLowerCase();
}
