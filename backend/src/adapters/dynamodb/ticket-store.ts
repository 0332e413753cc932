import { setTimeout as sleep } from 'node:timers/promises';
import { type CreationSort, CurlewError, type Page, type PageRequest, StaleError } from '@curlew/core/kernel';
import {
  type Change,
  externalIdTaken,
  type HistoryEntry,
  historyEntryOf,
  messageExternalIdTaken,
  type TicketEvent,
  type TicketRecord,
  type TicketStore,
} from '@curlew/core/ticket';
import { json, number, optional, text } from './attributes.ts';
import { externalIdMoves, getItem, type Item, pause, query, transact, update } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';
import { BODY, EVENT, guardKey, HEADER, isPossibleId, MESSAGE, partitionOf } from './keys.ts';
import { INSTANT_CHARACTERS, messageOf, ticketRecord } from './ticket-items.ts';
import { listTickets } from './ticket-list.ts';
import { messageGuardKey, messagePointerKey, ticketSteps } from './ticket-steps.ts';
import { LOOK_ON_MILLISECONDS, sortKeyOf } from './walk-index.ts';
import { SETTLE_MILLISECONDS } from './write-deadline.ts';

const MOST_READS = 5;
// A page of one kind of message that is not full after one read.
const MESSAGES_AT_ONCE = 250;

type ItemQuery = PageRequest & {
  readonly sort: CreationSort;
  readonly prefix: string;
  readonly kind?: string;
};

export function dynamoTicketStore(db: Dynamo, { settleMilliseconds = SETTLE_MILLISECONDS } = {}): TicketStore {
  const table = tableOf(db, 'tickets');

  async function findById(organizationId: string, id: string): Promise<TicketRecord | undefined> {
    if (!isPossibleId(id)) return undefined;
    for (let reads = 0; reads < MOST_READS; reads++) {
      const { Items = [] } = await query(db, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :header AND :body',
        ExpressionAttributeValues: { ':pk': partitionOf('T', organizationId, id), ':header': HEADER, ':body': BODY },
        ConsistentRead: true,
      });
      const [header, body] = Items;
      if (header === undefined || body === undefined) return undefined;
      if (header.bodyAt === body.bodyAt) return ticketRecord(organizationId, header, body);
      await pause(reads + 1);
    }
    throw new CurlewError('busy', 'The ticket is being changed at the moment; try again.');
  }

  /** The id of the ticket with the number or the external id. */
  async function findHolder(
    organizationId: string,
    kind: 'N' | 'X',
    value: string | number,
  ): Promise<string | undefined> {
    const guard = await getItem(db, table, guardKey('T', organizationId, kind, value));
    return guard === undefined ? undefined : text().get(guard.id);
  }

  /** A page of the items with a sort key prefix in a ticket's partition, optionally of one kind. Pages by sort key. */
  async function listItems<Row>(
    organizationId: string,
    ticketId: string,
    { prefix, kind, limit, sort, after }: ItemQuery,
    toRow: (item: Item) => Row,
  ): Promise<Page<Row>> {
    if (!isPossibleId(ticketId)) return { items: [] };
    const pk = partitionOf('T', organizationId, ticketId);
    const found: Item[] = [];
    let end = sortKeyOf(after);
    const started = performance.now();
    for (let reads = 1; ; reads++) {
      const { Items = [], LastEvaluatedKey: last } = await query(db, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ...(kind === undefined ? {} : { FilterExpression: 'kind = :kind' }),
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix, ...(kind === undefined ? {} : { ':kind': kind }) },
        ...(end === undefined ? {} : { ExclusiveStartKey: { pk, sk: end } }),
        ScanIndexForward: sort === 'createdAt',
        ConsistentRead: true,
        Limit: kind === undefined || reads === 1 ? limit + 1 : MESSAGES_AT_ONCE,
      });
      found.push(...Items);
      const shown = found.slice(0, limit).map(toRow);
      if (found.length > limit) return { items: shown, next: [text().get(found[limit - 1]?.sk)] };
      if (last === undefined) return { items: shown };
      end = text<string>().get(last.sk);
      // DynamoDB also ends a page at one megabyte, and reads are limited, so a page of one kind can be short.
      const mayLookOn = found.length === 0 && performance.now() - started < LOOK_ON_MILLISECONDS;
      if (kind === undefined || (reads >= MOST_READS && !mayLookOn)) return { items: shown, next: [end] };
    }
  }

  return {
    async nextNumber(organizationId) {
      const { Attributes } = await update(db, {
        TableName: table,
        Key: { pk: `T#${organizationId}#CTR`, sk: 'TICKET' },
        UpdateExpression: 'ADD last_number :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      });
      return number.get(Attributes?.last_number);
    },

    async find(organizationId, ref) {
      if (typeof ref === 'string') return findById(organizationId, ref);
      const id =
        typeof ref === 'number'
          ? await findHolder(organizationId, 'N', ref)
          : await findHolder(organizationId, 'X', ref.externalId);
      return id === undefined ? undefined : findById(organizationId, id);
    },

    save(change) {
      const { organizationId, ticket } = change.record;
      const { message } = change;
      return transact(
        db,
        ticketSteps(db, change, {
          stale: () => new StaleError(),
          async externalIdTaken() {
            const owner = await findHolder(organizationId, 'X', ticket.externalId ?? '');
            return owner === undefined ? externalIdMoves() : externalIdTaken(owner);
          },
          async messageExternalIdTaken() {
            const pk = partitionOf('T', organizationId, ticket.id);
            const guard = await getItem(db, table, messageGuardKey(pk, message?.externalId ?? ''));
            return guard === undefined ? externalIdMoves() : messageExternalIdTaken(text().get(guard.id));
          },
        }),
      );
    },

    async list(organizationId, request) {
      const page = await listTickets(db, organizationId, request);
      if (request.sort !== 'updatedAt') return page;
      // With a filter, the page can end far after its last item.
      const end = sortKeyOf(page.next) ?? page.items.at(-1)?.updatedAt;
      const newest = end?.slice(0, INSTANT_CHARACTERS);
      const unsettled = newest === undefined ? 0 : Date.parse(newest) + settleMilliseconds - Date.now();
      if (newest === undefined || unsettled <= 0) return page;
      // A change gets its instant before it is written, so an earlier one may not be in the index yet. A client that synchronises page by page would never see it.
      await sleep(Math.min(unsettled, 2 * settleMilliseconds));
      const complete = await listTickets(db, organizationId, request, newest);
      // `$` sorts after all keys of that instant, so the next page begins after it.
      return complete.next !== undefined || page.next === undefined ? complete : { ...complete, next: [`${newest}$`] };
    },

    async findMessage(organizationId, ticketId, messageId) {
      if (!isPossibleId(ticketId) || !isPossibleId(messageId)) return undefined;
      const pk = partitionOf('T', organizationId, ticketId);
      const pointer = await getItem(db, table, messagePointerKey(pk, messageId));
      const item = pointer === undefined ? undefined : await getItem(db, table, { pk, sk: pointer.at });
      return item === undefined ? undefined : messageOf(ticketId, item);
    },

    listMessages(organizationId, ticketId, page) {
      return listItems(organizationId, ticketId, { ...page, prefix: MESSAGE }, (item) => messageOf(ticketId, item));
    },

    listHistory(organizationId, ticketId, page) {
      return listItems(organizationId, ticketId, { ...page, prefix: EVENT }, historyEntry);
    },
  };
}

function historyEntry(item: Item): HistoryEntry {
  const privateChanges = optional(json<readonly Change[]>()).get(item.written) ?? [];
  return historyEntryOf(json<TicketEvent>().get(item.event), privateChanges);
}
