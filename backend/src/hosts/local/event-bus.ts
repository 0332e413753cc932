import {
  type AnyEvent,
  type Deliveries,
  type Delivery,
  HALF_AN_HOUR_OF_RETRIES,
  type Outbox,
  type PlacedEvent,
  type RetrySchedule,
  recordFailure,
  subjectKey,
} from '@curlew/core/kernel';
import type { Subscription as Described } from '../../services/service-types.ts';
import { withTimeout } from '../../with-timeout.ts';

type Subscription = Pick<Described, 'name' | 'events'>;

/** The reaction of a subscription to an event. It must be idempotent: the same event may arrive again. */
export type Reaction = (event: AnyEvent) => Promise<void>;

export interface EventBus {
  /** Schedules a delivery. Call it if the outbox may have new events. */
  wake(): void;
  /** Resolves when all events that can be delivered now are delivered. */
  idle(): Promise<void>;
  /** Stops deliveries. Resolves when no delivery runs. */
  stop(): Promise<void>;
}

interface BusOptions {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly subscriptions: readonly Subscription[];
  readonly reactions: Readonly<Record<string, Reaction>>;
  readonly now: () => string;
  /** Receives the errors of deliveries and of the storage. */
  readonly onFailure: (failure: { subscription: string; event?: AnyEvent; error: unknown; buried: boolean }) => void;
  readonly retries?: RetrySchedule;
  readonly timeoutMilliseconds?: number;
  /** For subscriptions with slow reactions: the number of subjects in parallel, and the time limit for one event. */
  readonly pace?: Readonly<Record<string, { readonly atOnce: number; readonly timeoutMilliseconds: number }>>;
}

const BATCH = 500;
// Waits before a delivery, so that the events of concurrent requests form one batch.
const PAUSE_MILLISECONDS = 25;
const POLL_MILLISECONDS = 1000;

/**
 * Delivers the events in the outbox at least once, in order per subject. A failing subject does not delay others.
 * A failed delivery is set aside with all later deliveries of its subject and retried with growing pauses. After the
 * last attempt it becomes a dead letter. Positions are stored in the outbox, so a crash loses nothing.
 */
export function eventBus(options: BusOptions): EventBus {
  const { outbox, deliveries, subscriptions, now, retries = HALF_AN_HOUR_OF_RETRIES } = options;
  let stopped = false;
  // True if a stop has interrupted deliveries. The remaining events are delivered after the next start.
  let interrupted = false;
  // Each subscription has its own loop, so that a slow reaction does not delay other subscriptions.
  const loops = subscriptions.map((subscription) => loopOf(() => deliverAll(subscription)));
  // No commit in this process announces a due retry, or a dead letter that another process has put back.
  const poll = setInterval(wake, POLL_MILLISECONDS).unref();

  function wake(): void {
    if (stopped) return;
    for (const loop of loops) loop.wake();
  }

  async function deliverAll(subscription: Subscription): Promise<void> {
    try {
      await retryDue(subscription);
      while (!stopped && (await deliverBatch(subscription)));
      await retryDue(subscription);
    } catch (error) {
      options.onFailure({ subscription: subscription.name, error, buried: false });
    }
  }

  async function deliverBatch({ name, events: types }: Subscription): Promise<boolean> {
    const batch = await outbox.next(name, BATCH);
    const last = batch.at(-1);
    if (last === undefined) return false;
    const waitingKeys = await deliveries.waitingKeys(name);
    const matching = batch.filter(({ event }) => types.includes(event.type));
    const bySubject = Map.groupBy(matching, ({ event }) => subjectKey(event));
    await runInParallel(name, [...bySubject], ([key, events]) =>
      deliverInOrder(name, key, events, waitingKeys.has(key)),
    );
    if (interrupted) return false;
    await outbox.pass(name, last.position);
    return true;
  }

  async function deliverInOrder(
    owner: string,
    orderingKey: string,
    events: readonly PlacedEvent[],
    hasWaiting: boolean,
  ) {
    let mustWait = hasWaiting;
    for (const placed of events) {
      if (interrupted) return;
      const delivery = { ...placed, owner, orderingKey, attempts: 0, error: '', since: now() };
      if (mustWait) await deliveries.add(delivery);
      else mustWait = !(await tryOnce(delivery));
    }
  }

  async function retryDue({ name }: Subscription): Promise<void> {
    for (;;) {
      const due = await deliveries.due(name, now(), BATCH);
      if (due.length === 0 || stopped) return;
      await runInParallel(name, due, async (delivery) => {
        if (await tryOnce(delivery)) await deliveries.settle(name, delivery.position);
      });
    }
  }

  /** Runs `work` for as many items in parallel as the subscription's pace allows. After a stop, no more items start. */
  async function runInParallel<Item>(name: string, items: readonly Item[], work: (item: Item) => Promise<void>) {
    const rest = items.values();
    const runNext = async () => {
      for (const item of rest) {
        interrupted ||= stopped;
        if (interrupted) return;
        await work(item);
      }
    };
    const atOnce = Math.min(items.length, options.pace?.[name]?.atOnce ?? BATCH);
    await Promise.all(Array.from({ length: atOnce }, runNext));
  }

  /**
   * Resolves with true if the reaction succeeded. A failure is stored for a retry or as a dead letter, unless the bus
   * is stopping.
   */
  async function tryOnce(delivery: Delivery): Promise<boolean> {
    const { owner: subscription, event } = delivery;
    try {
      const timeout = options.pace?.[subscription]?.timeoutMilliseconds ?? options.timeoutMilliseconds ?? 30_000;
      await withTimeout(reactionOf(subscription)(event), timeout);
      return true;
    } catch (error) {
      // During a stop, a dependency of the reaction may have stopped first. This does not count as a failure.
      interrupted ||= stopped;
      if (interrupted) return false;
      const failure = { error, now: now(), random: Math.random() };
      const buried = await recordFailure(deliveries, retries, delivery, failure);
      options.onFailure({ subscription, event, error, buried });
      return false;
    }
  }

  function reactionOf(subscription: string): Reaction {
    const reaction = options.reactions[subscription];
    if (reaction === undefined) throw new Error(`No reaction is wired to the subscription ${subscription}.`);
    return reaction;
  }

  return {
    wake,
    async idle() {
      wake();
      await Promise.all(loops.map((loop) => loop.idle()));
    },
    async stop() {
      stopped = true;
      clearInterval(poll);
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Runs `work` a short time after `wake`, never twice at the same time. A `wake` during a run causes another run. */
function loopOf(work: () => Promise<void>) {
  let running: Promise<void> | undefined;
  let runAgain = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    runAgain = true;
    if (running === undefined) timer ??= setTimeout(start, PAUSE_MILLISECONDS);
  }

  function start(): void {
    timer = undefined;
    runAgain = false;
    running = work().then(() => {
      running = undefined;
      if (runAgain) wake();
    });
  }

  return {
    wake,
    async idle(): Promise<void> {
      while (timer !== undefined || running !== undefined) {
        await (running ?? new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS)));
      }
    },
    async stop(): Promise<void> {
      clearTimeout(timer);
      timer = undefined;
      await running?.finally(() => clearTimeout(timer));
    },
  };
}
