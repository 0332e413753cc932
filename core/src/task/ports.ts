import type { CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { TaskEvent } from './events.ts';
import type { Task, TaskRecord } from './task.ts';

export interface TaskQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly ticketId?: string;
  readonly done?: boolean;
}

export interface TaskChange {
  readonly record: TaskRecord;
  /** The record that the verb decided on; absent for a new task. */
  readonly before?: TaskRecord;
  /** The task is gone after this change. */
  readonly remove?: boolean;
  /** Absent when only a receipt is to be kept. */
  readonly event?: TaskEvent;
  readonly receipt?: Receipt;
}

export interface TaskStore {
  find(organizationId: string, id: string): Promise<TaskRecord | undefined>;

  /**
   * Writes task, event and receipt as one, on disk when the promise resolves. Throws `StaleError` when the stored
   * version is not that of `before`, `ReceiptTakenError`, and
   * `external_id_taken` (with the owner's id) when another task of the organization has the external id.
   */
  save(change: TaskChange): Promise<void>;

  /** Work per call is bounded whatever the filters: a page may be short and still have a `next`. */
  list(organizationId: string, query: TaskQuery): Promise<Page<Task>>;
}

/** What tasks need of the ticket service. */
export interface TicketLookup {
  /** Whether there is such a ticket for this organization, deleted ones not counted. */
  exists(organizationId: string, ticketId: string): Promise<boolean>;
}
