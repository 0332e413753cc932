import type { CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { TaskEvent } from './events.ts';
import type { Task, TaskRecord } from './task.ts';

export interface TaskQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly ticketId?: string;
  readonly done?: boolean;
}

/** One write to the store. */
export interface TaskChange {
  readonly record: TaskRecord;
  /** The record as it was loaded before the change; absent for a new task. */
  readonly before?: TaskRecord;
  /** Whether the change deletes the task. */
  readonly remove?: boolean;
  /** Absent if the task did not change and only the receipt is saved. */
  readonly event?: TaskEvent;
  readonly receipt?: Receipt;
}

export interface TaskStore {
  find(organizationId: string, id: string): Promise<TaskRecord | undefined>;

  /**
   * Writes the task, its event and the receipt in one transaction. All of them are on disk when the promise resolves.
   * Throws `StaleError` if the stored version differs from the version of `before`, `ReceiptTakenError`, and
   * `external_id_taken` (with the owner's id) if another task of the organization has the external id.
   */
  save(change: TaskChange): Promise<void>;

  /** Lists tasks. The work per call is bounded for all filters: a page may be short and still have a `next`. */
  list(organizationId: string, query: TaskQuery): Promise<Page<Task>>;
}

/** The part of the ticket service that tasks use. */
export interface TicketLookup {
  /** Whether the organization has a ticket with this id. A deleted ticket does not count. */
  exists(organizationId: string, ticketId: string): Promise<boolean>;
}
