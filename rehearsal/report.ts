import type { PoolFacts } from './functions/function-pool.ts';
import type { CallCount } from './policy/recorded-calls.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Details of the result: printed in full for a failure, in one line for a success. */
  readonly detail: string;
}

export interface ScenarioReport {
  readonly title: string;
  readonly checks: readonly Check[];
  readonly seconds: readonly (readonly [step: string, seconds: number])[];
  readonly functions: readonly { readonly name: string; readonly facts: PoolFacts }[];
  readonly calls: readonly CallCount[];
  readonly deliveries: readonly (readonly [source: string, count: number])[];
}

/** The report as Markdown. */
export function reportText(scenarios: readonly ScenarioReport[]): string {
  return `# Rehearsal\n\n${summaryLine(scenarios)}\n\n${scenarios.map(scenarioText).join('\n')}`;
}

export function summaryLine(scenarios: readonly ScenarioReport[]): string {
  const checks = scenarios.flatMap((one) => one.checks);
  const failed = checks.filter(({ ok }) => !ok).length;
  return `${checks.length - failed} checks passed, ${failed} failed`;
}

export function checkLine({ ok, name, detail }: Check): string {
  const text = detail === '' ? name : `${name}: ${detail}`;
  return `${ok ? 'passed' : 'FAILED'}  ${text}`;
}

function scenarioText({ title, checks, seconds, functions, calls, deliveries }: ScenarioReport): string {
  return `## ${title}

${checks.map(({ ok, name, detail }) => `- ${ok ? 'passed' : '**FAILED**'}: ${name}${detail === '' ? '' : `: ${indented(detail)}`}`).join('\n')}

${table(
  ['Step', 'Seconds'],
  seconds.map(([step, value]) => [step, value.toFixed(1)]),
)}
${table(
  ['Function', 'Invocations', 'In error', 'Cold starts', 'Largest process, MiB'],
  functions.map(({ name, facts }) => [name, facts.invocations, facts.errors, facts.coldStarts, facts.largestMegabytes]),
)}
${table(
  ['Function', 'Action', 'Resource', 'Calls'],
  calls.map((call) => [call.function, call.action, shortArn(call.resource), call.count]),
)}
${table(
  ['Source', 'Delivered'],
  deliveries.map(([source, count]) => [shortArn(source), count]),
)}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function indented(text: string): string {
  return text.includes('\n') ? `\n\n${text.replace(/^/gm, '      ')}\n` : text;
}

/** `arn:aws:dynamodb:eu-central-1:123456789012:table/x` → `dynamodb table/x` */
function shortArn(arn: string): string {
  const [, , service, , , ...rest] = arn.split(':');
  return rest.length === 0 ? arn : `${service} ${rest.join(':').replace(/\/stream\/.*$/, '/stream')}`;
}
