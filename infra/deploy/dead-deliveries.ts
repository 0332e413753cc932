import type { Delivery } from '../../backend/src/hosts/lambda/consume-event.ts';

/** A message of a subscription's dead-letter queue. */
export interface DeadLetter {
  readonly body: string;
  remove(): Promise<void>;
}

export interface Replayed {
  readonly replayed: number;
  /** Bodies of messages in an unknown format. */
  readonly unknown: readonly string[];
  /** Ids of events that failed again after the replay: the cause of the failure still exists. */
  readonly returned: readonly string[];
}

/**
 * Replays the dead letters of a subscription: calls its function again with each event, and removes the message after
 * the call was accepted. Other messages stay in the queue.
 */
export async function replayDeliveries(
  receive: () => Promise<readonly DeadLetter[]>,
  call: (delivery: object) => Promise<void>,
): Promise<Replayed> {
  const done = new Set<string>();
  const unknown: string[] = [];
  const returned: string[] = [];
  for (let letters = await receive(); letters.length > 0; letters = await receive()) {
    for (const { body, remove } of letters) {
      const delivery = deliveryIn(body);
      const id = (delivery?.detail as { id?: string } | undefined)?.id;
      if (delivery === undefined || id === undefined) unknown.push(body);
      else if (done.has(id)) returned.push(id);
      else {
        await call(delivery);
        await remove();
        done.add(id);
      }
    }
  }
  return { replayed: done.size, unknown, returned };
}

/**
 * The event of a dead letter: inside Lambda's record of a failed invocation, or the whole body if the bus could not
 * deliver it. Undefined for other messages.
 */
function deliveryIn(body: string): NonNullable<Delivery> | undefined {
  try {
    const message = JSON.parse(body) as { requestPayload?: Delivery } & Delivery;
    const delivery = message?.requestPayload ?? message;
    return typeof delivery?.detail === 'object' ? delivery : undefined;
  } catch {
    return undefined;
  }
}
