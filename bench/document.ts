import { availableParallelism, cpus } from 'node:os';
import type { Options } from './options.ts';

/** The text of docs/performance.md for a run, with its tables. */
export function documentOf(tables: string, options: Options, date: Date): string {
  const { connections, rounds, firstWarmUpMilliseconds, measuredMilliseconds } = options;
  return `# Performance

The benchmark prints this page; do not edit. To repeat it:

    ${options.command}

Last run on ${date.toISOString().slice(0, 10)}: ${machine()}.

## Method

A load generator in a separate process keeps ${connections} connections busy, each with one request at a time. Each
operation is measured in ${rounds} rounds after ${firstWarmUpMilliseconds / 1000} s of warm-up. A round measures the floor for ${measuredMilliseconds / 1000} s and then
Curlew for the same time; the figures are medians of the rounds.

**The floor** is a bare \`node:http\` server with one prepared \`node:sqlite\` statement per operation
(\`bench/floor-server.ts\`): WAL, \`synchronous=NORMAL\`, the same number of rows, the same requests. It parses the body
and writes one row, or reads rows in the format of the answer. It has no checks and no history, and may lose its last
writes in a power cut.

**Curlew** is the server of \`npm start\`. Each request has the API key of an admin. Curlew identifies the caller, checks
rights, counts the request for a limit that is never reached, and parses and checks the request. It writes ticket,
event, history and receipt in one transaction, which is on disk before the answer (\`synchronous=FULL\`), and delivers
the events at the same time. It looks up the key once a minute.

- **Ratio**: Curlew's requests per second divided by the floor's, round by round. This is the most stable figure: rates
  and times depend on the machine and its other load, the ratio much less.
- **p50, p99**: the response times of Curlew under full load. They are shorter with fewer parallel requests.
- **Without authentication**: the same in open mode, without lookup of callers and without limits, in separate rounds.
- **Growth**: the p50 on a large database divided by the p50 on 1,000 tickets. Reads and lists are measured before
  the writes; the writes start at the given number of tickets and add to it.
- **Resident MiB**: the memory of the Curlew process after each operation, in the order in which they ran.
- **Events waiting**: the number of undelivered events at the end of the load, and the time until all were delivered.
- **Start**: the time from the start of the process until it listens.
- **Analysing texts**: language, sentiment, key phrases, urgency and category of a text, on one core, beside two lexicons
  from npm that detect only sentiment. The texts are invented messages (\`models/messages\`), cut or joined to a length;
  most tickets have about 260 characters. **First analysis**: the time that a process needs to load the analyser and
  analyse its first text; median of ${rounds} processes.

New tickets have about 400 bytes, come from customers with known addresses, and have an
\`Idempotency-Key\`. Reads are spread over up to 20,000 tickets, messages over the open ones of them.
The databases are in the system's temporary folder. If that is not on a disk, set \`TMPDIR\` to a folder on a disk.

Options: \`npm run bench -- --million\` adds 1,000,000 tickets, \`npm run bench -- --quick\` only checks that the
benchmark works, \`--json FILE\` saves all figures.

## Result

${tables}
`;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown CPU';
  return `${model}, ${availableParallelism()} cores, ${process.platform}, Node ${process.versions.node}`;
}
