import { StaleError } from '@curlew/core/kernel';
import { type Task, type TaskChange, type TaskRecord, type TaskStore, taskExternalIdTaken } from '@curlew/core/task';
import { changeWriters } from './change-writers.ts';
import { columnsOf, flag, insertSql, integer, nullable, type Row, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { updateChanged } from './update-changed.ts';

const TASK = columnsOf<Task>({
  id: text('id'),
  ticketId: nullable(text('ticket_id')),
  externalId: nullable(text('external_id')),
  title: text('title'),
  description: text('description'),
  done: flag('done'),
  createdAt: text('created_at'),
  updatedAt: text('updated_at'),
  version: integer('version'),
});

export const TASK_RECORD = columnsOf<TaskRecord>({ organizationId: text('organization_id'), task: TASK });

export function sqliteTaskStore(database: Database): TaskStore {
  const { prepare, prepareSelect } = database;
  const names = TASK_RECORD.select;
  const byId = prepareSelect(`${selectSql('tasks', names)} WHERE organization_id = ? AND id = ?`);
  const ownerOf = prepare('SELECT id FROM tasks WHERE organization_id = ? AND external_id = ?');
  const insert = prepare(insertSql('tasks', names));
  const remove = prepare('DELETE FROM tasks WHERE organization_id = ? AND id = ?');
  const save = changeWriters(database);

  function write(change: TaskChange): void {
    const { organizationId, task } = change.record;
    const stored = change.before === undefined ? undefined : requireUnchanged(change.before);
    if (task.externalId !== null && !change.remove) {
      const owner = ownerOf.get(organizationId, task.externalId)?.id;
      if (owner !== undefined && owner !== task.id) throw taskExternalIdTaken(String(owner));
    }
    if (change.event !== undefined) {
      save.event(change.event);
      writeTask(change, stored);
    }
    save.receipt(change.receipt);
  }

  function requireUnchanged({ organizationId, task }: TaskRecord): Row {
    const stored = byId.get(organizationId, task.id);
    if (stored === undefined || TASK_RECORD.get(stored, 0).task.version !== task.version) throw new StaleError();
    return stored;
  }

  function writeTask({ record, remove: isRemoved }: TaskChange, stored: Row | undefined): void {
    const key = [record.organizationId, record.task.id];
    const next = TASK_RECORD.put(record);
    if (isRemoved) remove.run(...key);
    else if (stored === undefined) insert.run(...next);
    else updateChanged(database, { table: 'tasks', names, stored, next }, 'organization_id = ? AND id = ?', key);
  }

  return {
    async find(organizationId, id) {
      const row = byId.get(organizationId, id);
      return row === undefined ? undefined : TASK_RECORD.get(row, 0);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(organizationId, query) {
      const conditions = ['organization_id = ?'];
      const values: (string | number)[] = [organizationId];
      if (query.ticketId !== undefined) {
        conditions.push('ticket_id = ?');
        values.push(query.ticketId);
      }
      if (query.done !== undefined) {
        conditions.push('done = ?');
        values.push(query.done ? 1 : 0);
      }
      const by = [query.ticketId === undefined ? '' : '_ticket', query.done === undefined ? '' : '_done'].join('');
      const from = `tasks INDEXED BY tasks_by${by === '' ? '_creation' : by}`;
      return creationPage(database, { reader: TASK, from, where: conditions.join(' AND '), values }, query);
    },
  };
}
