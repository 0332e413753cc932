import type * as z from 'zod';
import type { Spellings } from '../../http/spellings.ts';
import { BODY_TEXTS } from '../operations/index.ts';
import { refTo, type Schema } from './openapi.ts';
import type { AnyRoute } from './routes.ts';
import { NOUNS } from './schema-names.ts';
import { nameOf, schemaOf } from './schemas.ts';

type Properties = Readonly<Record<string, Schema>>;

/** A reference to the component of a route's request body, such as `NewTicket`, `TicketReplacement`, `TicketPatch`. */
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

/** Descriptions by the component's name, or by the kind of the body. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...BODY_TEXTS,
  replace: 'An optional field that is left out returns to its default.',
  merge:
    'A field that is left out keeps its value. Null returns an optional field to its default, and removes a member of an object. The fields that PUT requires cannot be removed.',
};

/** Puts the meaning of each field, taken from the resource, before the body's own text about its allowed values. */
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
    { ...properties[name], deprecated: true, description: `Another name for \`${name}\`.` },
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

const READ_ONLY = 'Read-only: send the value from GET, or leave the field out.';

/** A resource from GET can be sent back with PUT, so the replacement also has the read-only fields. */
function replacementOf(schema: Schema, resource: Schema): Schema {
  const { properties = {} } = schema;
  const readOnly = Object.entries(resource.properties ?? {})
    .filter(([name]) => !Object.hasOwn(properties, name))
    .map(([name, one]) => [name, one.$ref === undefined ? { ...one, description: READ_ONLY } : one]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(readOnly) } };
}

/** The merge patch of a body: no field is required, and optional fields accept null. */
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
