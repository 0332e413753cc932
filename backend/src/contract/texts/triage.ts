import {
  Analyzer,
  CategoryResult,
  Evidence,
  KeyPhrase,
  Language,
  NewAnalysis,
  NewTriageSettings,
  Sentiment,
  Suggestion,
  SuggestionChoice,
  Triage,
  TriageSettings,
  Urgency,
  UrgencyReason,
} from '@curlew/core/triage';
import type { triageRoutes } from '../../http/triage.ts';
import { applied, IDS, suggestion, triaged } from './example-data.ts';
import { post } from './test-request.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const triageOperations = {
  analyzeText: {
    summary: 'Analyse a text',
    description:
      'Language, sentiment, key phrases, urgency with its reasons, and category of any text. HTML is read as a reader would see it. Nothing is stored, so there is no Idempotency-Key: the same text has the same analysis.',
    successes: ['What was found.'],
    examples: {
      bodies: {
        'A complaint': {
          text: 'Charged twice\n\nI was charged twice for my subscription and nobody answers my mails.',
        },
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
    access: ['tickets:read', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => post('/v1/analyses', { text: 'Where is my parcel?' }) },
  },
  triageTicket: {
    summary: 'Triage a ticket again',
    description:
      'Reads the ticket and the latest reply of its reporter at once. That happens by itself, a moment after a ticket is opened or its customer replies; ask for it when settings or the analyser have changed.',
    successes: ['The ticket with its triage.'],
    examples: { bodies: { 'Nothing to say': {} }, answers: { 200: { 'What was found': triaged } } },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage`) },
  },
  applySuggestions: {
    summary: 'Apply what triage suggests',
    description:
      'Sets the fields as the open suggestions say, all or those of `fields`. Send `If-Match`, so that nothing is set on a ticket that somebody has changed since you looked; like everywhere it compares `v` only, and a new reply may have brought other suggestions. Without open suggestions nothing changes.',
    successes: ['The ticket as it is now.'],
    examples: {
      bodies: { 'All of them': {}, 'The category only': { fields: ['category'] } },
      answers: { 200: { 'With its category': applied } },
    },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage/apply`) },
  },
  revertSuggestions: {
    summary: 'Take back what was applied',
    description:
      'Sets the fields as they were before suggestions were applied, all or those of `fields`. What people have changed since stays. What was taken back is not suggested again.',
    successes: ['The ticket as it is now.'],
    examples: {
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
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage/revert`) },
  },
} as const satisfies OperationTexts<typeof triageRoutes>;

const SETTINGS =
  'For each field whether triage leaves it alone (`off`), suggests (`suggest`), or also sets it on tickets that nobody has touched (`apply`).';

export const triageSchemas = [
  textsOf(Analyzer, {
    notes: 'What kept the analysis from being better, such as `needs_english`.',
    masked: 'How many personal details were masked before the text left.',
  }),
  textsOf(CategoryResult, { name: '`null` when nothing is likely enough.' }),
  textsOf(Evidence, { text: 'The words that led to it.', begin: 'As with key phrases, in UTF-16 units.' }),
  textsOf(KeyPhrase, {
    begin: 'In UTF-16 units, into the text as it was given; of a ticket: title, blank line, description.',
  }),
  textsOf(Language, { code: 'ISO 639-1, such as `en`; `und` when it cannot be told.' }),
  textsOf(NewAnalysis, { text: 'Plain text or HTML. What is beyond 100,000 characters is not analysed.' }),
  textOf(NewTriageSettings, SETTINGS),
  textsOf(NewTriageSettings, {
    maskPersonalData:
      'Whether e-mail addresses, phone and card numbers and IBANs are masked before a text leaves for an analyser in the cloud.',
  }),
  textsOf(Sentiment, { scores: 'They sum to 1.' }),
  textsOf(Suggestion, {
    value: 'A priority, a type, a category, or one tag.',
    state: '`open` until somebody, or triage itself, applies it.',
    replaced: 'What it took the place of when it was applied, if anything.',
    messageId: "The message that led to it; null when it was the ticket's own text.",
    appliedBy: 'The user who applied it; `~triage` where it applied itself.',
  }),
  textsOf(SuggestionChoice, { fields: 'Whose suggestions; those of all fields unless given.' }),
  textsOf(Triage, { latestMessage: 'The same for the latest reply of a customer.' }),
  textOf(TriageSettings, SETTINGS),
  textsOf(Urgency, { score: 'From LOW to CRITICAL; each level has a quarter.' }),
  textsOf(UrgencyReason, {
    reason: 'Such as `outage`, `safety`, `security`, `deadline`, `not_urgent`.',
    text: 'The words that say so.',
  }),
];
