import * as z from 'zod';
import type { EventEnvelope, Role } from '../kernel/index.ts';

export const USER_EVENTS = ['user.created', 'user.updated', 'user.deleted'] as const;
export type UserEventType = (typeof USER_EVENTS)[number];

/**
 * A record of one change of a user. It names the changed fields, but never contains a name or an address: a consumer
 * that needs them reads the user. The schema accepts unknown members, because a later version may add some.
 */
export const UserEvent = z.looseObject({
  id: z.string(),
  type: z.enum(USER_EVENTS),
  organizationId: z.string(),
  subject: z.string(),
  sequence: z.int().min(1),
  time: z.string(),
  actorId: z.string(),
  data: z.looseObject({ role: z.string(), changed: z.array(z.string()) }),
  // A role that a later version adds must not reject the event, so the schema's type is wider than the event's.
}) as unknown as z.ZodType<UserEvent>;
/** The sequence of a user's event is the version of the user after the change. */
export type UserEvent = EventEnvelope<UserEventType, { readonly role: Role; readonly changed: readonly string[] }>;
