import type { Result, Round } from './measure.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import type { Auth } from './servers.ts';
import { median } from './statistics.ts';

/** The results of an operation at one size: the medians of its rounds. Times are in milliseconds. */
export interface Line {
  readonly operation: Operation;
  readonly tickets: number;
  /**
   * Curlew's rate divided by the floor's rate in the same round, so that both ran under the same load of the machine.
   */
  readonly ratio: number;
  readonly curlewPerSecond: number;
  readonly floorPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly spread: number;
  readonly residentMiB: number;
  readonly eventsPending: number;
  readonly deliveryMilliseconds: number;
  readonly generatorLoad: number;
}

export function linesOf({ rounds }: Result, auth: Auth): Line[] {
  return OPERATIONS.flatMap((operation) => {
    const bySize = Map.groupBy(
      rounds.filter((round) => round.operationId === operation.id && round.auth === auth),
      ({ tickets }) => tickets,
    );
    return [...bySize].map(([tickets, same]) => lineOf(operation, tickets, same));
  });
}

function lineOf(operation: Operation, tickets: number, rounds: readonly Round[]): Line {
  const of = (value: (round: Round) => number | undefined) =>
    median(rounds.map((round) => value(round) ?? Number.NaN).filter((number) => !Number.isNaN(number)));
  return {
    operation,
    tickets,
    ratio: of(({ curlew, floor }) => curlew.perSecond / floor.perSecond),
    curlewPerSecond: of(({ curlew }) => curlew.perSecond),
    floorPerSecond: of(({ floor }) => floor.perSecond),
    p50: of(({ curlew }) => curlew.p50),
    p99: of(({ curlew }) => curlew.p99),
    spread: of(({ curlew }) => curlew.p99 / curlew.p50),
    residentMiB: of(({ residentMiB }) => residentMiB),
    eventsPending: of(({ eventsPending }) => eventsPending),
    deliveryMilliseconds: of(({ deliveryMilliseconds }) => deliveryMilliseconds),
    generatorLoad: of(({ curlew, floor }) => Math.max(curlew.generatorLoad, floor.generatorLoad)),
  };
}

/**
 * The time of an operation on the larger database divided by the time on the smaller one, in the same round; the
 * median.
 */
export function growthOf({ rounds }: Result, { id }: Operation, small: number, large: number): number {
  const at = (size: number) =>
    rounds.filter(({ operationId, tickets, auth }) => operationId === id && tickets === size && auth === 'required');
  const large50 = at(large).map(({ curlew }) => curlew.p50);
  return median(at(small).map(({ curlew }, i) => (large50[i] ?? Number.NaN) / curlew.p50));
}
