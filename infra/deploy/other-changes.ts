import { readFileSync } from 'node:fs';

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Values | null;
      readonly after: Values | null;
    };
  }[];
}
type Values = Readonly<Record<string, unknown>>;

const CODE = new Set(['filename', 'source_code_hash']);

/** The changes of a plan (`terraform show -json`) besides the code of functions, one line each. */
export function otherChanges(plan: Plan): string[] {
  return (plan.resource_changes ?? []).flatMap(({ address, type, change }) => {
    const { actions, before, after } = change;
    if (actions.every((action) => action === 'no-op' || action === 'read')) return [];
    if (type !== 'aws_lambda_function' || before === null || after === null || actions.length > 1) {
      return [`  ${address}: ${actions.join(', then ')}`];
    }
    // `after` lacks values known only after the apply: the date of the change and values derived from the code.
    const changed = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
    const others = changed.filter((key) => !CODE.has(key));
    return others.length === 0 ? [] : [`  ${address}: ${others.join(', ')}`];
  });
}

if (import.meta.main) {
  const [file = ''] = process.argv.slice(2);
  for (const line of otherChanges(JSON.parse(readFileSync(file, 'utf8')))) console.log(line);
}
