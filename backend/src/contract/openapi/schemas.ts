import { Summary } from '@curlew/core/analytics';
import { ApiKey } from '@curlew/core/api-key';
import { AuditAction, AuditEntry } from '@curlew/core/audit';
import { Organization } from '@curlew/core/organization';
import { PasswordByToken, PasswordChange, PasswordToken, Refresh, Session, SignIn, Tokens } from '@curlew/core/session';
import { Task } from '@curlew/core/task';
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
import { Analysis, KeyPhrase, Suggestion, SuggestionChoice, TriageSettings, UrgencyReason } from '@curlew/core/triage';
import { UserRole } from '@curlew/core/user';
import * as z from 'zod';
import { SCHEMA_TEXTS } from '../texts/index.ts';
import { refTo, type Schema } from './openapi.ts';
import { routeOf } from './routes.ts';

/** What has a name of its own in the document; everything else stands where it is used. */
const NAMES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Ticket, 'Ticket'],
  [TicketRow, 'TicketRow'],
  [TicketStatus, 'TicketStatus'],
  [TicketPriority, 'TicketPriority'],
  [TicketType, 'TicketType'],
  [Sentiment, 'Sentiment'],
  [Message, 'Message'],
  [MessageKind, 'MessageKind'],
  [HistoryEntry, 'HistoryEntry'],
  [PersonalData, 'PersonalData'],
  [Analysis, 'Analysis'],
  [KeyPhrase, 'KeyPhrase'],
  [UrgencyReason, 'UrgencyReason'],
  [Suggestion, 'Suggestion'],
  [SuggestionChoice, 'SuggestionChoice'],
  [TriageSettings, 'TriageSettings'],
  [Task, 'Task'],
  [answerOf('getUser'), 'User'],
  [UserRole, 'UserRole'],
  [SignIn, 'SignIn'],
  [Refresh, 'Refresh'],
  [Tokens, 'Tokens'],
  [Session, 'Session'],
  [PasswordChange, 'PasswordChange'],
  [PasswordToken, 'PasswordToken'],
  [PasswordByToken, 'PasswordByToken'],
  [ApiKey, 'ApiKey'],
  [AuditEntry, 'AuditEntry'],
  [AuditAction, 'AuditAction'],
  [answerOf('createApiKey'), 'IssuedApiKey'],
  [Organization, 'Organization'],
  [answerOf('createOrganization'), 'FoundedOrganization'],
  [Summary, 'Summary'],
  [answerOf('getHealth'), 'Health'],
]);

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Ticket: 'A ticket with everything that belongs to it but its messages, its history and its tasks.',
  TicketRow: 'A ticket as a list shows it: without `customFields`, and with the beginning of its description only.',
  TicketStatus: `The steps there are: ${Object.entries(NEXT)
    .map(([from, to]) => `${from} → ${to.length === 0 ? 'nothing' : to.join(', ')}`)
    .join('; ')}.`,
  MessageKind: 'A reply is public, a note internal.',
  HistoryEntry: 'One thing that happened to a ticket. `changes` holds each field that changed, before and after.',
  PersonalData: 'A part of what is stored of a person: their account, or a ticket of theirs.',
  Task: 'A to-do, alone or on a ticket.',
  User: 'A person. `user_id` repeats the id for callers that know it by this name.',
  SignIn: 'Who you are, by address and password.',
  Refresh: 'The latest refresh token of a session.',
  Tokens: 'What proves who you are, and how to go on when it has expired.',
  Session: 'One place where you are signed in.',
  PasswordChange: 'The password so far, and the one from now on.',
  PasswordToken: 'Lets whoever has it set a password, once.',
  PasswordByToken: 'A token that was handed to you, and the password from now on.',
  AuditEntry: 'Something worth knowing who did it. Nobody can change it.',
  AuditAction: 'What was done.',
  ApiKey: 'Lets a program act for a user, within its scopes.',
  IssuedApiKey: 'An API key with its text, which is shown this once.',
  Organization: 'A tenant: nothing is shared between two of them.',
  FoundedOrganization: 'An organization with its first admin.',
  Summary: 'How many tickets there are, deleted ones not counted.',
};

/** The name of the component that a route's schema is, or is a list of. */
export function nameOf(schema: z.ZodType): string | undefined {
  return NAMES.get(schema instanceof z.ZodArray ? schema.element : schema);
}

/**
 * A zod schema as OpenAPI 3.0 has it. The named schemas that it refers to are added to `components`.
 * `input` is what callers may send, `output` what they get.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Schema>): Schema {
  const { definitions = {}, ...root } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    // What zod cannot express has its JSON Schema in its metadata.
    unrepresentable: 'any',
    metadata: WITH_NAMES,
  }) as Schema & { definitions?: Readonly<Record<string, Schema>> };
  for (const [name, definition] of Object.entries(definitions)) {
    const description = DESCRIPTIONS[name];
    if (components.has(name)) continue;
    components.set(name, { ...(description === undefined ? {} : { description }), ...tidy(definition, definitions) });
  }
  return tidy(root, definitions);
}

const WITH_NAMES = Object.assign(z.registry<z.core.GlobalMeta>(), {
  get(schema: z.core.$ZodType) {
    const id = NAMES.get(schema);
    const meta = z.globalRegistry.get(schema);
    const description = SCHEMA_TEXTS.get(schema);
    if (id === undefined && description === undefined) return meta;
    return { ...meta, ...(description === undefined ? {} : { description }), ...(id === undefined ? {} : { id }) };
  },
});

/** Says what zod said in the words of OpenAPI 3.0. */
function tidy(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  const [only, ...others] = (schema.allOf ?? []) as Schema[];
  if (only?.$ref !== undefined && others.length === 0) {
    const { allOf: _, ...rest } = schema;
    const target = definitions[nameIn(only.$ref)] ?? {};
    // A reference has no siblings, and cannot be made nullable: its target is copied.
    return Object.keys(rest).length === 0
      ? refTo('schemas', nameIn(only.$ref))
      : tidy({ ...target, ...rest }, definitions);
  }
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$schema' || keyword === 'id') continue;
    // A whole number that JSON can carry exactly: no bound that anybody set.
    if (Math.abs(value as number) === Number.MAX_SAFE_INTEGER) continue;
    // The pattern of an instant fills a screen, and says no more than its format.
    if (keyword === 'pattern' && schema.format === 'date-time') continue;
    if (keyword === 'properties' && Object.keys(value as object).length === 0) continue;
    if (keyword === '$ref') result.$ref = refTo('schemas', nameIn(String(value))).$ref;
    else if (keyword === 'properties') result.properties = eachTidy(value as Record<string, Schema>, definitions);
    else if (keyword === 'items') result.items = tidy(value as Schema, definitions);
    else if (keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'allOf') {
      result[keyword] = (value as Schema[]).map((one) => tidy(one, definitions));
    } else if (keyword === 'additionalProperties' && typeof value === 'object') {
      result.additionalProperties = Object.keys(value as object).length === 0 || tidy(value as Schema, definitions);
    } else result[keyword] = value;
  }
  if (schema.nullable === true && Array.isArray(schema.enum)) result.enum = [...schema.enum, null];
  return inOrder(result);
}

function eachTidy(properties: Readonly<Record<string, Schema>>, definitions: Readonly<Record<string, Schema>>) {
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, tidy(one, definitions)]));
}

const FIRST = ['$ref', 'type', 'nullable', 'format', 'enum', 'description'];

function inOrder(schema: Schema): Schema {
  const place = (keyword: string) => (FIRST.includes(keyword) ? FIRST.indexOf(keyword) : FIRST.length);
  return Object.fromEntries(Object.entries(schema).sort(([a], [b]) => place(a) - place(b)));
}

function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function answerOf(operationId: string): z.ZodType | undefined {
  return routeOf(operationId).successes[0]?.schema;
}
