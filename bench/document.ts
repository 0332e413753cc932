import { availableParallelism, cpus } from 'node:os';
import type { Options } from './options.ts';

/** The document about the last run, with its tables. */
export function documentOf(tables: string, options: Options, date: Date): string {
  const { connections, rounds, firstWarmUpMilliseconds, measuredMilliseconds } = options;
  return `# Performance

Written by the benchmark itself; do not edit. To repeat it:

    ${options.command}

Last run on ${date.toISOString().slice(0, 10)}: ${machine()}.

## What is measured

A load generator in a process of its own keeps ${connections} connections busy, each with one request at a time. An
operation is measured in ${rounds} rounds after ${firstWarmUpMilliseconds / 1000} s of warm-up. A round takes the floor for ${measuredMilliseconds / 1000} s and right after
it Curlew for as long; the figures are medians of the rounds.

**The floor** is a bare \`node:http\` server with one prepared \`node:sqlite\` statement per operation
(\`bench/floor-server.ts\`): WAL, \`synchronous=NORMAL\`, the same number of rows, the same requests. It parses the body
and writes one row, or reads rows that are stored as they are answered. It checks nothing, keeps no history, and may
lose its last writes in a power cut.

**Curlew** is the server as \`npm start\` runs it. Every request carries an API key of an admin; Curlew asks who that is
and what they may do, counts the request for their limit, which is set out of reach, parses and checks it, writes ticket,
event, history and idempotency record in one transaction, has it on disk before it answers (\`synchronous=FULL\`), and
delivers the events meanwhile. What a key proves is looked up once a minute.

- **Ratio**: Curlew's requests per second divided by the floor's, round by round. This is the figure to watch: rates
  and times depend on the machine and on what else runs on it, the ratio much less.
- **p50, p99**: how long Curlew takes to answer, under that full load. With fewer requests at once it is faster.
- **Without authentication**: the same in open mode, where nobody is asked and nothing is counted, in rounds of its own.
- **Growth**: the p50 on a large database divided by the p50 on 1,000 tickets. Reads and lists are measured before
  anything is written; the writes start from the number of tickets given and add to it.
- **Resident MiB**: the memory of the Curlew process after each operation, in the order in which they ran.
- **Events waiting**: how many events were not delivered yet when the load ended, and how long it took until all were.
- **Start**: from the start of the process until it listens.
- **Reading texts**: language, feelings, key phrases, urgency and category of a text, on one core, beside two lexicons from
  npm that tell feelings and nothing else. Made-up messages (\`models/messages\`), cut or joined to a length; most
  tickets have about 260 characters. **First analysis**: how long a process that has loaded nothing of it yet needs until
  its first text is read; median of ${rounds} processes.

New tickets have about 400 bytes, come from customers who are known by their address, and carry an
\`Idempotency-Key\`. Reads are spread over up to 20,000 tickets, messages over those of them that are not closed.
The databases lie in the system's temporary folder; where that is no disk, set \`TMPDIR\` to a folder that is on one.

Other forms: \`npm run bench -- --million\` adds 1,000,000 tickets, \`npm run bench -- --quick\` only shows that the
benchmark works, \`--json FILE\` keeps all figures.

## Result

${tables}
`;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown CPU';
  return `${model}, ${availableParallelism()} cores, ${process.platform}, Node ${process.versions.node}`;
}
