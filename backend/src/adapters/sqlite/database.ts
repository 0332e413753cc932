import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from './columns.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';

/** An open Curlew database. Reads see committed data only, and committed data is on disk. */
export interface Database extends GroupCommit {
  readonly db: DatabaseSync;
  /** Prepares a statement once per SQL text. */
  prepare(sql: string): StatementSync;
  /** Prepares a SELECT that returns its rows as arrays, once per SQL text. */
  prepareSelect(sql: string): Select;
  /**
   * Moves the write-ahead log into the database file and empties it, so that the log holds no deleted data. Resolves
   * with false if another process reads the file at the moment; then call it again later.
   */
  emptyLog(): Promise<boolean>;
  /** Waits for the last write, marks the stop as clean, and closes the file. */
  close(): Promise<void>;
}

interface Select {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
}

/** A database cannot be opened. The message tells the operator why in one sentence. The file is unchanged. */
export class DatabaseError extends Error {}

const MOST_STATEMENTS = 500;
// SQLite otherwise leaves deleted text in free pages of the file, and so in its copies.
const OVERWRITE_DELETED = 'PRAGMA secure_delete = ON';
const MIGRATIONS = new URL('../../../migrations/', import.meta.url);
// "Crlw" in ASCII: distinguishes a Curlew database from other SQLite files.
const APPLICATION_ID = 0x43726c77;

/**
 * Opens `file` (or `:memory:`), creates it if necessary and migrates it. After an unclean stop it checks the file, and
 * calls `onCheck` before the check, because the check of a large file takes a while. Throws `DatabaseError`.
 */
export function openDatabase(file: string, onCheck: () => void = () => {}): Database {
  const db = connect(file, (fresh) => prepareFile(fresh, file, onCheck));
  return databaseOf(db, () => {
    db.exec("INSERT INTO settings (name, value) VALUES ('clean_stop', '1') ON CONFLICT DO NOTHING");
  });
}

/** Opens a database that a running server may use at the same time. Throws `DatabaseError`. */
export function attachDatabase(file: string): Database {
  const db = connect(file, (existing) => {
    if (versionOf(existing, file) !== migrationFiles().length) {
      throw new DatabaseError(
        `The database ${file} has the format of an older Curlew; start the server once to update it.`,
      );
    }
    existing.exec(`PRAGMA synchronous = FULL; ${OVERWRITE_DELETED}`);
  });
  return databaseOf(db, () => {});
}

function databaseOf(db: DatabaseSync, beforeClose: () => void): Database {
  const commits = groupCommit(db);
  return {
    ...commits,
    db,
    prepare: cacheBySql((sql) => db.prepare(sql)),
    prepareSelect: cacheBySql((sql) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      // Node's type declarations do not cover rows as arrays.
      return statement as unknown as Select;
    }),
    async emptyLog() {
      await commits.settled();
      const row = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      return row?.busy === 0;
    },
    async close() {
      await commits.settled();
      beforeClose();
      db.close();
    },
  };
}

function cacheBySql<Statement>(make: (sql: string) => Statement): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      // Bounds the cache: lists have one text per combination of filters. Statements in use elsewhere stay valid.
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
    // From here on, the write queue waits for other writers; SQLite's own wait would block the whole process.
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
  // A checkpoint after 16 MiB of log (the default is 4 MiB): on a large database, a page that is written many times in
  // between is copied back only once.
  db.exec('PRAGMA wal_autocheckpoint = 4000');
  db.exec(OVERWRITE_DELETED);
  if (version > 0) checkAfterUncleanStop(db, file, onCheck);
  for (const [i, migration] of migrationFiles().entries()) {
    if (i >= version) migrate(db, i + 1, migration);
  }
  db.exec("DELETE FROM settings WHERE name = 'clean_stop'");
}

/** The number of migrations in the file; 0 for a new file. Throws for a file of another program or a newer version. */
function versionOf(db: DatabaseSync, file: string): number {
  const version = pragma(db, 'user_version');
  const foreign = pragma(db, 'application_id') !== APPLICATION_ID;
  if (foreign && (version !== 0 || db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined)) {
    throw new DatabaseError(`${file} is a database of another program; choose another CURLEW_DATA_DIR.`);
  }
  const known = migrationFiles().length;
  if (version > known) {
    throw new DatabaseError(
      `The database ${file} has version ${version}, but this Curlew supports at most version ${known}; update Curlew.`,
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
