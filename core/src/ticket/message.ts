import * as z from 'zod';
import { CurlewError, ExternalId, PROSE_CHARACTERS, prose, UserId } from '../kernel/index.ts';

/** The customer sees a reply. Only agents and admins see a note. */
export const MessageKind = z.enum(['reply', 'note']);
export type MessageKind = z.infer<typeof MessageKind>;

/**
 * A text that a person adds to a ticket: a reply in the conversation with the customer, or an internal note of the
 * staff.
 */
export const Message = z.object({
  id: z.string(),
  ticketId: z.string(),
  kind: MessageKind,
  body: z.string(),
  authorId: z.string(),
  externalId: z.string().nullable(),
  createdAt: z.string().meta({ format: 'date-time' }),
  version: z.int().min(1),
});
export type Message = z.infer<typeof Message>;

/** The body of a request that adds a message. Without `authorId` the caller is the author. */
export const NewMessage = z.strictObject({
  kind: MessageKind.optional(),
  body: prose(1, PROSE_CHARACTERS),
  authorId: UserId.optional(),
  externalId: ExternalId.nullable().optional(),
});
export type NewMessage = z.infer<typeof NewMessage>;

export function messageExternalIdTaken(messageId: string): CurlewError {
  return new CurlewError('external_id_taken', `Message ${messageId} has this externalId already.`, {
    details: { messageId },
  });
}
