import { StaleError } from '@curlew/core/kernel';
import { Task, type TaskChange, type TaskRecord, type TaskStore, taskExternalIdTaken } from '@curlew/core/task';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';

export function sqliteTaskStore(database: Database): TaskStore {
  const { prepare } = database;
  const byId = prepare('SELECT * FROM tasks WHERE organization_id = ? AND id = ?');
  const byExternalId = prepare('SELECT id FROM tasks WHERE organization_id = ? AND external_id = ?');
  const insert = prepare(
    `INSERT INTO tasks (ticket_id, external_id, title, done, created_at, updated_at, version, description,
       organization_id, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = prepare(
    `UPDATE tasks SET ticket_id = ?, external_id = ?, title = ?, done = ?, created_at = ?, updated_at = ?, version = ?,
       description = ? WHERE organization_id = ? AND id = ?`,
  );
  const remove = prepare('DELETE FROM tasks WHERE organization_id = ? AND id = ?');
  const save = saving(database);

  function write(change: TaskChange): void {
    const { organizationId, task } = change.record;
    if (change.before !== undefined && byId.get(organizationId, task.id)?.version !== change.before.task.version) {
      throw new StaleError();
    }
    if (task.externalId !== null && !change.remove) {
      const owner = byExternalId.get(organizationId, task.externalId)?.id;
      if (owner !== undefined && owner !== task.id) throw taskExternalIdTaken(owner as string);
    }
    if (change.event !== undefined) {
      save.event(change.event);
      writeTask(change);
    }
    save.receipt(change.receipt);
  }

  function writeTask({ record: { organizationId, task }, before, remove: gone }: TaskChange): void {
    if (gone) {
      remove.run(organizationId, task.id);
      return;
    }
    (before === undefined ? insert : update).run(
      task.ticketId,
      task.externalId,
      task.title,
      task.done ? 1 : 0,
      task.createdAt,
      task.updatedAt,
      task.version,
      task.description,
      organizationId,
      task.id,
    );
  }

  return {
    async find(organizationId, id) {
      const row = byId.get(organizationId, id);
      return row === undefined ? undefined : taskRecord(row);
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
      const select = `SELECT * FROM tasks INDEXED BY tasks_by${by === '' ? '_creation' : by}`;
      return creationPage(database, { select, where: conditions.join(' AND '), values }, query, toTask);
    },
  };
}

function taskRecord(row: Record<string, unknown>): TaskRecord {
  return { organizationId: row.organization_id as string, task: toTask(row) };
}

function toTask(row: Record<string, unknown>): Task {
  return Task.parse({
    id: row.id,
    ticketId: row.ticket_id,
    externalId: row.external_id,
    title: row.title,
    description: row.description,
    done: row.done === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  });
}
