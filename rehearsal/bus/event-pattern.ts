type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Pattern = { readonly [name: string]: Json };

/**
 * Whether a JSON value matches an event pattern of EventBridge. Filters of event source mappings use the same patterns.
 * Throws for an unknown operator, so that no event matches here that AWS would filter out.
 */
export function fitsPattern(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as Pattern[]).some((one) => fitsPattern(one, value));
    const given = isObject(value) ? value[name] : undefined;
    if (!Array.isArray(wanted)) return fitsPattern(wanted as Pattern, given);
    const candidates = Array.isArray(given) ? given : [given];
    return wanted.some((rule) => candidates.some((candidate) => fitsRule(rule, candidate)));
  });
}

function fitsRule(rule: Json, value: unknown): boolean {
  if (!isObject(rule)) return rule === value;
  const [[operator, operand] = ['', null]] = Object.entries(rule as { [name: string]: Json });
  switch (operator) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(operand));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase();
    case 'anything-but':
      return value !== undefined && ![operand].flat().some((one) => fitsRule(one as Json, value));
    case 'numeric':
      return typeof value === 'number' && fitsNumbers(operand as (string | number)[], value);
    default:
      throw new Error(`The rehearsal does not support the event pattern operator ${operator}.`);
  }
}

function fitsNumbers([operator, bound, ...rest]: readonly (string | number)[], value: number): boolean {
  if (operator === undefined) return true;
  const limit = Number(bound);
  const fits =
    { '=': value === limit, '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit }[
      operator
    ] ?? false;
  return fits && fitsNumbers(rest, value);
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
