import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// The same format as in Curlew's responses, so that both servers send the same number of bytes.
const ANSWER = `json_object('id', id, 'number', number, 'externalId', external_id, 'title', title,
  'description', description, 'status', status, 'priority', priority, 'type', type, 'reporterId', reporter_id,
  'assignedToId', assigned_to_id, 'tags', json(tags), 'customFields', json(custom_fields), 'triage', NULL,
  'createdAt', created_at, 'updatedAt', updated_at, 'resolvedAt', resolved_at, 'closedAt', closed_at,
  'version', version)`;

/** Makes the floor's database from a filled database of Curlew, with the same number of tickets and the same ids. */
export function makeFloorDatabase(file: string, curlewFolder: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  db.prepare('ATTACH ? AS curlew').run(join(curlewFolder, 'curlew.db'));
  // Two tables, so that the table for writes has no index except for its id.
  db.exec(`
    BEGIN;
    CREATE TABLE tickets (row INTEGER PRIMARY KEY, id TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
    CREATE TABLE listed (
      row INTEGER PRIMARY KEY, status TEXT NOT NULL, priority TEXT NOT NULL, updated_at TEXT NOT NULL, answer TEXT NOT NULL
    ) STRICT;
    CREATE TABLE messages (row INTEGER PRIMARY KEY, ticket_id TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
    INSERT INTO tickets SELECT row, id, ${ANSWER} FROM curlew.tickets ORDER BY row;
    INSERT INTO listed SELECT row, status, priority, updated_at, ${ANSWER} FROM curlew.tickets ORDER BY row;
    CREATE UNIQUE INDEX tickets_by_id ON tickets (id);
    CREATE INDEX listed_by_status ON listed (status);
    CREATE INDEX listed_by_status_priority ON listed (status, priority);
    CREATE INDEX listed_by_status_update ON listed (status, updated_at);
    CREATE INDEX messages_by_ticket ON messages (ticket_id);
    COMMIT;
  `);
  db.close();
}
