import { hash } from 'node:crypto';
import { summaryOf, type TicketCounts } from '@curlew/core/analytics';
import { StaleError } from '@curlew/core/kernel';
import type { TicketFacts } from '@curlew/core/ticket';
import { flag, mapOf, number, optional, text } from './attributes.ts';
import { getItem, type Item, pause, query, type Step, transact } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';
import { recordKey } from './keys.ts';

// DynamoDB limits the writes to one item, so the count is split into shards; a read adds them up.
const SHARDS = 8;
const MOST_TRIES = 20;
// No caller waits for this transaction, and many events can update the same shard at once, so it retries for about
// eight seconds. Measured with 1,000 events at once: all succeed within two seconds, but with the usual eight attempts
// two in five fail.
const MOST_TRANSACTION_TRIES = 40;

type CountedTicket = Pick<TicketFacts, 'status' | 'priority' | 'deleted'> & { sequence: number };

const COUNTED_TICKET = mapOf<CountedTicket>({ sequence: number, status: text(), priority: text(), deleted: flag });

export function dynamoTicketCounts(db: Dynamo): TicketCounts {
  const table = tableOf(db, 'analytics');
  const countersOf = (organizationId: string) => `N#${organizationId}#CTR`;

  /** Stores the values under which the ticket is counted; refused if another consumer changed them since the read. */
  function rememberStep(key: Item, before: CountedTicket | undefined, counted: CountedTicket): Step {
    return {
      write: {
        Put: {
          TableName: table,
          Item: { ...key, ...COUNTED_TICKET.put(counted) },
          ConditionExpression: before === undefined ? 'attribute_not_exists(pk)' : '#sequence = :before',
          ...(before === undefined
            ? {}
            : {
                ExpressionAttributeNames: { '#sequence': 'sequence' },
                ExpressionAttributeValues: { ':before': before.sequence },
              }),
        },
      },
      refused: () => new StaleError(),
    };
  }

  function countStep(
    organizationId: string,
    ticketId: string,
    before: CountedTicket | undefined,
    after: CountedTicket,
  ): Step[] {
    const deltas = new Map<string, number>();
    const add = (name: string, by: number) => deltas.set(name, (deltas.get(name) ?? 0) + by);
    for (const [ticket, by] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (ticket === undefined || ticket.deleted) continue;
      add(`status_${ticket.status}`, by);
      add(`priority_${ticket.priority}`, by);
    }
    const moved = [...deltas].filter(([, by]) => by !== 0);
    if (moved.length === 0) return [];
    const shard = Number.parseInt(hash('sha256', ticketId).slice(0, 8), 16) % SHARDS;
    const update = {
      TableName: table,
      Key: { pk: countersOf(organizationId), sk: `S#${shard}` },
      UpdateExpression: `ADD ${moved.map(([name]) => `#${name} :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(moved.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(moved.map(([name, by]) => [`:${name}`, by])),
    };
    return [{ write: { Update: update } }];
  }

  return {
    async apply(organizationId, ticketId, sequence, { status, priority, deleted }) {
      const key = recordKey('N', organizationId, ticketId);
      for (let tries = 1; ; tries++) {
        const item = await getItem(db, table, key);
        const before = item === undefined ? undefined : COUNTED_TICKET.get(item);
        if (before !== undefined && before.sequence >= sequence) return;
        const after = { sequence, status, priority, deleted };
        try {
          const steps = [rememberStep(key, before, after), ...countStep(organizationId, ticketId, before, after)];
          await transact(db, steps, MOST_TRANSACTION_TRIES);
          return;
        } catch (error) {
          if (!(error instanceof StaleError) || tries === MOST_TRIES) throw error;
          await pause(tries);
        }
      }
    },

    async read(organizationId) {
      const { Items: shards = [] } = await query(db, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': countersOf(organizationId) },
        ConsistentRead: true,
      });
      const sum = (name: string) =>
        shards.reduce((total, shard) => total + (optional(number).get(shard[name]) ?? 0), 0);
      return summaryOf({
        ofStatus: (status) => sum(`status_${status}`),
        ofPriority: (priority) => sum(`priority_${priority}`),
      });
    },
  };
}
