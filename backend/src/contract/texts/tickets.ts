import {
  CUSTOM_FIELDS_KIBIBYTES,
  CustomFields,
  EXCERPT_CHARACTERS,
  HistoryEntry,
  Message,
  NewMessage,
  NewTicket,
  PersonalData,
  Ticket,
  TicketRow,
} from '@curlew/core/ticket';
import type { ticketRoutes } from '../../http/tickets.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const ticketsOperations = {
  createTicket: {
    summary: 'Open a ticket',
    description:
      'A title or a description is enough. Who the ticket names and nobody knows yet is created: a reporter as a customer, an assignee as an agent; PATCH /users/{userId} gives them a name. Without reporterId and email the caller is the reporter.',
    successes: ['The ticket.'],
  },
  listTickets: {
    summary: 'List tickets',
    description:
      'Combine filters as you like; a comma means "any of". With several filters a page may be short: only a missing `next` link is the end. To synchronise, walk with `sort=updatedAt` and start the next walk with `updatedSince` the latest `updatedAt` you saw.',
    query: { sort: 'Newest first by creation unless given.', updatedSince: 'Changed at or after this instant.' },
    successes: ['A page of tickets.'],
  },
  getTicket: {
    summary: 'Read a ticket',
    description: 'By its id or its human number.',
    successes: ['The ticket.'],
  },
  replaceTicket: {
    summary: 'Replace a ticket',
    description:
      'An optional field that is left out returns to its default. Read-only fields are accepted as they are, so that what GET answered can be edited and sent back.',
    successes: ['The ticket as it is now.'],
  },
  patchTicket: {
    summary: 'Change parts of a ticket',
    description: 'A JSON Merge Patch (RFC 7396): null returns an optional field to its default.',
    successes: ['The ticket as it is now.', 'Changed; with `Prefer: return=minimal`.'],
  },
  deleteTicket: {
    summary: 'Delete a ticket',
    description: 'It can be restored.',
    successes: ['Deleted.'],
  },
  restoreTicket: {
    summary: 'Restore a deleted ticket',
    description: 'A ticket that is not deleted stays as it is.',
    successes: ['The ticket.'],
  },
  addMessage: {
    summary: 'Add a reply or a note',
    description: "A reply is public, a note internal. A customer's reply on a RESOLVED ticket opens it again.",
    successes: ['The message.'],
  },
  listMessages: {
    summary: "List a ticket's messages",
    successes: ['A page of messages.'],
  },
  getMessage: {
    summary: 'Read a message',
    successes: ['The message.'],
  },
  exportUser: {
    summary: 'All that is stored of a person',
    description:
      'The account first, then the tickets that they reported with the replies on them, newest first. A page ends at `limit` tickets, or at a megabyte.',
    successes: ['A page of their data.'],
  },
  listHistory: {
    summary: "List a ticket's history",
    description: 'Who changed what, from what, to what, when.',
    successes: ['A page of history entries.'],
  },
} as const satisfies OperationTexts<typeof ticketRoutes>;

export const ticketsSchemas = [
  textOf(CustomFields, `Your own data, at most ${CUSTOM_FIELDS_KIBIBYTES} KiB as JSON.`),
  textsOf(HistoryEntry, { sequence: "Counts the ticket's events from 1.", actorId: 'The user who did it.' }),
  textsOf(Message, { externalId: "The caller's own id, unique on the ticket." }),
  textsOf(NewMessage, { authorId: 'On whose behalf; the caller unless given.' }),
  textsOf(NewTicket, { email: "The reporter's address." }),
  textsOf(PersonalData, {
    user: 'The account; first on the first page.',
    ticket: 'A ticket that they reported.',
    messages: 'The replies on it, oldest first.',
    messagesTruncated: 'Whether there are more replies; the list of the ticket’s messages has all.',
  }),
  textsOf(Ticket, {
    number: 'The human number, counted per organization. Gaps are possible.',
    externalId: "The caller's own id, unique in the organization.",
    reporterId: 'The user who asks.',
    assignedToId: 'The user who answers.',
    customFields: 'Your own data.',
    triage: 'What the text analysis found; null until then, and for customers.',
    updatedAt: 'Moves with every change and every message.',
    version: 'Counts what people changed; the `v` of the ETag.',
  }),
  textsOf(TicketRow, {
    description: `The first ${EXCERPT_CHARACTERS} characters.`,
    triage:
      'Feelings and urgency in a word each, the latest reply of a customer taken into account; null until then, and for customers. The ticket itself has the rest.',
  }),
];
