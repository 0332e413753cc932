import * as z from 'zod';
import type { EventEnvelope, Role } from '../kernel/index.ts';

export const USER_EVENTS = ['user.created', 'user.updated', 'user.deleted'] as const;
export type UserEventType = (typeof USER_EVENTS)[number];

/**
 * An event as it comes out of a queue. Members that a later version adds are let through. It says which fields changed,
 * never what name or address they hold: whoever needs those reads the user.
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
}) as unknown as z.ZodType<UserEvent>;
/** The sequence of a user's event is the user's version after it. */
export type UserEvent = EventEnvelope<UserEventType, { readonly role: Role; readonly changed: readonly string[] }>;
