// Runs in a separate process, so that it has its own CPU core. Receives jobs from its parent, and returns its
// measurements.
import { readFileSync } from 'node:fs';
import { type Connection, open } from './connection.ts';
import type { Job, Load } from './load.ts';
import { type Known, operation } from './operations.ts';
import { percentile } from './statistics.ts';

const known = new Map<string, Known>();

process.on('message', async (job: Job) => {
  process.send?.(await run(job));
});

async function run({ port, operationId, knownFile, ...job }: Job): Promise<Load> {
  const { request, expectedStatus } = operation(operationId);
  const data = knownIn(knownFile);

  async function ask(connection: Connection): Promise<void> {
    const status = await connection.ask(request(data));
    if (status !== expectedStatus) throw new Error(`The response to ${operationId} has the status ${status}.`);
  }

  const connections = await Promise.all(Array.from({ length: job.connections }, () => open(port)));
  // A busy Node server accepts only few connections at a time, and the benchmark must not measure that wait.
  await Promise.all(connections.map(ask));

  const begin = performance.now() + job.warmUpMilliseconds;
  const end = begin + job.measuredMilliseconds;
  const times: number[] = [];
  let cpu: NodeJS.CpuUsage | undefined;
  async function keepAsking(connection: Connection): Promise<void> {
    for (let sent = performance.now(); sent < end; ) {
      await ask(connection);
      const now = performance.now();
      if (now >= begin && now <= end) {
        cpu ??= process.cpuUsage();
        times.push(now - sent);
      }
      sent = now;
    }
    connection.close();
  }
  await Promise.all(connections.map(keepAsking));

  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  return {
    perSecond: (times.length / job.measuredMilliseconds) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    generatorLoad: (user + system) / 1000 / job.measuredMilliseconds,
  };
}

function knownIn(file: string): Known {
  const data = known.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Known);
  known.set(file, data);
  return data;
}
