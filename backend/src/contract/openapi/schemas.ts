import { Summary } from '@curlew/core/analytics';
import { ApiKey } from '@curlew/core/api-key';
import { AuditAction, AuditEntry } from '@curlew/core/audit';
import { Organization } from '@curlew/core/organization';
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
import { Analysis, KeyPhrase, Suggestion, SuggestionChoice, TriageSettings, UrgencyReason } from '@curlew/core/triage';
import { UserRole } from '@curlew/core/user';
import * as z from 'zod';
import { SCHEMA_NAMES, SCHEMA_TEXTS } from '../operations/index.ts';
import { refTo, type Schema } from './openapi.ts';
import { routeOf } from './routes.ts';

/** The schemas that become named components. All other schemas are written in place. */
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
  ...SCHEMA_NAMES.map(([schema, name]) => [schema, name] as const),
]);

const DESCRIPTIONS: Readonly<Record<string, string>> = {
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

/** The component name of a schema. For an array schema, the component name of its items. */
export function nameOf(schema: z.ZodType): string | undefined {
  return NAMES.get(schema instanceof z.ZodArray ? schema.element : schema);
}

/**
 * Converts a zod schema to an OpenAPI 3.0 schema. The named schemas that it refers to are added to `components`.
 * `input` describes requests, `output` responses.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Schema>): Schema {
  const { definitions = {}, ...root } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    // If zod cannot express a schema in OpenAPI, the schema's metadata contains the JSON Schema instead.
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

/** Rewrites zod's output as plain OpenAPI 3.0: references to components, without meaningless bounds and patterns. */
function tidy(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  const [only, ...others] = (schema.allOf ?? []) as Schema[];
  if (only?.$ref !== undefined && others.length === 0) {
    const { allOf: _, ...rest } = schema;
    const target = definitions[nameIn(only.$ref)] ?? {};
    // In OpenAPI 3.0 a `$ref` has no siblings such as `nullable`, so the target is copied instead.
    return Object.keys(rest).length === 0
      ? refTo('schemas', nameIn(only.$ref))
      : tidy({ ...target, ...rest }, definitions);
  }
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$schema' || keyword === 'id') continue;
    // zod adds the bounds of safe integers to every integer; the API itself has no such limits.
    if (Math.abs(value as number) === Number.MAX_SAFE_INTEGER) continue;
    // The pattern of a date-time is very long and repeats only what `format` says.
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
