import * as z from 'zod';
import { type AuditAction as Action, isObject } from '../kernel/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    aud: 'audit entry';
  }
}

// All actions of all services, in the order of the contract. A missing or unknown action is a compile error.
const ACTIONS = {
  'session.created': true,
  'session.refused': true,
  'session.reused': true,
  'session.ended': true,
  'password.changed': true,
  'password.refused': true,
  'password_token.created': true,
  'api_key.created': true,
  'api_key.used': true,
  'api_key.revoked': true,
  'user.created': true,
  'user.role_changed': true,
  'user.address_changed': true,
  'user.activated': true,
  'user.deactivated': true,
  'user.exported': true,
  'user.erased': true,
  'organization.created': true,
  'organization.updated': true,
} as const satisfies Readonly<Record<Action, true>>;

export const AuditAction = z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]);

/** A record of one action that concerns security or personal data, such as a sign-in or a change of a role. */
export const AuditEntry = z.object({
  id: z.string(),
  time: z.string().meta({ format: 'date-time' }),
  action: AuditAction,
  actorId: z.string().nullable(),
  keyId: z.string().nullable(),
  subjectId: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  // The contract leaves the values open: each action has its own details.
  details: z
    .custom<Readonly<Record<string, string | number | boolean>>>(isObject)
    .meta({ type: 'object', additionalProperties: true }),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
