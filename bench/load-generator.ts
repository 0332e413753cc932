// A process of its own, so that it has a core of its own. Takes jobs from its parent and answers with what it measured.
import { readFileSync } from 'node:fs';
import { converse } from './connection.ts';
import type { Job, Load } from './load.ts';
import { type Known, operation } from './operations.ts';
import { percentile } from './statistics.ts';

const known = new Map<string, Known>();

process.on('message', async (job: Job) => {
  process.send?.(await run(job));
});

async function run({ port, operationId, knownFile, connections, ...timing }: Job): Promise<Load> {
  const { request, expectedStatus } = operation(operationId);
  const data = knownIn(knownFile);
  const times: number[] = [];
  let unexpected: number | undefined;
  const begin = performance.now() + timing.warmUpMilliseconds;
  const end = begin + timing.measuredMilliseconds;
  let cpu: NodeJS.CpuUsage | undefined;

  await Promise.all(
    Array.from({ length: connections }, () => {
      let sent = 0;
      const next = () => {
        sent = performance.now();
        return sent < end ? request(data) : undefined;
      };
      return converse(port, next, (status) => {
        const now = performance.now();
        if (status !== expectedStatus) unexpected = status;
        if (now < begin || now > end) return;
        cpu ??= process.cpuUsage();
        times.push(now - sent);
      });
    }),
  );
  if (unexpected !== undefined) throw new Error(`${operationId} was answered with ${unexpected}.`);

  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  return {
    perSecond: (times.length / timing.measuredMilliseconds) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    generatorLoad: (user + system) / 1000 / timing.measuredMilliseconds,
  };
}

function knownIn(file: string): Known {
  const data = known.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Known);
  known.set(file, data);
  return data;
}
