import type { EventEnvelope, Role } from '../kernel/index.ts';

export const USER_EVENTS = ['user.created', 'user.updated', 'user.deleted'] as const;
export type UserEventType = (typeof USER_EVENTS)[number];

/** The sequence of a user's event is the user's version after it. */
export type UserEvent = EventEnvelope<UserEventType, { readonly role: Role; readonly changed: readonly string[] }>;
