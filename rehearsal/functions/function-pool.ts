import { openSync } from 'node:fs';
import type { DeployedFunction } from '../deployed/model.ts';
import { type FunctionProcess, type Invocation, startFunctionProcess } from './function-process.ts';

export interface PoolFacts {
  readonly invocations: number;
  readonly errors: number;
  readonly coldStarts: number;
  readonly largestMegabytes: number;
}

const PROCESSES = 4;

/** The execution environments of a function. Each runs one invocation at a time; further invocations wait. */
export function functionPool(
  fn: DeployedFunction,
  { root, endpoint, identity, logFile }: { root: string; endpoint: string; identity?: string; logFile: string },
) {
  const log = openSync(logFile, 'a');
  const idle: FunctionProcess[] = [];
  const busy = new Set<FunctionProcess>();
  const waiting: ((process: FunctionProcess) => void)[] = [];
  let invocations = 0;
  let errors = 0;
  let coldStarts = 0;
  let largest = 0;

  async function take(): Promise<FunctionProcess> {
    let warm = idle.pop();
    while (warm !== undefined && !warm.alive()) warm = idle.pop();
    if (warm !== undefined) {
      busy.add(warm);
      return warm;
    }
    if (busy.size < PROCESSES) return fresh();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function fresh(): FunctionProcess {
    coldStarts += 1;
    const started = startFunctionProcess(fn, { root, endpoint, log, ...(identity === undefined ? {} : { identity }) });
    busy.add(started);
    return started;
  }

  function giveBack(process: FunctionProcess): void {
    const next = waiting.shift();
    const isAlive = process.alive();
    if (!isAlive || next === undefined) busy.delete(process);
    if (next !== undefined) next(isAlive ? process : fresh());
    else if (isAlive) idle.push(process);
  }

  return {
    fn,
    facts: (): PoolFacts => ({ invocations, errors, coldStarts, largestMegabytes: Math.round(largest / 1024 / 1024) }),
    busy: () => busy.size,
    async invoke(event: object): Promise<Invocation> {
      const process = await take();
      invocations += 1;
      const { invocation, rss } = await process.invoke(JSON.stringify(event));
      largest = Math.max(largest, rss);
      if (invocation.kind === 'error') errors += 1;
      // A killed process counts as alive until its exit event.
      if (invocation.kind === 'error' && /^(Sandbox\.Timedout|Runtime\.ExitError)$/.test(invocation.errorType))
        await process.ended;
      giveBack(process);
      return invocation;
    },
    /** Kills the busy processes, or a warm process if none is busy. */
    kill(): number {
      const victims = busy.size > 0 ? [...busy] : idle.splice(0, 1);
      for (const victim of victims) victim.kill();
      return victims.length;
    },
    /** Ends the warm processes: the next invocations start cold. */
    async stop(): Promise<void> {
      const all = idle.splice(0);
      for (const one of all) one.kill();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

export type FunctionPool = ReturnType<typeof functionPool>;
