import type { Delivery } from '../../backend/src/hosts/lambda/consume-event.ts';

/** A message of a subscription's dead-letter queue. */
export interface DeadLetter {
  readonly body: string;
  remove(): Promise<void>;
}

export interface Replayed {
  readonly replayed: number;
  /** Bodies of those that are none of ours. */
  readonly unknown: readonly string[];
  /** Ids of events that were brought back and came again: their cause is still there. */
  readonly returned: readonly string[];
}

/**
 * Brings back what a subscription gave up: calls its function once more with each event, and removes the message only
 * when that was taken. What else is in the queue stays there.
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
 * What the rule's target was, or was to be, called with: in Lambda's record of an invocation that it gave up, or by
 * itself where the bus could not hand it over. Undefined for anything else.
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
