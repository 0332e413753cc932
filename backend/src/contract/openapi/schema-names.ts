import { Summary } from '@curlew/core/analytics';
import { ApiKey, NewApiKey } from '@curlew/core/api-key';
import { AuditAction, AuditEntry } from '@curlew/core/audit';
import { NewOrganization, Organization } from '@curlew/core/organization';
import { PasswordByToken, PasswordChange, PasswordToken, Refresh, Session, SignIn, Tokens } from '@curlew/core/session';
import {
  HistoryEntry,
  Message,
  MessageKind,
  NEXT,
  PersonalData,
  Sentiment,
  Ticket,
  TicketPriority,
  TicketRow,
  TicketStatus,
  TicketType,
} from '@curlew/core/ticket';
import {
  Analysis,
  Analyzer,
  CategoryResult,
  Evidence,
  KeyPhrase,
  Language,
  SuggestedField,
  Suggestion,
  SuggestionChoice,
  Sentiment as TextSentiment,
  Triage,
  TriageSettings,
  Urgency,
  UrgencyReason,
} from '@curlew/core/triage';
import { UserRole } from '@curlew/core/user';
import type * as z from 'zod';
import { creationSort } from '../../http/query.ts';
import { PublicKey } from '../../http/sessions.ts';
import { SCHEMA_NAMES } from '../operations/index.ts';
import { routeOf } from './routes.ts';

/** The schemas that become named components. All other schemas are written in place. */
export const NAMES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Ticket, 'Ticket'],
  [TicketRow, 'TicketRow'],
  [TicketStatus, 'TicketStatus'],
  [TicketPriority, 'TicketPriority'],
  [TicketType, 'TicketType'],
  [Ticket.shape.triage, 'Triage'],
  [TicketRow.shape.triage, 'TriageSummary'],
  [Sentiment, 'Sentiment'],
  [Message, 'Message'],
  [MessageKind, 'MessageKind'],
  [HistoryEntry, 'HistoryEntry'],
  [HistoryEntry.shape.type, 'TicketEventType'],
  [HistoryEntry.shape.changes.element, 'FieldChange'],
  [PersonalData, 'PersonalData'],
  [Analysis, 'Analysis'],
  [Triage.shape.latestMessage, 'MessageAnalysis'],
  [Language, 'Language'],
  [TextSentiment, 'TextSentiment'],
  [TextSentiment.shape.scores, 'SentimentScores'],
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
  [creationSort.unwrap(), 'CreationSort'],
  [enumIn('listTickets', 'sort'), 'TicketSort'],
  [answerOf('getUser'), 'User'],
  [UserRole, 'UserRole'],
  [SignIn, 'SignIn'],
  [Refresh, 'Refresh'],
  [Tokens, 'Tokens'],
  [Session, 'Session'],
  [PasswordChange, 'PasswordChange'],
  [PasswordToken, 'PasswordToken'],
  [PasswordToken.shape.kind, 'PasswordTokenKind'],
  [answerOf('getPublicKeys'), 'PublicKeys'],
  [PublicKey, 'PublicKey'],
  [PasswordByToken, 'PasswordByToken'],
  [ApiKey, 'ApiKey'],
  [ApiKey.shape.scopes.element, 'Right'],
  [NewApiKey.shape.scopes.element, 'Scope'],
  [AuditEntry, 'AuditEntry'],
  [AuditAction, 'AuditAction'],
  [answerOf('createApiKey'), 'IssuedApiKey'],
  [Organization, 'Organization'],
  [NewOrganization.shape.admin, 'FirstAdmin'],
  [answerOf('createOrganization'), 'FoundedOrganization'],
  [Summary, 'Summary'],
  [Summary.shape.tickets, 'TicketCounts'],
  [Summary.shape.tickets.shape.byStatus, 'CountsByStatus'],
  [Summary.shape.tickets.shape.byPriority, 'CountsByPriority'],
  [answerOf('getHealth'), 'Health'],
  ...SCHEMA_NAMES.map(([schema, name]) => [schema, name] as const),
]);

export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Ticket: 'A ticket with all its fields. Its messages, history and tasks have their own operations.',
  TicketRow: 'A ticket in a list: without `customFields`, and with only the beginning of its description.',
  TicketStatus: `The allowed steps: ${Object.entries(NEXT)
    .map(([from, to]) => `${from} → ${to.length === 0 ? 'nothing' : to.join(', ')}`)
    .join('; ')}.`,
  MessageKind: 'A reply is public, a note internal.',
  HistoryEntry: 'One event of a ticket. `changes` holds each changed field with its old and new value.',
  PersonalData: 'A part of the data stored about a user: the account, or one of the tickets that the user reported.',
  User: 'A user. `user_id` repeats the id for clients that expect this name.',
  SignIn: 'The address and password of a user.',
  Refresh: 'The latest refresh token of a session.',
  Tokens: 'An access token for requests, and a refresh token to get the next access token when it expires.',
  Session: 'A session of a signed-in user, for example in one browser.',
  PasswordChange: 'The current password and the new password.',
  PasswordToken: 'A token that allows its holder to set a password once.',
  PasswordByToken: 'A password token and the new password.',
  AuditEntry: 'An entry of the audit log: an action and the user who did it. Entries cannot be changed.',
  AuditAction: 'The action that the entry records.',
  ApiKey: 'A key with which a program acts for a user, limited by its scopes.',
  IssuedApiKey: 'An API key with its secret text, which is shown only in this response.',
  Organization: 'A tenant. Organizations share no data.',
  FoundedOrganization: 'An organization with its first admin.',
  Summary: 'The number of tickets, without deleted tickets.',
  ...Object.fromEntries(SCHEMA_NAMES.map(([, name, description]) => [name, description])),
};

function answerOf(operationId: string): z.ZodType | undefined {
  return routeOf(operationId).successes[0]?.schema;
}

function enumIn(operationId: string, parameter: string): z.ZodType | undefined {
  return (routeOf(operationId).query?.shape[parameter] as z.ZodOptional<z.ZodType> | undefined)?.unwrap();
}
