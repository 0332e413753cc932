import type { Context, CreationSort, Page, PageRequest, Receipt, Role } from '../kernel/index.ts';
import type { HistoryEntry, RecordedEvent } from './history.ts';
import type { Message } from './message.ts';
import type { TicketRecord, TicketRow } from './ticket.ts';
import type { TicketFilters } from './ticket-filters.ts';

/** A ticket's id, its human number, or the caller's own id. */
export type TicketRef = string | number | { readonly externalId: string };

export const TICKET_SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

export interface TicketQuery extends PageRequest {
  readonly filters: TicketFilters;
  readonly sort: TicketSort;
}

export interface TicketChange {
  readonly record: TicketRecord;
  /** The record that the verb decided on; absent for a new ticket. */
  readonly before?: TicketRecord;
  readonly events: readonly RecordedEvent[];
  readonly message?: Message;
  readonly receipt?: Receipt;
}

/** What tickets need of the user service: people exist from their first contact on. */
export interface People {
  /**
   * The id of who asks: the caller when neither id nor address is given, or the caller is a customer. A person whom
   * nobody knows yet becomes a customer. Throws `person_mismatch` for an id and an address of two people,
   * `user_removed` for a deleted one, `forbidden` when a customer names somebody else.
   */
  reporter(ctx: Context, id: string | undefined, email: string | undefined): Promise<string>;
  /**
   * Sees to it that the assignee exists and is active. One whom nobody knows becomes an agent where an admin asks for
   * it, and is `invalid_request` else. Throws `user_removed`.
   */
  assignee(ctx: Context, id: string): Promise<void>;
  /**
   * Who writes on a ticket; an unknown person becomes a customer. Agents may write for customers, admins for anybody;
   * else throws `forbidden`. Throws `user_removed`.
   */
  author(ctx: Context, id: string): Promise<{ readonly id: string; readonly role: Role }>;
  /** The account of a person whose data are to be exported. Throws `not_found`, `forbidden`. */
  account(ctx: Context, id: string): Promise<{ readonly id: string }>;
}

export interface TicketStore {
  /** The next human number of the organization. Numbers that no ticket uses in the end leave a gap. */
  nextNumber(organizationId: string): Promise<number>;

  /** Also finds deleted tickets: what they mean is for the verb to say. */
  find(organizationId: string, ref: TicketRef): Promise<TicketRecord | undefined>;

  /**
   * Writes the ticket, its message, its events and the receipt as one: all become visible, or none, and they are on
   * disk when the promise resolves. Throws `StaleError` when the stored sequence is not that of `before`,
   * `ReceiptTakenError` when there is a receipt under the key already, and
   * `external_id_taken` (with the owner's id) when another ticket, or message of the ticket, has the external id.
   */
  save(change: TicketChange): Promise<void>;

  /**
   * Tickets that are not deleted. Work per call is bounded whatever the filters: a page may be short or even empty
   * and still have a `next`. A ticket that moves between two of the wanted values while it is looked for may be missed
   * by that page. A walk by creation sees every ticket that was there when it began; one by
   * `updatedAt` ascending misses no change, however it falls between two calls.
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
