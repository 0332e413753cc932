import type { Result } from './measure.ts';
import { OPERATIONS } from './operations.ts';
import { median } from './statistics.ts';
import { growthOf, type Line, linesOf } from './summary.ts';

const GENERATOR_IS_THE_LIMIT = 0.9;

/** All figures of a result as Markdown tables. They show the targets, but do not judge the figures. */
export function tablesOf(result: Result): string {
  const lines = linesOf(result, 'required');
  const open = linesOf(result, 'open');
  const sizes = [...new Set(lines.map(({ tickets }) => tickets))];
  return [
    '### Rate and latency\n',
    rates(lines),
    ...generatorNotes([...lines, ...open]),
    '\n### Without authentication\n',
    withoutAuthentication(lines, open),
    ...(sizes.length > 1 ? ['\n### Growth\n', growth(result, sizes)] : []),
    '\n### Memory\n',
    memory(lines, sizes),
    '\n### Events\n',
    events(lines),
    '\n### Start\n',
    starts(result, sizes),
  ].join('\n');
}

function rates(lines: readonly Line[]): string {
  const head = [
    'Operation',
    'Tickets',
    'Ratio',
    'Target',
    'Curlew/s',
    'Floor/s',
    'p50 ms',
    'p99 ms',
    'p99/p50',
    'Target',
  ];
  const rows = lines.map((line) => [
    line.operation.title,
    whole(line.tickets),
    line.ratio.toFixed(2),
    line.operation.leastRatio === undefined ? '' : `≥ ${line.operation.leastRatio}`,
    whole(line.curlewPerSecond),
    whole(line.floorPerSecond),
    line.p50.toFixed(2),
    line.p99.toFixed(2),
    line.spread.toFixed(1),
    '< 10',
  ]);
  return table(head, rows, 1);
}

/** The cost of authentication: the same operations in open mode, on a copy of the database. */
function withoutAuthentication(lines: readonly Line[], open: readonly Line[]): string {
  const rows = open.map(({ operation, tickets, ratio, curlewPerSecond, p50 }) => {
    const closed = lines.find((one) => one.operation.id === operation.id && one.tickets === tickets);
    return [
      operation.title,
      whole(tickets),
      ratio.toFixed(2),
      (closed?.ratio ?? Number.NaN).toFixed(2),
      whole(curlewPerSecond),
      p50.toFixed(2),
    ];
  });
  return table(['Operation', 'Tickets', 'Ratio in open mode', 'Ratio above', 'Curlew/s', 'p50 ms'], rows, 1);
}

function generatorNotes(lines: readonly Line[]): string[] {
  const found = lines.filter(({ generatorLoad }) => generatorLoad > GENERATOR_IS_THE_LIMIT);
  return found.map(
    ({ operation, tickets, generatorLoad }) =>
      `\nThe load generator used ${Math.round(generatorLoad * 100)} % of its core in "${operation.title}" on ` +
      `${whole(tickets)} tickets: the faster of the two servers could handle more requests.`,
  );
}

function growth(result: Result, [small = 0, ...larger]: readonly number[]): string {
  const rows = OPERATIONS.filter(({ writes }) => !writes).map((operation) => [
    operation.title,
    ...larger.map((size) => `${growthOf(result, operation, small, size).toFixed(2)} ×`),
    operation.lists ? '≤ 1.5 ×' : '',
  ]);
  return table(['p50, relative to 1,000 tickets', ...larger.map(whole), 'Target'], rows, 1);
}

function memory(lines: readonly Line[], sizes: readonly number[]): string {
  const rows = OPERATIONS.map(({ id, title }) => [
    title,
    ...sizes.map((size) => {
      const line = lines.find(({ operation, tickets }) => operation.id === id && tickets === size);
      return line === undefined || Number.isNaN(line.residentMiB) ? '–' : Math.round(line.residentMiB).toString();
    }),
    '< 200',
  ]);
  return table(['Resident MiB after', ...sizes.map((size) => `${whole(size)} tickets`), 'Target'], rows, 1);
}

function events(lines: readonly Line[]): string {
  const rows = lines
    .filter(({ operation }) => operation.writes)
    .map((line) => [
      line.operation.title,
      whole(line.tickets),
      whole(line.eventsPending),
      Math.round(line.deliveryMilliseconds).toString(),
    ]);
  return table(['Operation', 'Tickets', 'Events waiting at the end', 'Delivered after ms'], rows, 1);
}

function starts({ starts }: Result, sizes: readonly number[]): string {
  const at = (size: number) => starts.filter(({ tickets }) => tickets === size).map(({ milliseconds }) => milliseconds);
  return table(
    ['Tickets', 'Start ms'],
    sizes.map((size) => [whole(size), median(at(size)).toFixed(0)]),
    0,
  );
}

/** A Markdown table with padded cells. Columns from `firstNumber` on are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], firstNumber: number): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const pad = (cells: readonly string[]) =>
    line(cells.map((cell, i) => (i < firstNumber ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))));
  const rule = line(widths.map((width, i) => (i < firstNumber ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  return [pad(head), rule, ...rows.map(pad)].join('\n');
}

export function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
