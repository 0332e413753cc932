import {
  Analysis,
  Analyzer,
  CategoryResult,
  Evidence,
  KeyPhrase,
  Language,
  NewAnalysis,
  NewTriageSettings,
  Sentiment,
  SuggestedField,
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
import { type OperationTexts, type SchemaName, textOf, textsOf } from './text-types.ts';

export const triageOperations = {
  analyzeText: {
    summary: 'Analyse a text',
    description:
      'Finds the language, sentiment, key phrases, urgency with its reasons, and category of any text. HTML is read as a reader would see it. Nothing is stored, so the operation takes no Idempotency-Key: the same text has the same analysis.',
    successes: ['The analysis.'],
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
      'Analyses the ticket and the latest reply of its reporter immediately. Triage also runs automatically, a moment after a ticket is opened or its customer replies. Use this operation after the settings or the analyser have changed.',
    successes: ['The ticket with its triage.'],
    examples: { bodies: { 'An empty object': {} }, answers: { 200: { 'The ticket with its triage': triaged } } },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage`) },
  },
  applySuggestions: {
    summary: 'Apply the suggestions of triage',
    description:
      'Sets fields to the values of the open suggestions: all of them, or only those for `fields`. Send `If-Match`, so that nothing is set on a ticket that another user has changed since you read it. `If-Match` compares only `v`, as in all operations, so a new reply may still have brought other suggestions. Without open suggestions nothing changes.',
    successes: ['The ticket after the change.'],
    examples: {
      bodies: { 'All suggestions': {}, 'Only the category': { fields: ['category'] } },
      answers: { 200: { 'With its category': applied } },
    },
    access: ['tickets:manage', 'none', 'none', 'all', 'all', 'all'],
    request: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage/apply`) },
  },
  revertSuggestions: {
    summary: 'Revert applied suggestions',
    description:
      'Sets fields back to their values before suggestions were applied: all of them, or only `fields`. A field that a user has changed since then stays. A reverted suggestion is not made again.',
    successes: ['The ticket after the change.'],
    examples: {
      bodies: { 'All suggestions': {}, 'Only the priority': { fields: ['priority'] } },
      answers: {
        200: {
          'The ticket with its previous priority': {
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
  'The action of triage for each field: it does nothing (`off`), makes a suggestion (`suggest`), or also sets the field on tickets that no user has changed yet (`apply`).';

export const triageSchemas = [
  textsOf(Analyzer, {
    notes: 'The reasons why the analysis is limited, such as `needs_english`.',
    masked: 'The number of personal details that were masked before the text was sent to the analyser.',
  }),
  textsOf(CategoryResult, { name: '`null` if no category is likely enough.' }),
  textsOf(Evidence, {
    text: 'The words that led to the category.',
    begin: 'The offset in UTF-16 units, as in key phrases.',
  }),
  textsOf(KeyPhrase, {
    begin:
      'The offset in UTF-16 units in the given text. The text of a ticket is its title, a blank line, and its description.',
  }),
  textsOf(Language, { code: 'The ISO 639-1 code, such as `en`; `und` if the language is unknown.' }),
  textsOf(NewAnalysis, { text: 'Plain text or HTML. Only the first 100,000 characters are analysed.' }),
  textOf(NewTriageSettings, SETTINGS),
  textsOf(NewTriageSettings, {
    maskPersonalData:
      'Whether e-mail and IP addresses, phone numbers, card numbers, IBANs, passwords and tokens are masked before a text is sent to an analyser in the cloud.',
  }),
  textsOf(Sentiment, { scores: 'The scores sum to 1.' }),
  textsOf(Suggestion, {
    value: 'A priority, a type, a category, or one tag.',
    state: '`open` until a user or triage itself applies the suggestion.',
    replaced: 'The value that the suggestion replaced when it was applied, if any.',
    messageId: "The message that led to the suggestion; null if the ticket's own text led to it.",
    appliedBy: 'The user who applied the suggestion; `~triage` if triage applied it automatically.',
  }),
  textsOf(SuggestionChoice, { fields: 'The fields whose suggestions are meant; all fields by default.' }),
  textsOf(Triage, { latestMessage: 'The same analysis of the latest reply of a customer.' }),
  textOf(TriageSettings, SETTINGS),
  textsOf(Urgency, {
    level: '`null` if the text is in a language that the rules do not support and contains no word of alarm.',
    score: 'From 0 to 1. Each level from LOW to CRITICAL covers a quarter; 0 if the level is null.',
  }),
  textsOf(UrgencyReason, {
    reason: 'For example `outage`, `safety`, `security`, `deadline`, `not_urgent`.',
    text: 'The words in the text that show this reason.',
  }),
];

export const triageNames: readonly SchemaName[] = [
  [Analysis, 'Analysis'],
  [Triage.shape.latestMessage, 'MessageAnalysis'],
  [Language, 'Language'],
  [Sentiment, 'TextSentiment'],
  [Sentiment.shape.scores, 'SentimentScores'],
  [KeyPhrase, 'KeyPhrase'],
  [Urgency, 'Urgency'],
  [Urgency.shape.level, 'UrgencyLevel'],
  [CategoryResult, 'CategoryResult'],
  [Analyzer, 'Analyzer'],
  [Evidence, 'Evidence'],
  [UrgencyReason, 'UrgencyReason'],
  [Suggestion, 'Suggestion'],
  [Suggestion.shape.state, 'SuggestionState'],
  [SuggestedField, 'SuggestedField'],
  [SuggestionChoice, 'SuggestionChoice'],
  [TriageSettings, 'TriageSettings'],
  [TriageSettings.shape.priority, 'SuggestionMode'],
];
