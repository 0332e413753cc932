import type { Reach, Right } from '@curlew/core/kernel';
import type * as z from 'zod';
import type { TestRequest } from './test-request.ts';

/** Each kind of caller; the operator is an admin too. */
export const CALLER_KINDS = ['anonymous', 'customer', 'agent', 'admin', 'operator'] as const;

/** Examples of an operation. The keys of bodies and answers say in a few words what each example shows. */
export interface OperationExamples {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly bodies?: Readonly<Record<string, unknown>>;
  /** Examples of responses, by status. */
  readonly answers?: Readonly<Record<number, Readonly<Record<string, unknown>>>>;
}

/** What documents and tests say of an operation. Functions do not import it. */
export interface OperationText {
  readonly summary: string;
  readonly description?: string;
  /** The texts of query parameters, by name. */
  readonly query?: Readonly<Record<string, string>>;
  /** The texts of the successful responses, in the order of the route's `successes`. */
  readonly successes: readonly string[];
  /** Needed for each body and for each list of query parameters. */
  readonly examples?: OperationExamples;
  /**
   * The expected right, and over which resources each kind of caller may use it, in the order of `CALLER_KINDS`: none,
   * their own, or all of their organization. Written by hand, and derived from nothing: the tests compare the running
   * API and docs/rights.md with it.
   */
  readonly access: readonly [right: Right | 'public', Reach, Reach, Reach, Reach, Reach];
  /** The request of the access tests. */
  readonly request: TestRequest;
}

/** An entry for each row of a list of routes: one too few or too many does not compile. */
export type OperationTexts<Routes extends readonly { readonly id: string }[]> = Readonly<
  Record<Routes[number]['id'], OperationText>
>;

/**
 * A schema that has a name of its own in the document, with its description. `resource` is the name of the resource, if
 * the schema is the response to its creation and has more fields.
 */
export type SchemaName = readonly [schema: z.ZodType, name: string, description?: string, resource?: string];

/** Path parameters by name. */
export type PathParameters = Readonly<
  Record<
    string,
    { readonly description: string; readonly schema: { readonly type: 'string' }; readonly example: string }
  >
>;

/** A schema (of an object or of a field) with its text. */
export type SchemaText = readonly [schema: z.ZodType, text: string];

export function textOf(schema: z.ZodType, text: string): SchemaText[] {
  return [[schema, text]];
}

/** The texts of an object's fields. A text without a field does not compile. */
export function textsOf<Shape extends z.core.$ZodShape>(
  { shape }: z.ZodObject<Shape>,
  texts: { readonly [Field in keyof Shape]?: string },
): SchemaText[] {
  const fields = shape as unknown as Readonly<Record<string, z.ZodType>>;
  return Object.entries(texts as Readonly<Record<string, string>>).map(([field, text]) => [
    fields[field] as z.ZodType,
    text,
  ]);
}
