import {
  CUSTOM_FIELDS_KIBIBYTES,
  CustomFields,
  EXCERPT_CHARACTERS,
  HistoryEntry,
  Message,
  MessageKind,
  NEXT,
  NewMessage,
  NewTicket,
  PersonalData,
  Sentiment,
  Ticket,
  TicketPriority,
  TicketRow,
  TicketStatus,
  TicketType,
} from '@curlew/core/ticket';
import type { ticketRoutes } from '../../http/tickets.ts';
import { TicketSort } from '../../http/tickets.ts';
import { assigned, customer, IDS, listed, note, opened, replaced, reply } from './example-data.ts';
import { get, patch, post, put, remove } from './test-request.ts';
import { type OperationTexts, type SchemaName, textOf, textsOf } from './text-types.ts';

const replacement = { title: 'T', description: '', status: 'NEW', priority: 'LOW', type: 'QUESTION' };

export const ticketsOperations = {
  createTicket: {
    summary: 'Open a ticket',
    description:
      'A title or a description is enough. If the ticket names a user that does not exist, the user is created: a reporter as a customer, an assignee as an agent. PATCH /users/{userId} gives a user a name. Without `reporterId` and `email` the caller is the reporter.',
    successes: ['The ticket.'],
    examples: {
      bodies: {
        'The minimum': { title: 'Cannot reset my password' },
        'From the help form of a shop': {
          externalId: opened.externalId,
          title: opened.title,
          description: opened.description,
          priority: 'HIGH',
          email: 'nuria@example.net',
          tags: opened.tags,
          customFields: opened.customFields,
        },
        'With other field names': {
          subject: 'Please add two seats to our plan',
          customerEmail: 'tom.abara@example.org',
          category: 'billing',
          type: 'SERVICE_REQUEST',
          priority: 'LOW',
        },
        'Imported with a title made from its description': {
          externalId: 'legacy-1207',
          description:
            'Where do I find last year’s statements?\n\nI looked under Account, but there is only this month.',
          type: 'QUESTION',
          status: 'OPEN',
          reporterId: 'legacy.user.88',
          assignedToId: IDS.agent,
        },
      },
      answers: { 201: { 'A new ticket': opened } },
    },
    access: ['tickets:write', 'none', 'own', 'all', 'all', 'all'],
    request: { send: () => post('/v1/tickets', { title: 'T' }) },
  },
  listTickets: {
    summary: 'List tickets',
    description:
      'All filters can be combined; a comma means "any of". With several filters a page may have fewer items than `limit`: the list ends only when the `next` link is missing. To synchronise, read all pages with `sort=updatedAt`. Start the next synchronisation with `updatedSince` set to the latest `updatedAt` you saw.',
    query: {
      sort: 'The order of the list; by default the newest ticket comes first.',
      updatedSince: 'Tickets that changed at or after this instant.',
    },
    successes: ['A page of tickets.'],
    examples: {
      query: {
        limit: 50,
        sort: '-updatedAt',
        status: ['NEW', 'OPEN', 'IN_PROGRESS'],
        priority: ['HIGH', 'CRITICAL'],
        type: ['INCIDENT'],
        reporterId: [IDS.customer],
        assignedToId: [IDS.agent],
        tag: ['billing', 'sso'],
        sentiment: ['NEGATIVE', 'MIXED'],
        updatedSince: '2026-03-01T00:00:00Z',
      },
      answers: {
        200: {
          'Two tickets': [
            { ...listed, descriptionTruncated: false },
            {
              ...listed,
              id: IDS.otherTicket,
              number: 409,
              externalId: null,
              title: 'How do I move a project to another workspace?',
              description: 'We merged two teams last week and would like all projects in one place.',
              status: 'OPEN',
              priority: 'MEDIUM',
              type: 'QUESTION',
              reporterId: 'legacy.user.88',
              assignedToId: null,
              tags: [],
              createdAt: '2026-03-02T15:20:40.118Z',
              updatedAt: '2026-03-02T16:02:11.560Z',
              version: 2,
              descriptionTruncated: false,
            },
          ],
          'Nothing found': [],
        },
      },
    },
    access: ['tickets:read', 'none', 'own', 'all', 'all', 'all'],
    request: { send: () => get('/v1/tickets') },
  },
  getTicket: {
    summary: 'Read a ticket',
    description: 'The path takes the id or the human number of the ticket.',
    successes: ['The ticket.'],
    examples: { answers: { 200: { 'A ticket in progress': assigned } } },
    access: ['tickets:read', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}`) },
  },
  replaceTicket: {
    summary: 'Replace a ticket',
    description:
      'An optional field that is left out returns to its default. Read-only fields are accepted if their values are unchanged, so that a ticket from GET can be edited and sent back.',
    successes: ['The ticket after the change.'],
    examples: {
      bodies: {
        'GET, edited, sent back': {
          ...assigned,
          title: replaced.title,
          status: 'RESOLVED',
          tags: replaced.tags,
        },
        'Only what is required': {
          title: replaced.title,
          description: opened.description,
          status: 'RESOLVED',
          priority: 'HIGH',
          type: 'INCIDENT',
          reporterId: IDS.customer,
        },
      },
      answers: { 200: { 'The resolved ticket': replaced } },
    },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: {
      on: 'ticket',
      send: ({ ticket, user }) => put(`/v1/tickets/${ticket}`, { ...replacement, reporterId: user }),
    },
  },
  patchTicket: {
    summary: 'Change parts of a ticket',
    description: 'The body is a JSON Merge Patch (RFC 7396): null returns an optional field to its default.',
    successes: ['The ticket after the change.', 'Changed; the answer to `Prefer: return=minimal`.'],
    examples: {
      bodies: {
        'Take the ticket': { status: 'IN_PROGRESS', assignedToId: IDS.agent },
        'Return the ticket and remove a custom field': {
          status: 'OPEN',
          assignedToId: null,
          customFields: { seats: null },
        },
      },
      answers: { 200: { 'The ticket in progress': assigned } },
    },
    access: ['tickets:write', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => patch(`/v1/tickets/${ticket}`, { title: 'New' }) },
  },
  deleteTicket: {
    summary: 'Delete a ticket',
    description: 'The ticket can be restored.',
    successes: ['Deleted.'],
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => remove(`/v1/tickets/${ticket}`) },
  },
  restoreTicket: {
    summary: 'Restore a deleted ticket',
    description: 'A ticket that is not deleted stays as it is.',
    successes: ['The ticket.'],
    examples: {
      bodies: { 'An empty object': {} },
      answers: { 200: { 'The restored ticket': { ...assigned, updatedAt: '2026-03-03T11:20:00.661Z', version: 4 } } },
    },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/restore`) },
  },
  addMessage: {
    summary: 'Add a reply or a note',
    description: "A reply is public, a note internal. A customer's reply on a RESOLVED ticket opens it again.",
    successes: ['The message.'],
    examples: {
      bodies: {
        'A reply': { body: reply.body, authorId: IDS.agent },
        'An internal note': { kind: 'note', body: note.body, authorId: IDS.agent },
        'An imported e-mail': {
          body: 'It works again, thank you!',
          authorId: IDS.customer,
          externalId: '<CAF3k2Q@mail.example.net>',
        },
      },
      answers: { 201: { 'The reply': reply } },
    },
    access: ['tickets:write', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/messages`, { body: 'Hello' }) },
  },
  listMessages: {
    summary: "List a ticket's messages",
    successes: ['A page of messages.'],
    examples: { query: { limit: 50, sort: 'createdAt' }, answers: { 200: { 'A note and a reply': [note, reply] } } },
    access: ['tickets:read', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}/messages`) },
  },
  getMessage: {
    summary: 'Read a message',
    successes: ['The message.'],
    examples: { answers: { 200: { 'A reply': reply } } },
    access: ['tickets:read', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket, reply }) => get(`/v1/tickets/${ticket}/messages/${reply}`) },
  },
  exportUser: {
    summary: 'Export all data stored about a user',
    description:
      'The account comes first, then the tickets that the user reported, newest first, with their replies. If the replies of a ticket do not fit into one item, the next items have the others. A page has at most `limit` items besides the account.',
    successes: ["A page of the user's data."],
    examples: {
      query: { limit: 10 },
      answers: {
        200: {
          'The account, and the only ticket': [
            { user: customer },
            { ticket: opened, messages: [reply], messagesTruncated: false },
          ],
        },
      },
    },
    access: ['users:manage', 'none', 'own', 'own', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => get(`/v1/users/${user}/export`) },
  },
  listHistory: {
    summary: "List a ticket's history",
    description: 'Each entry shows the user, the time, and the changed fields with their old and new values.',
    successes: ['A page of history entries.'],
    examples: {
      query: { limit: 50, sort: 'createdAt' },
      answers: {
        200: {
          'Opened, then assigned': [
            {
              id: 'evt_01kjsdqgbjr7my6bdda4wh3k0b',
              sequence: 1,
              type: 'ticket.created',
              time: opened.createdAt,
              actorId: 'usr_admin',
              messageId: null,
              changes: [],
            },
            {
              id: 'evt_01kjseq5qgydt4chkkga2q9s6h',
              sequence: 2,
              type: 'ticket.status_changed',
              time: assigned.updatedAt,
              actorId: IDS.agent,
              messageId: null,
              changes: [{ field: 'status', from: 'NEW', to: 'IN_PROGRESS' }],
            },
            {
              id: 'evt_01kjseq5qg5n2cmsvvrjazh1es',
              sequence: 3,
              type: 'ticket.updated',
              time: assigned.updatedAt,
              actorId: IDS.agent,
              messageId: null,
              changes: [{ field: 'assignedToId', from: null, to: IDS.agent }],
            },
          ],
        },
      },
    },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}/history`) },
  },
} as const satisfies OperationTexts<typeof ticketRoutes>;

export const ticketsSchemas = [
  textOf(CustomFields, `Your own data, at most ${CUSTOM_FIELDS_KIBIBYTES} KiB as JSON.`),
  textsOf(HistoryEntry, { sequence: "Counts the ticket's events from 1.", actorId: 'The user who made the change.' }),
  textsOf(Message, { externalId: "The caller's own id, unique on the ticket." }),
  textsOf(NewMessage, { authorId: 'The user who wrote the message; the caller by default.' }),
  textsOf(NewTicket, { email: "The reporter's address." }),
  textsOf(PersonalData, {
    user: 'The account; the first item on the first page.',
    ticket: 'A ticket that the user reported; absent if the item has only more replies of the ticket before.',
    messages: 'The replies on the ticket, oldest first.',
    messagesTruncated: 'Whether the ticket has more replies; the next item has them.',
  }),
  textsOf(Ticket, {
    number: 'The human number, counted per organization. Gaps are possible.',
    externalId: "The caller's own id, unique in the organization.",
    reporterId: 'The user who reported the ticket.',
    assignedToId: 'The user who works on the ticket.',
    customFields: 'Your own data.',
    triage: 'The result of the text analysis; null until the analysis has run, and for customers.',
    updatedAt: 'The time of the latest change or message.',
    version: 'Counts the changes that users made; the `v` of the ETag.',
  }),
  textsOf(TicketRow, {
    description: `The first ${EXCERPT_CHARACTERS} characters of the description.`,
    triage:
      "Sentiment and urgency, one word each, including the customer's latest reply; null until the analysis has run, and for customers. The urgency is null if the texts were not understood. The ticket itself has the full result.",
  }),
];

export const ticketsNames: readonly SchemaName[] = [
  [Ticket, 'Ticket', 'A ticket with all its fields. Its messages, history and tasks have their own operations.'],
  [
    TicketRow,
    'TicketRow',
    'A ticket in a list: without `customFields`, and with only the beginning of its description.',
  ],
  [
    TicketStatus,
    'TicketStatus',
    `The allowed steps: ${Object.entries(NEXT)
      .map(([from, to]) => `${from} → ${to.length === 0 ? 'nothing' : to.join(', ')}`)
      .join('; ')}.`,
  ],
  [TicketPriority, 'TicketPriority'],
  [TicketType, 'TicketType'],
  [TicketRow.shape.triage, 'TriageSummary'],
  [Sentiment, 'Sentiment'],
  [Message, 'Message'],
  [MessageKind, 'MessageKind', 'A reply is public, a note internal.'],
  [
    HistoryEntry,
    'HistoryEntry',
    'One event of a ticket. `changes` holds each changed field with its old and new value.',
  ],
  [HistoryEntry.shape.type, 'TicketEventType'],
  [HistoryEntry.shape.changes.element, 'FieldChange'],
  [
    PersonalData,
    'PersonalData',
    'A part of the data stored about a user: the account, or one of the tickets that the user reported.',
  ],
  [TicketSort, 'TicketSort'],
  [Ticket.shape.triage, 'Triage'],
];

export const ticketsBodies = {
  NewTicket:
    'A title or a description is required. Without a title, the first line of the description becomes the title. By ' +
    'default the status is NEW, the priority MEDIUM, and the type INCIDENT.',
  NewMessage: 'By default the message is a public reply; `kind` can make it an internal note.',
};
