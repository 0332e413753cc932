import { readdirSync, readFileSync } from 'node:fs';
import { FUNCTIONS } from '../../../backend/src/hosts/lambda/functions.ts';
import { SUBSCRIPTIONS } from '../../../backend/src/services/index.ts';

export type Layout = 'one-function' | 'per-service';

/** The settings of an environment that may cost money without requests. */
export interface Environment {
  readonly name: string;
  readonly alarms: Readonly<Record<Layout, number>>;
  readonly recovery: boolean;
  readonly logDays: number;
}

const INFRA = new URL('../../', import.meta.url);

/** The environments with their default settings, read from Terraform's files. */
export function readEnvironments(): readonly Environment[] {
  const folders = readdirSync(new URL('environments/', INFRA), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const alarms = { 'one-function': alarmCount('one-function'), 'per-service': alarmCount('per-service') };
  return names.sort().map((name) => {
    const main = read(`environments/${name}/main.tf`);
    const hasAlarms = /^\s*alarms\s*=\s*\{\s*enabled\s*=\s*true/m.test(main);
    return {
      name,
      alarms: hasAlarms ? alarms : { 'one-function': 0, 'per-service': 0 },
      recovery: /point_in_time_recovery\s*=\s*true/.test(main),
      logDays: Number(found(read(`environments/${name}/variables.tf`), /"log_retention_days"[^}]*default\s*=\s*(\d+)/)),
    };
  });
}

/** The number of alarms of the module observability. Some exist once, some for each function or dead-letter queue. */
function alarmCount(layout: Layout): number {
  const counts: Readonly<Record<string, number>> = {
    function_names: FUNCTIONS.filter(
      ({ name, trigger }) => trigger !== 'http' || (name === 'all') === (layout === 'one-function'),
    ).length,
    // One dead-letter queue for each subscription, and one for the relay.
    dead_letter_queue_names: SUBSCRIPTIONS.length + 1,
  };
  const alarms = found(read('modules/observability/main.tf'), /alarms\s*=\s*merge\(([\s\S]*?)\n {2}\)/);
  const loops = [...alarms.matchAll(/\{ for \w+, \w+ in var\.(\w+) :/g)].map(([, variable = '']) => counts[variable]);
  const blocks = [...alarms.matchAll(/\bsection\s*=/g)].length;
  const repeated = loops.map((count) => {
    if (count === undefined)
      throw new Error('The module observability repeats alarms over a variable that is not known here.');
    return count;
  });
  return blocks - loops.length + repeated.reduce((sum, count) => sum + count, 0);
}

function read(path: string): string {
  return readFileSync(new URL(path, INFRA), 'utf8');
}

function found(text: string, pattern: RegExp): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`Terraform's files do not match ${pattern}.`);
  return value;
}
