import { editableFields, newTicket } from '@curlew/core/ticket';

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

export const opened = newTicket(
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

export const analysis = {
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

export const suggestion = {
  field: 'category',
  value: 'technical-problem',
  confidence: 0.65,
  evidence: [{ text: 'download', begin: 51, end: 59 }],
  state: 'open',
  replaced: null,
  messageId: null,
  appliedBy: null,
};

export const triaged = {
  ...opened,
  triage: { ...analysis, analyzedAt: '2026-03-03T08:41:12.541Z', latestMessage: null, suggestions: [suggestion] },
  updatedAt: '2026-03-03T08:41:12.541Z',
};

export const applied = {
  ...triaged,
  tags: [...opened.tags, 'category:technical-problem'],
  triage: { ...triaged.triage, suggestions: [{ ...suggestion, state: 'applied', appliedBy: IDS.agent }] },
  updatedAt: '2026-03-03T08:44:51.020Z',
  version: 2,
};

export const assigned = {
  ...opened,
  status: 'IN_PROGRESS',
  assignedToId: IDS.agent,
  updatedAt: '2026-03-03T08:58:30.000Z',
  version: 2,
};

export const replaced = {
  ...assigned,
  title: 'Invoice PDFs are empty (export job out of memory)',
  status: 'RESOLVED',
  tags: ['billing'],
  updatedAt: '2026-03-03T09:14:02.117Z',
  resolvedAt: '2026-03-03T09:14:02.117Z',
  version: 3,
};

const { customFields: _customFields, ...listedFields } = assigned;
/** As in lists. */
export const listed = listedFields;

export const reply = {
  id: IDS.message,
  ticketId: IDS.ticket,
  kind: 'reply',
  body: 'We found the job that fails and restarted it. Could you download one of them again?',
  authorId: IDS.agent,
  externalId: null,
  createdAt: '2026-03-03T09:05:47.920Z',
  version: 1,
};

export const note = {
  ...reply,
  id: IDS.note,
  kind: 'note',
  body: 'The export worker ran out of memory on Sunday night; see the dashboard of 1 March.',
  createdAt: '2026-03-03T08:58:31.004Z',
};

export const task = {
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

export const agent = {
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

export const customer = {
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

export const admin = {
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

export const tokens = {
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJvcmciOiJkZWZhdWx0In0.c2lnbmF0dXJl',
  refreshToken: `crt.default.${IDS.session}.kQ3nVd0yq2mUuGJx8hT5w7bLzR1cXe4P.0aS9fKpY6tWvB2rNiM8jDqE5oCgHl3ZU`,
  tokenType: 'Bearer',
  expiresIn: 600,
};

export const session = {
  id: IDS.session,
  current: true,
  createdAt: '2026-03-03T08:41:12.306Z',
  refreshedAt: '2026-03-03T09:01:40.118Z',
  expiresAt: '2026-03-17T09:01:40.118Z',
};

export const passwordToken = {
  token: 'cpt.default.5gJrW8xTq1nYv4uKz7mDs0bLhP3eRc6A',
  kind: 'invitation',
  expiresAt: '2026-03-10T08:41:12.306Z',
};

export const apiKey = {
  id: IDS.apiKey,
  name: 'Help form of the shop',
  userId: IDS.agent,
  scopes: ['tickets:read', 'tickets:write'],
  start: 'clw_default_01kjsdqgbj1hy8gnqqme6vdxan_q7Zd',
  createdAt: '2026-03-03T08:41:12.306Z',
  createdById: 'usr_admin',
  createdByKeyId: null,
  expiresAt: '2027-03-03T00:00:00.000Z',
  lastUsedAt: null,
  version: 1,
};

export const organization = {
  id: IDS.organization,
  name: 'Fjordline Bikes',
  triage: { priority: 'suggest', type: 'suggest', category: 'suggest', tags: 'suggest', maskPersonalData: false },
  createdAt: '2026-03-02T16:40:05.102Z',
  updatedAt: '2026-03-02T16:40:05.102Z',
  version: 1,
};

export const firstAdmin = {
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

export const ok = { 200: { 'All is well': { status: 'ok' } } };
