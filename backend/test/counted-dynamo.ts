import { GetCommand, type TransactWriteCommandInput, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Dynamo, TABLES, type TableDesign } from '../src/adapters/dynamodb/index.ts';
import { writeUnits } from './item-size.ts';

type Key = Record<string, unknown>;

export interface Spent {
  readonly read: number;
  readonly write: number;
}

export interface Counted {
  /** The units that `work` takes. */
  during(work: () => Promise<unknown>): Promise<Spent>;
  /** Every action that was used so far. */
  readonly commands: ReadonlySet<string>;
}

/**
 * Counts the request units of a database's calls: reads as DynamoDB reports them, writes from the items as they were
 * before and after. One call at a time.
 */
export function counted(db: Dynamo, looking: Dynamo): Counted {
  const commands = new Set<string>();
  let read = 0;
  let write = 0;

  db.client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String((context as { commandName?: string }).commandName);
      commands.add(command);
      const input = args.input as Record<string, unknown>;
      const writes = writesOf(command, input);
      const before = await Promise.all(writes.map(({ table, key }) => look(table, key)));
      const isRead = writes.length === 0;
      const answer = await next(isRead ? { ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } } : args);
      const { ConsumedCapacity: used } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      if (isRead) read += used?.CapacityUnits ?? Number.NaN;
      const after = await Promise.all(writes.map(({ table, key }) => look(table, key)));
      for (const [i, { table, transactional }] of writes.entries()) {
        write += writeUnits(designOf(table), before[i], after[i], transactional);
      }
      return answer;
    },
    { step: 'initialize', priority: 'high', name: 'counting' },
  );

  async function look(table: string, key: Key): Promise<Record<string, unknown> | undefined> {
    return (await looking.client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
  }

  function designOf(table: string): TableDesign {
    const found = Object.entries(db.tables).find(([, name]) => name === table);
    return TABLES[found?.[0] as keyof typeof TABLES];
  }

  return {
    commands,
    async during(work) {
      [read, write] = [0, 0];
      await work();
      return { read, write };
    },
  };
}

function writesOf(command: string, input: object): { table: string; key: Key; transactional: boolean }[] {
  if (command === 'UpdateItemCommand' || command === 'UpdateCommand') {
    const { TableName, Key: key } = input as UpdateCommandInput;
    return [{ table: TableName as string, key: key as Key, transactional: false }];
  }
  const { TransactItems: items = [] } = input as TransactWriteCommandInput;
  return items.map(({ Put: put, Update: update, Delete: remove, ConditionCheck: check }) => {
    const keyed = update ?? remove ?? check;
    const { pk, sk } = { ...put?.Item, ...keyed?.Key };
    return { table: (put ?? keyed)?.TableName as string, key: { pk, sk }, transactional: true };
  });
}
