import { hash } from 'node:crypto';
import { Summary, type TicketCounts } from '@curlew/core/analytics';
import { StaleError } from '@curlew/core/kernel';
import { TicketPriority, TicketStatus } from '@curlew/core/ticket';
import { getItem, type Item, pause, query, type Step, transact } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';
import { recordKey } from './keys.ts';

// One counter would take about as many changes a second as one item can; a few share the load, and a read adds them up.
const SHARDS = 8;
const MOST_TRIES = 20;
// Nobody waits for an answer, and many may count at once: about eight seconds for each other's sake. A thousand events
// at the same moment take two; after eight tries, as elsewhere, two in five of them would have given up.
const MOST_TRIES_AT_ONCE = 40;

export function dynamoTicketCounts(db: Dynamo): TicketCounts {
  const table = tableOf(db, 'analytics');
  const countersOf = (organizationId: string) => `N#${organizationId}#CTR`;

  /** Remembers where the ticket was counted; refused when somebody else has moved it meanwhile. */
  function rememberStep(key: Item, before: Item | undefined, counted: Item): Step {
    return {
      write: {
        Put: {
          TableName: table,
          Item: { ...key, ...counted },
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

  function countStep(organizationId: string, ticketId: string, before: Item | undefined, after: Item): Step[] {
    const deltas = new Map<string, number>();
    const add = (name: string, by: number) => deltas.set(name, (deltas.get(name) ?? 0) + by);
    for (const [item, by] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (item === undefined || item.deleted) continue;
      add(`status_${item.status}`, by);
      add(`priority_${item.priority}`, by);
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
        const before = await getItem(db, table, key);
        if (before !== undefined && (before.sequence as number) >= sequence) return;
        const after = { sequence, status, priority, deleted };
        try {
          const steps = [rememberStep(key, before, after), ...countStep(organizationId, ticketId, before, after)];
          await transact(db, steps, MOST_TRIES_AT_ONCE);
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
      const sum = (name: string) => shards.reduce((total, shard) => total + ((shard[name] as number) ?? 0), 0);
      const byStatus = Object.fromEntries(TicketStatus.options.map((one) => [one, sum(`status_${one}`)]));
      const byPriority = Object.fromEntries(TicketPriority.options.map((one) => [one, sum(`priority_${one}`)]));
      const total = Object.values(byStatus).reduce((all, count) => all + count, 0);
      return Summary.parse({ tickets: { total, byStatus, byPriority } }) as Summary;
    },
  };
}
