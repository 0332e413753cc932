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

export interface UserRecord {
  readonly organizationId: string;
  readonly user: User;
  /** Looks after organizations. Nobody becomes it by the API. */
  readonly operator: boolean;
  /** Set for good: the id stays taken, so that nobody inherits the tickets of somebody else. */
  readonly deletedAt: string | null;
}

const fields = {
  name: line(1, NAME_CHARACTERS),
  email: EmailAddress.nullable(),
  role: UserRole,
  active: z.boolean(),
};

export const NewUser = z.strictObject({ id: UserId, ...fields }).partial();
export type NewUser = z.infer<typeof NewUser>;

export const UserFields = z.strictObject({ ...fields, email: fields.email.optional() });
export type UserFields = z.infer<typeof UserFields>;

export const EDITABLE = keysOf(fields);

/** What makes two addresses the same one. */
export function sameAddress(email: string): string {
  return email.toLowerCase();
}
