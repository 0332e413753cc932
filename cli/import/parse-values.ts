import { UsageProblem } from '../terminal/problems.ts';
import { type ValueMap, valueKey } from './fit-row.ts';
import type { Profile } from './profiles.ts';

/**
 * Reads `--value` options of the form `field:Value=VALUE`, which come before the values of the help desk. Throws
 * `UsageProblem`.
 */
export function parseValues(options: readonly string[], { values: known }: Profile): ValueMap {
  const values = new Map(
    Object.entries(known).map(([field, words]) => [
      field,
      new Map(Object.entries(words).map(([value, target]) => [valueKey(value), target])),
    ]),
  );
  for (const option of options) {
    const [, field = '', value = '', target = ''] = /^(status|priority|type):(.+)=(\w+)$/.exec(option.trim()) ?? [];
    if (field === '') {
      throw new UsageProblem(
        `--value "${option}" is not of the form "status:Pending=IN_PROGRESS". The fields are status, priority, type.`,
      );
    }
    const ofField = values.get(field) ?? new Map<string, string>();
    values.set(field, ofField);
    ofField.set(valueKey(value), target.toUpperCase());
  }
  return values;
}
