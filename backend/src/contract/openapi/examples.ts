import { editableFields, newTicket } from '@curlew/core/ticket';
import type { ProblemCode } from '../../http/problem.ts';

/** What one operation looks like in use. Keys of bodies and answers say in a few words what they show. */
export interface OperationExamples {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly bodies?: Readonly<Record<string, unknown>>;
  /** By status. */
  readonly answers?: Readonly<Record<number, Readonly<Record<string, unknown>>>>;
}

export interface ProblemExample {
  readonly message: string;
  readonly issues?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

export const IDS = {
  ticket: 'tkt_01kjsdqgbj1hy8gnqqme6vdxan',
  otherTicket: 'tkt_01kjqj67dpcw8ktz11ysg5r8n0',
  message: 'msg_01kjsf4hcgbt7hsy00xqf4q6my',
  note: 'msg_01kjseq6pws8n07ceeb5xj5n2c',
  task: 'tsk_01kjsfg21qvbr29ehgd80n7q4f',
  customer: 'usr_01kjsdqgbc5n2cmsvvrjazh1es',
  agent: 'ana.lindqvist',
  session: 'ses_01kjsdr0x4v7m2qk9zt3hye8wa',
  apiKey: 'key_01kjsdqgbj1hy8gnqqme6vdxan',
  organization: 'org_01kjr2v7m5tq0c4xw9zshd3fe8',
  request: 'req_01kjsfkm056n2cmsvvrjazj1fs',
} as const;

const opened = newTicket(
  { id: IDS.ticket, number: 412, now: '2026-03-03T08:41:12.306Z' },
  editableFields({
    externalId: 'shop-88231',
    title: 'Invoice PDF is empty since Monday',
    description: 'Every invoice I download from the billing page has 0 bytes.\nSame in Firefox and Safari.',
    status: 'NEW',
    priority: 'HIGH',
    type: 'INCIDENT',
    reporterId: IDS.customer,
    tags: ['billing', 'pdf'],
    customFields: { plan: 'team', seats: 14 },
  }),
);

const analysis = {
  language: { code: 'en', score: 0.94 },
  sentiment: { label: 'NEGATIVE', scores: { positive: 0.02, negative: 0.83, neutral: 0.12, mixed: 0.03 } },
  keyPhrases: [
    { text: 'Invoice PDF', score: 0.81, begin: 0, end: 11 },
    { text: 'the billing page', score: 0.72, begin: 65, end: 81 },
  ],
  urgency: { level: 'MEDIUM', score: 0.41, reasons: [] },
  category: { name: 'technical-problem', score: 0.78 },
  analyzer: { name: 'embedded', version: '1', notes: [], masked: 0 },
};

const suggestion = {
  field: 'category',
  value: 'technical-problem',
  confidence: 0.65,
  evidence: [{ text: 'download', begin: 51, end: 59 }],
  state: 'open',
  replaced: null,
  messageId: null,
  appliedBy: null,
};

const triaged = {
  ...opened,
  triage: { ...analysis, analyzedAt: '2026-03-03T08:41:12.541Z', latestMessage: null, suggestions: [suggestion] },
  updatedAt: '2026-03-03T08:41:12.541Z',
};

const applied = {
  ...triaged,
  tags: [...opened.tags, 'category:technical-problem'],
  triage: { ...triaged.triage, suggestions: [{ ...suggestion, state: 'applied', appliedBy: IDS.agent }] },
  updatedAt: '2026-03-03T08:44:51.020Z',
  version: 2,
};

const assigned = {
  ...opened,
  status: 'IN_PROGRESS',
  assignedToId: IDS.agent,
  updatedAt: '2026-03-03T08:58:30.000Z',
  version: 2,
};

const replaced = {
  ...assigned,
  title: 'Invoice PDFs are empty (export job out of memory)',
  status: 'RESOLVED',
  tags: ['billing'],
  updatedAt: '2026-03-03T09:14:02.117Z',
  resolvedAt: '2026-03-03T09:14:02.117Z',
  version: 3,
};

const { customFields: _customFields, ...listed } = assigned;

const reply = {
  id: IDS.message,
  ticketId: IDS.ticket,
  kind: 'reply',
  body: 'We found the job that fails and restarted it. Could you download one of them again?',
  authorId: IDS.agent,
  externalId: null,
  createdAt: '2026-03-03T09:05:47.920Z',
  version: 1,
};

const note = {
  ...reply,
  id: IDS.note,
  kind: 'note',
  body: 'The export worker ran out of memory on Sunday night; see the dashboard of 1 March.',
  createdAt: '2026-03-03T08:58:31.004Z',
};

const task = {
  id: IDS.task,
  ticketId: IDS.ticket,
  externalId: null,
  title: 'Raise the memory of the export worker',
  description: '',
  done: false,
  createdAt: '2026-03-03T09:12:05.431Z',
  updatedAt: '2026-03-03T09:12:05.431Z',
  version: 1,
};

const agent = {
  id: IDS.agent,
  name: 'Ana Lindqvist',
  email: 'ana@example.com',
  role: 'agent',
  active: true,
  createdAt: '2026-01-12T07:30:00.250Z',
  updatedAt: '2026-01-12T07:30:00.250Z',
  version: 1,
  user_id: IDS.agent,
};

const customer = {
  id: IDS.customer,
  name: 'Nuria Castellví',
  email: 'nuria@example.net',
  role: 'customer',
  active: true,
  createdAt: '2026-03-03T08:41:12.300Z',
  updatedAt: '2026-03-03T08:50:09.774Z',
  version: 2,
  user_id: IDS.customer,
};

const admin = {
  id: 'usr_admin',
  name: 'Admin',
  email: null,
  role: 'admin',
  active: true,
  createdAt: '2026-01-12T07:12:44.018Z',
  updatedAt: '2026-01-12T07:12:44.018Z',
  version: 1,
  user_id: 'usr_admin',
};

const tokens = {
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJvcmciOiJkZWZhdWx0In0.c2lnbmF0dXJl',
  refreshToken: `crt.default.${IDS.session}.kQ3nVd0yq2mUuGJx8hT5w7bLzR1cXe4P.0aS9fKpY6tWvB2rNiM8jDqE5oCgHl3ZU`,
  tokenType: 'Bearer',
  expiresIn: 600,
};

const session = {
  id: IDS.session,
  current: true,
  createdAt: '2026-03-03T08:41:12.306Z',
  refreshedAt: '2026-03-03T09:01:40.118Z',
  expiresAt: '2026-03-17T09:01:40.118Z',
};

const passwordToken = {
  token: 'cpt.default.5gJrW8xTq1nYv4uKz7mDs0bLhP3eRc6A',
  kind: 'invitation',
  expiresAt: '2026-03-10T08:41:12.306Z',
};

const apiKey = {
  id: IDS.apiKey,
  name: 'Help form of the shop',
  userId: IDS.agent,
  scopes: ['tickets:read', 'tickets:write'],
  start: 'clw_default_01kjsdqgbj1hy8gnqqme6vdxan_q7Zd',
  createdAt: '2026-03-03T08:41:12.306Z',
  createdById: 'usr_admin',
  expiresAt: '2027-03-03T00:00:00.000Z',
  lastUsedAt: null,
  version: 1,
};

const organization = {
  id: IDS.organization,
  name: 'Fjordline Bikes',
  triage: { priority: 'suggest', type: 'suggest', category: 'suggest', tags: 'suggest', maskPersonalData: false },
  createdAt: '2026-03-02T16:40:05.102Z',
  updatedAt: '2026-03-02T16:40:05.102Z',
  version: 1,
};

const firstAdmin = {
  id: 'usr_01kjr2v7m5f6k2rj0v8nyb1tgc',
  name: 'Solveig Dahl',
  email: 'solveig@fjordline.example',
  role: 'admin',
  active: true,
  createdAt: organization.createdAt,
  updatedAt: organization.createdAt,
  version: 1,
  user_id: 'usr_01kjr2v7m5f6k2rj0v8nyb1tgc',
};

const ok = { 200: { 'All is well': { status: 'ok' } } };

export const EXAMPLES: Readonly<Record<string, OperationExamples>> = {
  createTicket: {
    bodies: {
      'The least there is': { title: 'Cannot reset my password' },
      'From the help form of a shop': {
        externalId: opened.externalId,
        title: opened.title,
        description: opened.description,
        priority: 'HIGH',
        email: 'nuria@example.net',
        tags: opened.tags,
        customFields: opened.customFields,
      },
      'In other spellings': {
        subject: 'Please add two seats to our plan',
        customerEmail: 'tom.abara@example.org',
        category: 'billing',
        type: 'SERVICE_REQUEST',
        priority: 'LOW',
      },
      'Imported with a title made from its description': {
        externalId: 'legacy-1207',
        description: 'Where do I find last year’s statements?\n\nI looked under Account, but there is only this month.',
        type: 'QUESTION',
        status: 'OPEN',
        reporterId: 'legacy.user.88',
        assignedToId: IDS.agent,
      },
    },
    answers: { 201: { 'A new ticket': opened } },
  },
  listTickets: {
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
  getTicket: { answers: { 200: { 'A ticket under way': assigned } } },
  replaceTicket: {
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
  patchTicket: {
    bodies: {
      'Take it on': { status: 'IN_PROGRESS', assignedToId: IDS.agent },
      'Hand it back and drop a custom field': { status: 'OPEN', assignedToId: null, customFields: { seats: null } },
    },
    answers: { 200: { 'The ticket under way': assigned } },
  },
  restoreTicket: {
    bodies: { 'Nothing to say': {} },
    answers: { 200: { 'The ticket is back': { ...assigned, updatedAt: '2026-03-03T11:20:00.661Z', version: 4 } } },
  },
  addMessage: {
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
  listMessages: { query: { limit: 50, sort: 'createdAt' }, answers: { 200: { 'A note and a reply': [note, reply] } } },
  getMessage: { answers: { 200: { 'A reply': reply } } },
  listAudit: {
    query: { limit: 50, sort: 'createdAt' },
    answers: {
      200: {
        'A customer became an agent': [
          {
            id: 'aud_01kjsfkm056n2cmsvvrjazj1ft',
            time: '2026-03-03T09:20:00.000Z',
            action: 'user.role_changed',
            actorId: 'usr_admin',
            keyId: null,
            subjectId: IDS.customer,
            address: '192.0.2.17',
            requestId: IDS.request,
            details: { from: 'customer', to: 'agent' },
          },
        ],
      },
    },
  },
  exportUser: {
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
  listHistory: {
    query: { limit: 50, sort: 'createdAt' },
    answers: {
      200: {
        'Opened, then taken on': [
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
  createTask: {
    bodies: {
      'On its own': { title: 'Order new headsets', description: 'Three, for the people who start in April.' },
      'On a ticket': { title: task.title, ticketId: IDS.ticket },
    },
    answers: { 201: { 'A new task': task } },
  },
  listTasks: {
    query: { limit: 50, sort: 'createdAt', ticketId: IDS.ticket, done: false },
    answers: { 200: { 'One task': [task] } },
  },
  getTask: { answers: { 200: { 'A task': task } } },
  patchTask: {
    bodies: { 'It is done': { done: true }, 'Take it off the ticket': { ticketId: null } },
    answers: { 200: { 'The task': { ...task, done: true, updatedAt: '2026-03-03T10:30:51.209Z', version: 2 } } },
  },
  createUser: {
    bodies: {
      'An agent with an id of their own': { id: IDS.agent, name: agent.name, email: agent.email, role: 'agent' },
      'In another spelling': { user_id: '01', name: 'Joy' },
    },
    answers: { 201: { 'A new agent': agent } },
  },
  listUsers: {
    query: { limit: 50, sort: 'createdAt', id: IDS.agent, email: 'ana@example.com', role: 'agent' },
    answers: { 200: { 'A page of users': [customer, agent], 'With `id`, one user': agent } },
  },
  getUser: { answers: { 200: { 'An agent': agent } } },
  patchUser: {
    bodies: { 'Give a name': { name: customer.name }, 'Forget the address': { email: null } },
    answers: { 200: { 'The user': customer } },
  },
  createApiKey: {
    bodies: {
      'For a help form': {
        name: apiKey.name,
        userId: IDS.agent,
        scopes: apiKey.scopes,
        expiresAt: '2027-03-03T00:00:00Z',
      },
      'For a report that only reads': { name: 'Weekly report', scopes: ['read'] },
    },
    answers: {
      201: { 'A new key': { ...apiKey, key: `${apiKey.start}…` } },
    },
  },
  listApiKeys: {
    query: { limit: 50, sort: 'createdAt', userId: IDS.agent },
    answers: { 200: { 'One key': [{ ...apiKey, lastUsedAt: '2026-03-03T09:00:00.417Z' }] } },
  },
  getApiKey: { answers: { 200: { 'A key in use': { ...apiKey, lastUsedAt: '2026-03-03T09:00:00.417Z' } } } },
  createOrganization: {
    bodies: {
      'A customer of the operator': {
        name: organization.name,
        admin: { email: firstAdmin.email, name: firstAdmin.name },
      },
      'With a password for its admin': {
        name: organization.name,
        admin: { email: firstAdmin.email, name: firstAdmin.name, password: 'three sails over the fjord' },
      },
    },
    answers: { 201: { 'A new organization': { ...organization, admin: firstAdmin } } },
  },
  listOrganizations: {
    query: { limit: 50, sort: 'createdAt' },
    answers: { 200: { 'One organization': [organization] } },
  },
  getOrganization: { answers: { 200: { 'An organization': organization } } },
  patchOrganization: {
    bodies: {
      'Another name': { name: 'Fjordline Cycles' },
      'Triage sets priorities by itself': { triage: { priority: 'apply' } },
    },
    answers: {
      200: {
        'The organization': {
          ...organization,
          name: 'Fjordline Cycles',
          updatedAt: '2026-03-03T11:02:47.930Z',
          version: 2,
        },
      },
    },
  },
  getMe: { answers: { 200: { 'In open mode': admin } } },
  signIn: {
    bodies: {
      'By address and password': { email: 'ana@example.com', password: 'seven grey herons' },
      'With several memberships': {
        email: 'ana@example.com',
        password: 'seven grey herons',
        organization: IDS.organization,
      },
    },
    answers: { 201: { 'Signed in': tokens } },
  },
  refreshSession: {
    bodies: { 'The latest refresh token': { refreshToken: tokens.refreshToken } },
    answers: { 200: { 'The next tokens': tokens } },
  },
  listSessions: { answers: { 200: { 'One session': [session] } } },
  changePassword: {
    bodies: { 'Another password': { currentPassword: 'seven grey herons', password: 'eleven wet curlews' } },
  },
  createPasswordToken: {
    bodies: { 'For somebody new': { kind: 'invitation' }, 'For somebody who forgot theirs': { kind: 'reset' } },
    answers: { 201: { 'An invitation': passwordToken } },
  },
  setPassword: {
    bodies: { 'A first password': { token: passwordToken.token, password: 'seven grey herons' } },
  },
  getPublicKeys: {
    answers: {
      200: {
        'One key': {
          keys: [
            {
              kty: 'EC',
              crv: 'P-256',
              x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
              y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
              kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
              alg: 'ES256',
              use: 'sig',
            },
          ],
        },
      },
    },
  },
  triageTicket: { bodies: { 'Nothing to say': {} }, answers: { 200: { 'What was found': triaged } } },
  applySuggestions: {
    bodies: { 'All of them': {}, 'The category only': { fields: ['category'] } },
    answers: { 200: { 'With its category': applied } },
  },
  revertSuggestions: {
    bodies: { 'All of them': {}, 'The priority only': { fields: ['priority'] } },
    answers: {
      200: {
        'As it was before': {
          ...triaged,
          triage: { ...triaged.triage, suggestions: [{ ...suggestion, state: 'reverted', appliedBy: IDS.agent }] },
          updatedAt: '2026-03-03T08:46:30.718Z',
          version: 3,
        },
      },
    },
  },
  analyzeText: {
    bodies: {
      'A complaint': { text: 'Charged twice\n\nI was charged twice for my subscription and nobody answers my mails.' },
    },
    answers: {
      200: {
        'A complaint': {
          language: { code: 'en', score: 0.93 },
          sentiment: {
            label: 'NEGATIVE',
            scores: { positive: 0.01, negative: 0.97, neutral: 0.01, mixed: 0.01 },
          },
          keyPhrases: [
            { text: 'my subscription', score: 0.72, begin: 39, end: 54 },
            { text: 'my mails', score: 0.69, begin: 74, end: 82 },
          ],
          urgency: { level: 'MEDIUM', score: 0.34, reasons: [] },
          category: { name: 'billing', score: 0.71 },
          analyzer: { name: 'embedded', version: '1', notes: [], masked: 0 },
        },
      },
    },
  },
  getSummary: {
    answers: {
      200: {
        'A small desk': {
          tickets: {
            total: 412,
            byStatus: { NEW: 9, OPEN: 21, IN_PROGRESS: 14, RESOLVED: 38, CLOSED: 330 },
            byPriority: { LOW: 120, MEDIUM: 228, HIGH: 57, CRITICAL: 7 },
          },
        },
      },
    },
  },
  getHealth: { answers: ok },
  getReadiness: { answers: ok },
};

/** One example of each problem, in the words that the server uses. */
export const PROBLEM_EXAMPLES: Readonly<Record<ProblemCode, ProblemExample>> = {
  invalid_request: {
    message: '2 problems; see errors.',
    issues: [
      { pointer: '/priority', code: 'invalid_value', message: 'Must be one of LOW, MEDIUM, HIGH, CRITICAL.' },
      { pointer: '/colour', code: 'unknown_field', message: 'There is no such field.' },
    ],
  },
  malformed_json: { message: 'The body is empty; a JSON object is required.' },
  malformed_http: { message: 'This is not valid HTTP.' },
  read_only: {
    message: '/number: Is read-only and differs.',
    issues: [{ pointer: '/number', code: 'read_only', message: 'Is read-only and differs.' }],
  },
  invalid_cursor: {
    message: 'The cursor is not one of ours, or belongs to another query; start again without one.',
  },
  unauthenticated: { message: 'The token or key is not valid, or not any more.' },
  wrong_credentials: {
    message:
      'This does not let you in. An address that belongs to several organizations has to name one, and after several failed tries only waiting helps, up to 15 minutes.',
  },
  forbidden: {
    message: 'This needs the right tickets:manage, which the role customer does not bring here.',
    details: { right: 'tickets:manage' },
  },
  host_not_allowed: {
    message: 'In open mode only this machine may call, by a loopback address, not by "desk.example.com".',
  },
  origin_not_allowed: { message: 'In open mode pages of https://example.com may not call.' },
  not_found: { message: `There is no ticket ${IDS.otherTicket}.` },
  route_not_found: { message: 'There is nothing at /v1/tickts.' },
  method_not_allowed: { message: 'DELETE is not possible here; try GET, HEAD, POST, OPTIONS.' },
  illegal_transition: {
    message: 'A RESOLVED ticket can become OPEN, CLOSED, but not IN_PROGRESS.',
    details: { from: 'RESOLVED', to: 'IN_PROGRESS', allowed: ['OPEN', 'CLOSED'] },
  },
  ticket_closed: { message: 'A CLOSED ticket takes no more messages; open a new ticket instead.' },
  external_id_taken: {
    message: `Ticket ${IDS.ticket} has this externalId already.`,
    details: { ticketId: IDS.ticket },
  },
  user_exists: { message: `There is or was a user ${IDS.agent}.` },
  email_taken: { message: 'Another user of the organization has this address.' },
  person_mismatch: { message: `The address belongs to user ${IDS.customer}, not to ${IDS.agent}.` },
  user_removed: { message: 'User legacy.user.88 was removed.' },
  own_account: { message: 'You cannot delete your own account.' },
  too_many_api_keys: { message: 'A user has at most 50 API keys; revoke one first.' },
  already_issued: {
    message: 'This request was answered with a secret that is shown once: key_01kjsdqgbj1hy8gnqqme6vdxan.',
  },
  idempotency_in_flight: { message: 'The first request with this Idempotency-Key is still being answered.' },
  precondition_failed: {
    message: 'The resource is at version 4, which If-Match does not name. Nothing was changed.',
    details: { currentVersion: 4 },
  },
  body_too_large: { message: 'The body may have at most 1048576 bytes.' },
  unsupported_media_type: { message: 'Send application/json in UTF-8, not text/plain.' },
  idempotency_key_reused: { message: 'This Idempotency-Key was used with another request body.' },
  rate_limited: { message: 'You may make 600 requests in 60 seconds; wait a little.' },
  internal: { message: 'Something went wrong on our side. The request id leads to the cause.' },
  busy: { message: 'Too many changes to this resource at once; try again.' },
  unavailable: { message: 'The storage takes no writes at the moment. Nothing was changed.' },
};
