import { bytesOf, eagerFiles } from '../../backend/build/sizes.ts';
import { median } from '../statistics.ts';
import type { Import } from './measure-imports.ts';
import type { Baseline, Subject } from './subjects.ts';

const EAGER_KIB_TARGET = 450;
const RATIO_TARGET = 2;

export interface Row {
  readonly name: string;
  readonly baseline: boolean;
  readonly zipKib: number;
  readonly eagerKib: number;
  readonly leastMilliseconds: number;
  readonly medianMilliseconds: number;
  readonly timesEmpty: number;
  readonly timesBareSdk: number;
  /**
   * Only for a function that reads from AWS while it loads. A comparison with a handler without reads would be unfair.
   */
  readonly timesOneRead: number | undefined;
}

export function rowsOf(subjects: readonly Subject[], imports: ReadonlyMap<string, readonly Import[]>): readonly Row[] {
  const of = (name: string) => imports.get(name) ?? [];
  return subjects.map(({ name, baseline, zipBytes, outputs }) => {
    const mine = of(name);
    // The ratio of times in the same round, so that a slow moment of the machine affects both of them.
    const times = (other: Baseline) =>
      median(mine.map((one, round) => one.milliseconds / (of(other)[round]?.milliseconds ?? Number.NaN)));
    return {
      name,
      baseline,
      zipKib: zipBytes / 1024,
      eagerKib: bytesOf(outputs, eagerFiles(outputs)) / 1024,
      leastMilliseconds: Math.min(...mine.map(({ milliseconds }) => milliseconds)),
      medianMilliseconds: median(mine.map(({ milliseconds }) => milliseconds)),
      timesEmpty: times('empty'),
      timesBareSdk: times('bare-sdk'),
      timesOneRead: mine.some(({ reads }) => reads) ? times('one-read') : undefined,
    };
  });
}

/** The functions that miss a target, each with the target. */
export function overTarget(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ baseline }) => !baseline)
    .flatMap(({ name, eagerKib, timesBareSdk, timesOneRead }) => [
      ...(eagerKib >= EAGER_KIB_TARGET ? [`${name}: ${eagerKib.toFixed(0)} KiB of code`] : []),
      ...(timesBareSdk > RATIO_TARGET
        ? [`${name}: ${timesBareSdk.toFixed(2)} times a bare SDK handler${comparedWithRead(timesOneRead)}`]
        : []),
    ]);
}

function comparedWithRead(times: number | undefined): string {
  return times === undefined ? '' : `, ${times.toFixed(2)} times one that reads as well`;
}

export function sectionFor(rows: readonly Row[], rounds: number, date: Date): string {
  return `## Cold start of the functions

Printed by \`npx node bench/cold-start/main.ts\` on ${date.toISOString().slice(0, 10)} with Node ${process.versions.node}; do not edit.

- **Zip**: the package that Lambda fetches. **Eager**: minified code that is compiled before the first request:
  \`index.mjs\` and its static imports.
- **Init**: the time that a new Node process takes to import \`index.mjs\`, until the handler can run; least and median of
  ${rounds} processes. A function starts its first reads of tables while it loads, and the first request waits for
  them. Init does not include that time, unless the function itself waits (then the last column has a figure).
- **× empty**: relative to an empty handler, in the same round; median. **× SDK**: relative to a handler that only
  creates a \`DynamoDBDocumentClient\`. **× SDK, one read**: relative to one that also reads one item while it loads.
  The baselines are in \`bench/cold-start/baselines\`.

${table(rows)}

Targets: less than ${EAGER_KIB_TARGET} KiB eager, and × SDK at most ${RATIO_TARGET}. The first call of the SDK in a process is slow, as the baseline with
one read shows. A function that makes this call while it loads saves the time in its first request. The last column
compares such a function with that baseline. \`npx node bench/cold-start/main.ts --sizes all\` lists the sources of a function's code.
`;
}

function table(rows: readonly Row[]): string {
  const head = ['Function', 'Zip KiB', 'Eager KiB', 'Init ms', 'median', '× empty', '× SDK', '× SDK, one read'];
  const cells = rows.map((row) => [
    row.baseline ? `_${row.name}_` : row.name,
    row.zipKib.toFixed(0),
    row.eagerKib.toFixed(0),
    row.leastMilliseconds.toFixed(1),
    row.medianMilliseconds.toFixed(1),
    row.timesEmpty.toFixed(0),
    row.timesBareSdk.toFixed(2),
    row.timesOneRead?.toFixed(2) ?? '',
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...cells].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...cells.map(line)].join('\n');
}
