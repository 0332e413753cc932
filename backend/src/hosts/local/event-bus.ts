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
import { fairQueue } from './fair-queue.ts';

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
// The events that one subscription keeps in memory: some 2 kB each.
const MOST_READ_AHEAD = 5000;
// Waits before a delivery, so that the events of concurrent requests form one batch.
const PAUSE_MILLISECONDS = 25;
const POLL_MILLISECONDS = 1000;

/**
 * Delivers the events in the outbox at least once, in order per subject. A failing subject does not delay others, and
 * the many events of one organization do not delay those of another.
 * A failed delivery is set aside with all later deliveries of its subject and retried with growing pauses. After the
 * last attempt it becomes a dead letter. Positions are stored in the outbox, so a crash loses nothing.
 */
export function eventBus(options: BusOptions): EventBus {
  const { outbox, deliveries, subscriptions, now, retries = HALF_AN_HOUR_OF_RETRIES } = options;
  let stopped = false;
  // True if a stop has interrupted deliveries. The remaining events are delivered after the next start.
  let interrupted = false;
  let wakes = 0;
  // Each subscription has its own loop, so that a slow reaction does not delay other subscriptions.
  const loops = subscriptions.map((subscription) => loopOf(() => deliverAll(subscription)));
  // No commit in this process announces a due retry, or a dead letter that another process has put back.
  const poll = setInterval(wake, POLL_MILLISECONDS).unref();

  function wake(): void {
    if (stopped) return;
    wakes++;
    for (const loop of loops) loop.wake();
  }

  async function deliverAll(subscription: Subscription): Promise<void> {
    try {
      await retryDue(subscription);
      if (!stopped) await deliverNew(subscription);
      await retryDue(subscription);
    } catch (error) {
      options.onFailure({ subscription: subscription.name, error, buried: false });
    }
  }

  /** Delivers new events until none is left. The organizations take turns. */
  async function deliverNew({ name, events: types }: Subscription): Promise<void> {
    const turns = fairQueue<Subject>();
    const subjects = new Map<string, Subject>();
    const progress = readProgress();
    let lastWake = -1;
    let isReading = false;

    /** Reads on if there may be new events: those of another organization must not wait for all that are read. */
    async function readMore(): Promise<void> {
      if (isReading || lastWake === wakes || progress.pending() >= MOST_READ_AHEAD) return;
      lastWake = wakes;
      isReading = true;
      const batch = await outbox.next(name, BATCH, progress.lastRead());
      if (batch.length === BATCH) lastWake = -1;
      const waitingKeys = batch.length === 0 ? new Set() : await deliveries.waitingKeys(name);
      isReading = false;
      for (const placed of batch) {
        progress.read(placed.position);
        if (types.includes(placed.event.type)) enqueue(placed, waitingKeys);
        else progress.done(placed.position);
      }
    }

    function enqueue(placed: PlacedEvent, waitingKeys: ReadonlySet<unknown>): void {
      const key = subjectKey(placed.event);
      const known = subjects.get(key);
      if (known !== undefined) {
        known.events.push(placed);
        return;
      }
      const subject = { key, events: [placed], mustWait: waitingKeys.has(key) };
      subjects.set(key, subject);
      turns.add(placed.event.organizationId, subject);
    }

    /** Delivers the next event of the subject. Only then may the subject have its next turn. */
    async function deliverNext(subject: Subject): Promise<void> {
      const [placed] = subject.events;
      if (placed === undefined) return;
      const delivery = { ...placed, owner: name, orderingKey: subject.key, attempts: 0, error: '', since: now() };
      if (subject.mustWait) await deliveries.add(delivery);
      else {
        subject.mustWait = !(await tryOnce(delivery));
        if (subject.mustWait && interrupted) return;
      }
      subject.events.shift();
      if (subject.events.length > 0) turns.add(placed.event.organizationId, subject);
      else subjects.delete(subject.key);
      progress.done(placed.position);
      if (progress.unpassed() >= BATCH) await outbox.pass(name, progress.pass());
    }

    await readMore();
    while (turns.size > 0 && !interrupted) {
      await runInParallel(name, turns.size, async () => {
        const subject = turns.take();
        if (subject === undefined) return false;
        await deliverNext(subject);
        await readMore();
        return true;
      });
      if (!interrupted) await readMore();
    }
    if (progress.unpassed() > 0) await outbox.pass(name, progress.pass());
  }

  async function retryDue({ name }: Subscription): Promise<void> {
    for (;;) {
      const due = await deliveries.due(name, now(), BATCH);
      if (due.length === 0 || stopped) return;
      const rest = due.values();
      await runInParallel(name, due.length, async () => {
        const { value: delivery } = rest.next();
        if (delivery === undefined) return false;
        if (await tryOnce(delivery)) await deliveries.settle(name, delivery.position);
        return true;
      });
    }
  }

  /** Repeats `work` until it returns false, in as many loops as the subscription's pace allows, at most `most`. */
  async function runInParallel(name: string, most: number, work: () => Promise<boolean>): Promise<void> {
    const runNext = async () => {
      for (;;) {
        interrupted ||= stopped;
        if (interrupted || !(await work())) return;
      }
    };
    const atOnce = Math.min(most, options.pace?.[name]?.atOnce ?? BATCH);
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

/** The events of a subject that are read and not delivered. While it has some, it has one turn or one delivery. */
interface Subject {
  readonly key: string;
  readonly events: PlacedEvent[];
  /** Whether an earlier event of the subject waits for a retry. */
  mustWait: boolean;
}

/** The read positions, which are delivered in another order. The subscription passes those up to the first gap. */
function readProgress() {
  const positions: number[] = [];
  const isDone = new Set<number>();
  let first = 0;
  let passed = 0;

  function advance(): void {
    for (let next = positions[first]; next !== undefined && isDone.delete(next); next = positions[first]) first++;
  }

  return {
    read: (position: number) => void positions.push(position),
    done(position: number) {
      isDone.add(position);
      advance();
    },
    lastRead: () => positions.at(-1),
    pending: () => positions.length - first - isDone.size,
    unpassed: () => first - passed,
    /** The position before the first gap, which is passed from now on. */
    pass(): number {
      const position = positions[first - 1] ?? 0;
      positions.splice(0, first - 1);
      first = 1;
      passed = 1;
      return position;
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
