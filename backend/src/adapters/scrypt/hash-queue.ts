import { CurlewError } from '@curlew/core/kernel';
import type { HashCaller } from '@curlew/core/session';

const AT_ONCE = 2;
const MOST_WAITING = 50;
/** The most hashes at once, running or waiting, of a network, of its /56 and of its /48. */
const PLACES = [15, 25, 35];
/** How long a network that asked for a hash goes behind networks that asked for none. */
const REMEMBERED_MILLISECONDS = 5 * 60_000;

interface Waiting {
  readonly caller: HashCaller;
  readonly start: () => void;
  readonly refuse: (error: CurlewError) => void;
}

/**
 * Runs two hashes at a time, because each takes 32 MiB and a core; at most 50 others wait. Callers whose networks asked
 * for the fewest hashes lately go first, and known callers before all others, so that guesses from many networks keep no
 * other caller out. If the queue is full, the last caller in this order gets `busy`. A caller or network with too many
 * hashes at once gets `rate_limited`. `now` is in milliseconds.
 */
export function hashQueue(now: () => number = () => performance.now()) {
  const waiting: Waiting[] = [];
  const users = new Set<string>();
  const places = new Map<string, number>();
  const lately = countsLately(now);
  let running = 0;

  function takePlaces({ networks }: HashCaller): void {
    const isFull = networks.some((network, i) => (places.get(network) ?? 0) >= placesAt(i));
    if (isFull) throw tooMany('Too many passwords from your network are being checked; try again.');
    for (const network of networks) places.set(network, (places.get(network) ?? 0) + 1);
  }

  function returnPlaces({ networks }: HashCaller): void {
    for (const network of networks) {
      const left = (places.get(network) ?? 0) - 1;
      if (left > 0) places.set(network, left);
      else places.delete(network);
    }
  }

  /** Wider networks may ask for more hashes, in proportion to their places. */
  function rankOf({ networks, isKnown }: HashCaller): number {
    return isKnown ? -1 : Math.max(0, ...networks.map((network, i) => lately.count(network) / placesAt(i)));
  }

  /** Takes the first caller with the lowest rank, or the last one with the highest. Ranks change while callers wait. */
  function take(which: 'first' | 'last'): Waiting | undefined {
    const ranked = waiting.map((one) => ({ one, rank: rankOf(one.caller) })).sort((a, b) => a.rank - b.rank);
    const taken = ranked.at(which === 'first' ? 0 : -1)?.one;
    if (taken !== undefined) waiting.splice(waiting.indexOf(taken), 1);
    return taken;
  }

  async function waitForTurn(caller: HashCaller): Promise<void> {
    if (running < AT_ONCE) {
      running++;
      return;
    }
    await new Promise<void>((start, refuse) => {
      waiting.push({ caller, start, refuse });
      if (waiting.length > MOST_WAITING) {
        const error = new CurlewError('busy', 'Too many passwords are being checked at the moment; try again.');
        take('last')?.refuse(error);
      }
    });
  }

  async function runInTurn<T>(work: () => Promise<T>, caller: HashCaller): Promise<T> {
    // Counted on arrival, so that a network whose callers are refused gets no better rank.
    for (const network of caller.networks) lately.add(network);
    await waitForTurn(caller);
    try {
      return await work();
    } finally {
      // A hash that ends passes its slot to the next one, so `running` stays the same.
      const next = take('first');
      if (next === undefined) running--;
      else next.start();
    }
  }

  return async function run<T>(caller: HashCaller, work: () => Promise<T>): Promise<T> {
    const { user } = caller;
    if (user !== undefined && users.has(user)) throw tooMany('Another change of your password is still running.');
    takePlaces(caller);
    if (user !== undefined) users.add(user);
    try {
      return await runInTurn(work, caller);
    } finally {
      returnPlaces(caller);
      if (user !== undefined) users.delete(user);
    }
  };
}

function placesAt(index: number): number {
  return PLACES[index] ?? MOST_WAITING;
}

function tooMany(message: string): CurlewError {
  return new CurlewError('rate_limited', message);
}

/** Counts requests by network, and forgets them after 5 to 10 minutes. */
function countsLately(now: () => number) {
  let [present, previous] = [new Map<string, number>(), new Map<string, number>()];
  let end = now() + REMEMBERED_MILLISECONDS;
  function forget(): void {
    if (now() < end) return;
    previous = now() < end + REMEMBERED_MILLISECONDS ? present : new Map();
    present = new Map();
    end = now() + REMEMBERED_MILLISECONDS;
  }
  return {
    add(network: string): void {
      forget();
      present.set(network, (present.get(network) ?? 0) + 1);
    },
    count(network: string): number {
      forget();
      return (present.get(network) ?? 0) + (previous.get(network) ?? 0);
    },
  };
}
