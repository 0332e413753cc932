import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from './columns.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';

/** An open Curlew database. Reads see what is committed, and what is committed is on disk. */
export interface Database extends GroupCommit {
  readonly db: DatabaseSync;
  /** Prepared once per SQL text. */
  prepare(sql: string): StatementSync;
  /** The same for a SELECT whose rows are to be arrays. */
  prepareSelect(sql: string): Select;
  /** Waits for the last write, notes that the stop was clean, and closes the file. */
  close(): Promise<void>;
}

export interface Select {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
}

/** Says in one sentence for the operator why a database cannot be opened. Nothing was changed. */
export class DatabaseError extends Error {}

const MOST_STATEMENTS = 500;
const MIGRATIONS = new URL('../../../migrations/', import.meta.url);
// "Crlw": tells a Curlew database from any other SQLite file.
const APPLICATION_ID = 0x43726c77;

/**
 * Opens `file` (or `:memory:`), creating and migrating it. After an unclean stop the file is checked first; `onCheck`
 * hears of it, since that takes a while on a large one. Throws `DatabaseError`.
 */
export function openDatabase(file: string, onCheck: () => void = () => {}): Database {
  const db = connect(file, (fresh) => prepareFile(fresh, file, onCheck));
  return databaseOf(db, () => {
    db.exec("INSERT INTO settings (name, value) VALUES ('clean_stop', '1') ON CONFLICT DO NOTHING");
  });
}

/** Opens a database beside the server that runs on it. Throws `DatabaseError`. */
export function attachDatabase(file: string): Database {
  const db = connect(file, (existing) => {
    if (versionOf(existing, file) !== migrationFiles().length) {
      throw new DatabaseError(`The database ${file} is of an older Curlew; start the server once to update it.`);
    }
    existing.exec('PRAGMA synchronous = FULL');
  });
  return databaseOf(db, () => {});
}

function databaseOf(db: DatabaseSync, beforeClose: () => void): Database {
  const commits = groupCommit(db);
  return {
    ...commits,
    db,
    prepare: oncePerText((sql) => db.prepare(sql)),
    prepareSelect: oncePerText((sql) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      // The types of Node know no arrays here.
      return statement as unknown as Select;
    }),
    async close() {
      await commits.settled();
      beforeClose();
      db.close();
    },
  };
}

function oncePerText<Statement>(make: (sql: string) => Statement): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      // Lists have as many texts as there are combinations of filters; what is in use elsewhere stays valid.
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      statement = make(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
}

function connect(file: string, prepare: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
    prepare(db);
    // From here on the queue waits for other writers; SQLite would have the whole process wait.
    db.exec('PRAGMA busy_timeout = 0');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DatabaseError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(`Cannot open the database ${file}: ${reason}.`, { cause: error });
  }
}

function prepareFile(db: DatabaseSync, file: string, onCheck: () => void): void {
  const version = versionOf(db, file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864',
  );
  // 16 MiB of log before it is copied back: on a large database the same pages are written again and again meanwhile.
  db.exec('PRAGMA wal_autocheckpoint = 4000');
  if (version > 0) checkAfterUncleanStop(db, file, onCheck);
  for (const [i, migration] of migrationFiles().entries()) {
    if (i >= version) migrate(db, i + 1, migration);
  }
  db.exec("DELETE FROM settings WHERE name = 'clean_stop'");
}

/** The number of migrations that the file has had; 0 for a new one. Throws for a file that is not ours to open. */
function versionOf(db: DatabaseSync, file: string): number {
  const version = pragma(db, 'user_version');
  const foreign = pragma(db, 'application_id') !== APPLICATION_ID;
  if (foreign && (version !== 0 || db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined)) {
    throw new DatabaseError(`${file} is a database of another program; choose another CURLEW_DATA_DIR.`);
  }
  const known = migrationFiles().length;
  if (version > known) {
    throw new DatabaseError(
      `The database ${file} is of a newer Curlew (version ${version}; this one knows ${known}); update Curlew.`,
    );
  }
  return version;
}

function checkAfterUncleanStop(db: DatabaseSync, file: string, onCheck: () => void): void {
  if (db.prepare("SELECT 1 FROM settings WHERE name = 'clean_stop'").get() !== undefined) return;
  onCheck();
  const [first] = db.prepare('PRAGMA quick_check(1)').all();
  const verdict = Object.values(first ?? {})[0];
  if (verdict !== 'ok') {
    throw new DatabaseError(
      `The database ${file} is damaged (${String(verdict).replace(/\s+/g, ' ')}); restore it from a backup.`,
    );
  }
}

function migrate(db: DatabaseSync, version: number, file: URL): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(readFileSync(file, 'utf8'));
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function migrationFiles(): URL[] {
  const names = readdirSync(MIGRATIONS).filter((name) => /^\d{4}-.*\.sql$/.test(name));
  return names.sort().map((name) => new URL(name, MIGRATIONS));
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}
