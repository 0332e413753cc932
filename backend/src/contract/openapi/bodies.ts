import type * as z from 'zod';
import type { Spellings } from '../../http/spellings.ts';
import { refTo, type Schema } from './openapi.ts';
import type { AnyRoute } from './routes.ts';
import { nameOf, schemaOf } from './schemas.ts';

type Properties = Readonly<Record<string, Schema>>;

/** The component that describes what a route takes: `NewTicket`, `TicketReplacement`, `TicketPatch`. */
export function bodySchema(route: AnyRoute, components: Map<string, Schema>): Schema {
  const { body, spellings = {}, successes } = route;
  if (body !== undefined && nameOf(body.schema) !== undefined) return schemaOf(body.schema, 'input', components);
  const answer = successes[0]?.schema;
  const noun = answer === undefined ? undefined : nameOf(answer);
  if (body === undefined || answer === undefined || noun === undefined) {
    throw new Error(`The body of ${route.id} has no name: its answer is not in the table of named schemas.`);
  }
  const resource = outputOf(answer, components);
  const written = explained(schemaOf(body.schema, 'input', components), resource);
  const [name, schema] =
    body.kind === 'create'
      ? [`New${NOUNS[noun] ?? noun}`, withSpellings(written, spellings)]
      : body.kind === 'replace'
        ? [`${noun}Replacement`, replacementOf(written, resource)]
        : [`${noun}Patch`, patchOf(written)];
  if (components.has(name)) throw new Error(`Two routes take a ${name}; one of them needs another name.`);
  components.set(name, { description: DESCRIPTIONS[name] ?? DESCRIPTIONS[body.kind] ?? `A new ${noun}.`, ...schema });
  return refTo('schemas', name);
}

/** What is made, where the answer to its making says more of it than later ones. */
const NOUNS: Readonly<Record<string, string>> = { IssuedApiKey: 'ApiKey', FoundedOrganization: 'Organization' };

/** Of one body, or of all of a kind. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NewTicket:
    'A title or a description is required; without a title the first line of the description becomes it. Unless ' +
    'given, the status is NEW, the priority MEDIUM, the type INCIDENT.',
  NewTask: 'A title is enough. Unless given, the task is not done, and belongs to no ticket.',
  NewMessage: 'A reply unless `kind` says otherwise.',
  NewApiKey: 'Unless given, it never expires, and acts for the caller.',
  NewOrganization: 'An organization begins with one admin, who lets everybody else in.',
  NewPasswordToken: 'What the token is for.',
  NewUser: 'Unless given, the id is made by the server, the name is the address or the id, the role customer.',
  replace: 'An optional field that is left out returns to its default.',
  merge:
    'What is left out stays as it is. Null returns an optional field to its default, and takes a member out of an object; the fields that PUT requires cannot be removed.',
};

/** What a field means stands with the resource; what may be written to it, with the body. */
function explained(schema: Schema, resource: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => {
    const meaning = resource.properties?.[name]?.description;
    if (one.$ref !== undefined || meaning === undefined || one.description === meaning) return [name, one];
    return [name, { ...one, description: [meaning, one.description].filter((text) => text !== undefined).join(' ') }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function withSpellings(schema: Schema, { names = {}, tags = [] }: Spellings): Schema {
  const { properties = {} } = schema;
  const others = Object.entries(names).map(([other, name]) => [
    other,
    { ...properties[name], deprecated: true, description: `Another spelling of \`${name}\`.` },
  ]);
  const tagLength = Number(properties.tags?.items?.maxLength);
  const asTags = tags.map((field) => [
    field,
    {
      type: 'string',
      maxLength: tagLength - `${field}:`.length,
      deprecated: true,
      description: `Becomes the tag \`${field}:…\`.`,
    },
  ]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries([...others, ...asTags]) } };
}

/** What GET answers can be sent back, so the read-only fields are part of it. */
function replacementOf(schema: Schema, resource: Schema): Schema {
  const { properties = {} } = schema;
  const readOnly = Object.entries(resource.properties ?? {})
    .filter(([name]) => !Object.hasOwn(properties, name))
    .map(([name, one]) => [name, { ...one, description: 'Read-only: as GET answers it, or left out.' }]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(readOnly) } };
}

/** What is left out stays; null returns a field that may be missing to its default. */
function patchOf({ type, required = [], properties = {}, ...rest }: Schema): Schema {
  const optional = ({ type: own, ...others }: Schema): Schema => ({ type: own as string, nullable: true, ...others });
  const patched: Properties = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, required.includes(name) ? one : optional(one)]),
  );
  return { type: type as string, properties: patched, ...rest };
}

function outputOf(answer: z.ZodType, components: Map<string, Schema>): Schema {
  schemaOf(answer, 'output', components);
  return components.get(nameOf(answer) ?? '') ?? {};
}
