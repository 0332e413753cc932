import type { Context, CreationSort, Page, PageRequest, Receipt, Role } from '../kernel/index.ts';
import type { HistoryEntry, RecordedEvent } from './history.ts';
import type { Message } from './message.ts';
import type { TicketRecord, TicketRow } from './ticket.ts';
import type { TicketFilters } from './ticket-filters.ts';

/** A ticket's id, its number, or the caller's own external id for it. */
export type TicketRef = string | number | { readonly externalId: string };

export const TICKET_SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const;
type TicketSort = (typeof TICKET_SORTS)[number];

export interface TicketQuery extends PageRequest {
  readonly filters: TicketFilters;
  readonly sort: TicketSort;
}

/** One write to the store. */
export interface TicketChange {
  readonly record: TicketRecord;
  /** The record as it was loaded before the change; absent for a new ticket. */
  readonly before?: TicketRecord;
  readonly events: readonly RecordedEvent[];
  readonly message?: Message;
  readonly receipt?: Receipt;
}

/** The part of the user service that tickets use. It creates a user the first time that a ticket names them. */
export interface People {
  /**
   * Resolves with the user id of the ticket's reporter. The reporter is the caller if neither id nor address is given,
   * or if the caller is a customer. An id that contains `@` is an address. An unknown person is created as a customer. Throws `person_mismatch` if id and
   * address belong to two users, `user_removed` for a deleted user, `forbidden` if a customer names another person.
   */
  reporter(ctx: Context, id: string | undefined, email: string | undefined): Promise<string>;
  /**
   * Resolves with the user id of the assignee, who must be active. An id that contains `@` is an address. An unknown
   * assignee is created as an agent if the caller is an admin and the id is no address; otherwise throws
   * `invalid_request`. Throws `user_removed` for a deleted or inactive user.
   */
  assignee(ctx: Context, id: string): Promise<string>;
  /**
   * Resolves with the author of a message that the caller adds for another person. An unknown author is created as a
   * customer. Agents may write for customers, admins for every user; otherwise throws `forbidden`. Throws
   * `user_removed` for a deleted user.
   */
  author(ctx: Context, id: string): Promise<{ readonly id: string; readonly role: Role }>;
  /** Resolves with the account of a user, for the export of their data. Throws `not_found`, `forbidden`. */
  account(ctx: Context, id: string): Promise<{ readonly id: string }>;
}

export interface TicketStore {
  /** Takes the next ticket number of the organization. A number that no ticket uses in the end leaves a gap. */
  nextNumber(organizationId: string): Promise<number>;

  /** Finds deleted tickets too; the caller decides how to treat them. */
  find(organizationId: string, ref: TicketRef): Promise<TicketRecord | undefined>;

  /**
   * Writes the ticket, its message, its events and the receipt in one transaction. All of them are on disk when the
   * promise resolves. Throws `StaleError` if the stored sequence differs from the sequence of `before`,
   * `ReceiptTakenError` if a receipt exists under the key already, and `external_id_taken` (with the owner's id) if
   * another ticket, or another message of the ticket, has the external id.
   */
  save(change: TicketChange): Promise<void>;

  /**
   * Lists tickets that are not deleted. The work per call is bounded for all filters: a page may be short or even empty
   * and still have a `next`. If a ticket changes from one wanted filter value to another during the call, the page may
   * miss it. Paging by `createdAt` returns every ticket that existed when paging began. Paging by ascending `updatedAt`
   * misses no change, including changes between two calls.
   */
  list(organizationId: string, query: TicketQuery): Promise<Page<TicketRow>>;

  findMessage(organizationId: string, ticketId: string, messageId: string): Promise<Message | undefined>;

  listMessages(
    organizationId: string,
    ticketId: string,
    page: PageRequest & { readonly sort: CreationSort; readonly kind?: Message['kind'] },
  ): Promise<Page<Message>>;

  listHistory(
    organizationId: string,
    ticketId: string,
    page: PageRequest & { readonly sort: CreationSort },
  ): Promise<Page<HistoryEntry>>;
}
