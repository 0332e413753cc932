import { type AnalysisResult, FLOORS } from './analysis.ts';
import { median } from './statistics.ts';
import { table, whole } from './tables.ts';

/** The speed of the text analysis, as Markdown. */
export function analysisTable({ rounds, ...other }: AnalysisResult): string {
  const rows = [...Map.groupBy(rounds, ({ characters }) => characters)].map(([characters, same]) => {
    const curlew = median(same.map((round) => round.curlew));
    return [
      whole(characters),
      ...FLOORS.map((name) => median(same.map((round) => round.curlew / round.floors[name])).toFixed(2)),
      whole(curlew),
      characters === TYPICAL ? `> ${whole(LEAST_PER_SECOND)}` : '',
      ...FLOORS.map((name) => whole(median(same.map((round) => round.floors[name])))),
      (1e6 / curlew / characters).toFixed(2),
    ];
  });
  const head = ['Characters', ...FLOORS.map((name) => `Ratio to ${name}`), 'Curlew/s', 'Target'];
  return [
    '### Analysing texts\n',
    table([...head, ...FLOORS.map((name) => `${name}/s`), 'µs per character'], rows, 0),
    '',
    table(
      ['Loaded with the first text', '', 'Target'],
      [
        ['Weights, KiB', whole(other.weightsKiB), ''],
        ['Language data, KiB', whole(other.languageDataKiB), ''],
        ['Both, KiB', whole(other.weightsKiB + other.languageDataKiB), '< 2,048'],
        ['First analysis of a process, ms', whole(median(other.firstAnalysisMilliseconds)), '< 200'],
      ],
      1,
    ),
  ].join('\n');
}

const TYPICAL = 260;
const LEAST_PER_SECOND = 2000;
