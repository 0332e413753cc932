import type { MessagePort } from 'node:worker_threads';
import { CurlewError, type ErrorCode, type Issue } from '@curlew/core/kernel';
import type { Triager } from '@curlew/core/triage';

export type TriageCall =
  | { readonly id: number; readonly method: 'assess'; readonly args: Parameters<Triager['assess']> }
  | { readonly id: number; readonly method: 'teach'; readonly args: Parameters<Triager['teach']> };

export type TriageAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly refusal: Refusal }
  /** The text of an unexpected error, for the operator only. */
  | { readonly id: number; readonly defect: string };

/** A `CurlewError` as plain data: an error object that is posted to another thread loses its code. */
interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues: readonly Issue[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** The first message from the worker: it can now answer calls. */
export const READY = 'ready';

/** Answers the calls that arrive on the port. */
export function serveTriager(triager: Triager, port: MessagePort): void {
  port.on('message', async (call: TriageCall) => port.postMessage(await answerTo(call)));
  port.postMessage(READY);

  async function answerTo(call: TriageCall): Promise<TriageAnswer> {
    const { id } = call;
    try {
      const result = call.method === 'assess' ? await triager.assess(...call.args) : await triager.teach(...call.args);
      return { id, result };
    } catch (error) {
      if (error instanceof CurlewError) {
        const { code, message, issues, details } = error as CurlewError;
        return { id, refusal: { code, message, issues, details } };
      }
      return { id, defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }
}
