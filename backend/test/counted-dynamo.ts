import { GetCommand, type TransactWriteCommandInput, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../src/adapters/dynamodb/index.ts';
import type { TableDesign } from '../src/services/service-types.ts';
import { TABLES } from '../src/services/tables.ts';
import { writeUnits } from './item-size.ts';

type Key = Record<string, unknown>;

interface Used {
  readonly CapacityUnits?: number;
}

export interface Spent {
  readonly read: number;
  readonly write: number;
}

export interface Counted {
  /** Runs `work` and returns the request units that it consumes. */
  during(work: () => Promise<unknown>): Promise<Spent>;
  /** Every command that was sent so far. */
  readonly commands: ReadonlySet<string>;
}

/**
 * Adds up the request units that DynamoDB reports. Fails if the units of a write differ from the result of AWS's
 * published rules for the items before and after the write. Allows one call at a time.
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
      const answer = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } });
      const reported = unitsOf(answer.output as { ConsumedCapacity?: Used | Used[] });
      if (writes.length === 0) read += reported;
      else {
        write += reported;
        const after = await Promise.all(writes.map(({ table, key }) => look(table, key)));
        const published = writes.reduce(
          (sum, { table, transactional }, i) => sum + writeUnits(designOf(table), before[i], after[i], transactional),
          0,
        );
        if (reported !== published) {
          throw new Error(`${command} took ${reported} units; AWS's rules give ${published}.`);
        }
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
    const design = TABLES[found?.[0] ?? ''];
    if (design === undefined) throw new Error(`No table is deployed as ${table}.`);
    return design;
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

function unitsOf({ ConsumedCapacity: used }: { ConsumedCapacity?: Used | Used[] }): number {
  return [used ?? {}].flat().reduce((sum, { CapacityUnits }) => sum + (CapacityUnits ?? Number.NaN), 0);
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
