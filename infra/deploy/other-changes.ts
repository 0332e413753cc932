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

/** What a plan (`terraform show -json`) changes besides the code of functions, a line each. */
export function otherChanges(plan: Plan): string[] {
  return (plan.resource_changes ?? []).flatMap(({ address, type, change }) => {
    const { actions, before, after } = change;
    if (actions.every((action) => action === 'no-op' || action === 'read')) return [];
    if (type !== 'aws_lambda_function' || before === null || after === null || actions.length > 1) {
      return [`  ${address}: ${actions.join(', then ')}`];
    }
    // What is only known after the apply is not in `after`: the date of the change and what derives from the code.
    const changed = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
    const others = changed.filter((key) => !CODE.has(key));
    return others.length === 0 ? [] : [`  ${address}: ${others.join(', ')}`];
  });
}

if (import.meta.main) {
  const [file = ''] = process.argv.slice(2);
  for (const line of otherChanges(JSON.parse(readFileSync(file, 'utf8')))) console.log(line);
}
