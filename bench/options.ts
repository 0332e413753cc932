import { parseArgs } from 'node:util';

export interface Options {
  /** The numbers of tickets in the databases. */
  readonly sizes: readonly number[];
  readonly connections: number;
  /** Many short rounds: other load on the machine then disturbs some rounds, but not their median. */
  readonly rounds: number;
  readonly firstWarmUpMilliseconds: number;
  readonly warmUpMilliseconds: number;
  readonly measuredMilliseconds: number;
  readonly jsonFile: string | undefined;
  readonly writesDocument: boolean;
  /** The command of this run, so that a reader can repeat it. */
  readonly command: string;
}

const USAGE = `npm run bench -- [--quick | --million] [--json FILE] [--write]
  --quick    short phases and 1,000 tickets only: checks that the benchmark works; the figures mean nothing
  --million  1,000,000 tickets too; needs about 5 GB of disk
  --json     writes all figures to FILE
  --write    writes docs/performance.md after a quick run too`;

/** Parses the command line. Throws an error with the usage. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const flags = [values.quick && '--quick', values.million && '--million'].filter((flag) => typeof flag === 'string');
  if (flags.length > 1) throw new Error(USAGE);
  const timing = values.quick
    ? { rounds: 3, firstWarmUpMilliseconds: 300, warmUpMilliseconds: 100, measuredMilliseconds: 300 }
    : { rounds: 9, firstWarmUpMilliseconds: 1000, warmUpMilliseconds: 200, measuredMilliseconds: 1000 };
  return {
    ...timing,
    sizes: values.quick ? [1000] : values.million ? [1000, 100_000, 1_000_000] : [1000, 100_000],
    connections: 32,
    jsonFile: values.json,
    writesDocument: values.write || !values.quick,
    command: ['npm run bench', ...(flags.length > 0 ? ['--', ...flags] : [])].join(' '),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        million: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}
