import type * as z from 'zod';

/** The texts of an operation. */
export interface OperationText {
  readonly summary: string;
  readonly description?: string;
  /** Of query parameters, by name. */
  readonly query?: Readonly<Record<string, string>>;
  /** Of its successes, in the order of the row. */
  readonly successes: readonly string[];
}

/** A text for each row of a list of routes: one too few or too many does not compile. */
export type OperationTexts<Routes extends readonly { readonly id: string }[]> = Readonly<
  Record<Routes[number]['id'], OperationText>
>;

/** A schema, or the schema of a field, with its text. */
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
