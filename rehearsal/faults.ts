/** What a test breaks on purpose. */
export interface Fault {
  /** The short name of a function: `tickets`. */
  readonly function: string;
  /** An operation or what it does, without the service: `PutItem`, `TransactWriteItems`, `PutEvents`; `*` is any. */
  readonly action: string;
  /**
   * The error's name, as AWS answers it; or `500`, an error of the service; `hang`, no answer at all; `lost`, done but
   * the answer never arrives; `kill`, the function's process dies before the call; `kill-after`, once it is done; `partial`, for `PutEvents`: all but
   * the first entry are taken.
   */
  readonly error: string;
  readonly times: number;
}

/** What befalls a batch or an event on its way to a function, though nobody failed. */
export interface Mishap {
  readonly function: string;
  /**
   * `redelivery`: it was handled well, and comes again. `expiry`: it failed, and is too old for another try.
   * `unreachable`: the bus cannot hand an event to the function, however often it tries. `unheard`: it does not try.
   */
  readonly mishap: 'redelivery' | 'expiry' | 'unreachable' | 'unheard';
  readonly times: number;
}

export function faults() {
  let active: { fault: Fault | Mishap; left: number }[] = [];

  function take(fits: (fault: Fault | Mishap) => boolean): Fault | Mishap | undefined {
    const found = active.find(({ fault, left }) => left > 0 && fits(fault));
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }

  return {
    add(fault: Fault | Mishap): void {
      active.push({ fault, left: fault.times });
    },
    clear(): void {
      active = [];
    },
    /** The fault for a call of a function, used up by it. */
    forCall(functionName: string, actions: readonly string[]): Fault | undefined {
      return take(
        (fault) =>
          'action' in fault &&
          fault.function === functionName &&
          (fault.action === '*' || actions.includes(fault.action)),
      ) as Fault | undefined;
    },
    /** Whether the mishap befalls the function now; used up by asking. */
    befalls(mishap: Mishap['mishap'], functionName: string): boolean {
      return take((one) => 'mishap' in one && one.mishap === mishap && one.function === functionName) !== undefined;
    },
  };
}

export type Faults = ReturnType<typeof faults>;
