import { OPERATION_TEXTS, PARAMETER_TEXTS } from '../operations/index.ts';
import type { OperationText } from '../operations/text-types.ts';
import type { AnyRoute, RouteId } from './routes.ts';

// A route without texts does not compile.
const TEXTS: Readonly<Record<RouteId, OperationText>> = OPERATION_TEXTS;

/** The texts of a route. Throws if the texts do not fit the route's successes and query parameters. */
export function textsFor({ id, query, successes }: AnyRoute): OperationText {
  const texts = TEXTS[id as RouteId];
  if (texts === undefined) throw new Error(`The operation ${id} has no texts.`);
  if (texts.successes.length !== successes.length) {
    throw new Error(`${id} has ${successes.length} successes, and texts for ${texts.successes.length}.`);
  }
  const unknown = Object.keys(texts.query ?? {}).find((name) => !Object.hasOwn(query?.shape ?? {}, name));
  if (unknown !== undefined) throw new Error(`${id} has no query parameter ${unknown}, but a text for it.`);
  return texts;
}

/** The text of a query parameter, or undefined if it has no text. */
export function parameterText(route: AnyRoute, name: string): string | undefined {
  return textsFor(route).query?.[name] ?? PARAMETER_TEXTS[name];
}
