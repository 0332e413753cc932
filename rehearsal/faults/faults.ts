/** A failure that a test injects into calls of a function. */
export interface Fault {
  /** The short name of a function: `tickets`. */
  readonly function: string;
  /** An operation or an IAM action, without the service: `PutItem`, `TransactWriteItems`, `PutEvents`; `*` is any. */
  readonly action: string;
  /**
   * The name of an AWS error, or: `500`, an error of the service; `hang`, no answer; `lost`, the call succeeds but its
   * answer is lost; `kill`, the function's process is killed before the call; `kill-after`, after the call; `partial`,
   * for `PutEvents`: the first entry is rejected.
   */
  readonly error: string;
  readonly times: number;
}

/** A failure that a test injects into the delivery of a batch or an event to a function. */
export interface DeliveryFault {
  readonly function: string;
  /**
   * `redelivery`: the function succeeded, and gets the same events again. `expiry`: the function failed, and the batch
   * is too old for a retry. `unreachable`: every call of the function by the bus fails. `lostDelivery`: the event is
   * dropped without a call.
   */
  readonly delivery: 'redelivery' | 'expiry' | 'unreachable' | 'lostDelivery';
  readonly times: number;
}

export function faults() {
  let active: { fault: Fault | DeliveryFault; left: number }[] = [];

  function take(fits: (fault: Fault | DeliveryFault) => boolean): Fault | DeliveryFault | undefined {
    const found = active.find(({ fault, left }) => left > 0 && fits(fault));
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }

  return {
    add(fault: Fault | DeliveryFault): void {
      active.push({ fault, left: fault.times });
    },
    clear(): void {
      active = [];
    },
    /** Returns the fault for a call of a function and removes it. */
    forCall(functionName: string, actions: readonly string[]): Fault | undefined {
      return take(
        (fault) =>
          'action' in fault &&
          fault.function === functionName &&
          (fault.action === '*' || actions.includes(fault.action)),
      ) as Fault | undefined;
    },
    /** Whether this delivery to the function must fail. Each call decrements the fault's `times`. */
    isInjected(delivery: DeliveryFault['delivery'], functionName: string): boolean {
      return (
        take((one) => 'delivery' in one && one.delivery === delivery && one.function === functionName) !== undefined
      );
    },
  };
}

export type Faults = ReturnType<typeof faults>;
