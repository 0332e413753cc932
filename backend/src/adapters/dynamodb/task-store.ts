import { StaleError } from '@curlew/core/kernel';
import {
  type Task,
  type TaskChange,
  type TaskRecord,
  type TaskStore,
  type TicketLookup,
  taskExternalIdTaken,
} from '@curlew/core/task';
import { flag, mapOf, nullable, number, text, textOrEmpty } from './attributes.ts';
import { externalIdMoves, getItem, type Item, type Step, transact } from './calls.ts';
import { putEvent, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { guardKey, isPossibleId, partitionOf, recordKey } from './keys.ts';
import { checkVersion, removeAtVersion, replaceAtVersion } from './version-steps.ts';
import { continueAfter, type Walks, walkBestIndex } from './walk-index.ts';

const TASK = mapOf<Task>({
  id: text(),
  ticketId: nullable(text()),
  externalId: nullable(text()),
  title: text(),
  description: textOrEmpty,
  done: flag,
  createdAt: text(),
  updatedAt: text(),
  version: number,
});

export function dynamoTaskStore(db: Dynamo): TaskStore {
  const table = tableOf(db, 'tasks');

  function recordStep({ record, before, event, remove }: TaskChange): Step {
    const item = taskItem(record);
    if (before === undefined) return putNew(table, item, undefined);
    const stale = () => new StaleError();
    const write = event === undefined ? checkVersion : remove ? removeAtVersion : replaceAtVersion;
    return write(table, item, 'task', before.task.version, stale);
  }

  function externalIdSteps({ record: { organizationId, task }, before, remove }: TaskChange): Step[] {
    const [from, to] = [before?.task.externalId ?? null, remove ? null : task.externalId];
    if (from === to) return [];
    const key = (externalId: string) => guardKey('D', organizationId, 'X', externalId);
    const taken = async (externalId: string) => {
      const guard = await getItem(db, table, key(externalId));
      return guard === undefined ? externalIdMoves() : taskExternalIdTaken(text().get(guard.id));
    };
    return [
      ...(to === null ? [] : [putNew(table, { ...key(to), id: task.id }, () => taken(to))]),
      ...(from === null ? [] : [{ write: { Delete: { TableName: table, Key: { ...key(from) } } } }]),
    ];
  }

  return {
    async find(organizationId, id) {
      if (!isPossibleId(id)) return undefined;
      const item = await getItem(db, table, recordKey('D', organizationId, id));
      return item === undefined ? undefined : { organizationId, task: taskOf(item) };
    },

    save(change) {
      const { organizationId, task } = change.record;
      return transact(db, [
        recordStep(change),
        ...externalIdSteps(change),
        ...(change.event === undefined
          ? []
          : [putEvent(table, partitionOf('D', organizationId, task.id), change.event)]),
        ...putReceipt(db, change.receipt),
      ]);
    },

    async list(organizationId, { ticketId, done, sort, ...page }) {
      if (ticketId !== undefined && !isPossibleId(ticketId)) return { items: [] };
      const [index, partition, value] =
        ticketId === undefined
          ? ['by-creation', 'o', organizationId]
          : ['by-ticket', 't', `${organizationId}#${ticketId}`];
      const filter = {
        expression: '#task.#done = :done',
        names: { '#task': 'task', '#done': 'done' },
        values: { ':done': done },
      };
      const thinned = done === undefined ? {} : { filter };
      const walk = { table, index, partition, values: [value], sort: 'id', ...thinned };
      const walks: Walks = (end) => [{ ...walk, ...continueAfter(end, sort === '-createdAt') }];
      return walkBestIndex(db, walks, page, taskOf);
    },
  };
}

/** Checks whether a ticket exists; reads only its header. */
export function dynamoTicketLookup(db: Dynamo): TicketLookup {
  const table = tableOf(db, 'tickets');
  return {
    async exists(organizationId, ticketId) {
      const header = isPossibleId(ticketId)
        ? await getItem(db, table, recordKey('T', organizationId, ticketId))
        : undefined;
      return header !== undefined && header.deletedAt === undefined;
    },
  };
}

export function taskItem({ organizationId, task }: TaskRecord): Item {
  return {
    ...recordKey('D', organizationId, task.id),
    id: task.id,
    o: organizationId,
    ...(task.ticketId === null ? {} : { t: `${organizationId}#${task.ticketId}` }),
    task: TASK.put(task),
  };
}

export function taskOf({ task }: Item): Task {
  return TASK.get(task);
}
