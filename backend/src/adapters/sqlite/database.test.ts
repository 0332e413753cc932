import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachDatabase, type Database, DatabaseError, lockFolder, openDatabase } from './index.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  file = join(folder, 'curlew.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const setting = (database: Database, name: string) =>
  database.db.prepare('SELECT value FROM settings WHERE name = ?').get(name)?.value;

describe('openDatabase', () => {
  it('uses WAL, synchronous FULL and foreign keys', async () => {
    const database = openDatabase(file);
    const pragma = (name: string) => Object.values(database.db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    await database.close();
  });

  it('opens an existing file, without a check after a clean stop', async () => {
    const first = openDatabase(file);
    await first.write(() => first.db.exec("INSERT INTO settings VALUES ('a', '1')"));
    await first.close();
    const second = openDatabase(file, () => expect.unreachable());
    expect(setting(second, 'a')).toBe('1');
    await second.close();
  });

  it('checks the file after an unclean stop', async () => {
    const first = openDatabase(file);
    first.db.close();
    let checked = 0;
    const second = openDatabase(file, () => checked++);
    await second.close();
    expect(checked).toBe(1);
  });

  it('refuses a damaged database and does not change it', async () => {
    const first = openDatabase(file);
    await first.write(() => {
      const insert = first.db.prepare('INSERT INTO settings VALUES (?, ?)');
      for (let i = 0; i < 2000; i++) insert.run(`name${i}`, 'x'.repeat(200));
    });
    first.db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.length - 40_000, bytes.length - 4096);
    writeFileSync(file, bytes);
    expect(() => openDatabase(file)).toThrow(/is damaged .* restore it from a backup/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('refuses the database of a newer version and does not change it', async () => {
    const database = openDatabase(file);
    await database.close();
    const raw = new DatabaseSync(file);
    raw.exec('PRAGMA user_version = 999');
    raw.close();
    const before = readFileSync(file);
    expect(() => openDatabase(file)).toThrow(
      /has version 999, but this Curlew supports at most version \d+; update Curlew/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses the database of another program', () => {
    const raw = new DatabaseSync(file);
    raw.exec('CREATE TABLE theirs (x)');
    raw.close();
    expect(() => openDatabase(file)).toThrow(/database of another program/);
  });

  it.each([
    ['a file that is not a database', () => writeFileSync(file, 'no database at all, but long enough for a header')],
    ['a file in a missing folder', () => rmSync(folder, { recursive: true })],
  ])('throws a one-sentence error for %s', (_, damage) => {
    damage();
    expect(() => openDatabase(file)).toThrow(DatabaseError);
    expect(() => openDatabase(file)).toThrow(/^Cannot open the database [^\n]+\.$/);
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  });
});

describe('attachDatabase', () => {
  it('works while a server runs, and does not mark the stop as clean', async () => {
    const server = openDatabase(file);
    const attached = attachDatabase(file);
    await attached.write(() => attached.db.exec("INSERT INTO settings VALUES ('a', '1')"));
    await attached.close();
    expect(setting(server, 'a')).toBe('1');
    server.db.close();
    let checked = 0;
    await openDatabase(file, () => checked++).close();
    expect(checked).toBe(1);
  });
});

describe('lockFolder', () => {
  it('allows one holder at a time', () => {
    const first = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(/Another Curlew is using/);
    first.release();
    lockFolder(folder).release();
  });
});

describe('write', () => {
  it('commits jobs that arrive together once, in order, and rolls back only jobs that throw', async () => {
    const database = openDatabase(file);
    let commits = 0;
    database.onCommit(() => commits++);
    const add = (name: string) =>
      database.write(() => database.db.prepare('INSERT INTO settings VALUES (?, ?)').run(name, '1'));
    const outcomes = await Promise.allSettled([
      add('a'),
      database.write(() => {
        database.db.exec("INSERT INTO settings VALUES ('undone', '1')");
        throw new Error('mine alone');
      }),
      add('b'),
      add('a'),
      add('c'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(commits).toBe(1);
    const names = database.db
      .prepare('SELECT name FROM settings ORDER BY name')
      .all()
      .map((row) => row.name);
    expect(names).toEqual(['a', 'b', 'c']);
    await database.close();
  });

  it('rejects every job of a failed commit, and still accepts the next job', async () => {
    const database = openDatabase(file);
    database.db.exec('CREATE TABLE child (parent TEXT REFERENCES organizations (id) DEFERRABLE INITIALLY DEFERRED)');
    const outcomes = await Promise.allSettled([
      database.write(() => database.db.exec("INSERT INTO settings VALUES ('a', '1')")),
      database.write(() => database.db.exec("INSERT INTO child VALUES ('nobody')")),
      database.write(() => database.db.exec("INSERT INTO settings VALUES ('b', '1')")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(setting(database, 'a')).toBeUndefined();
    await database.write(() => database.db.exec("INSERT INTO settings VALUES ('c', '1')"));
    expect(setting(database, 'c')).toBe('1');
    await database.close();
  });

  it('throws unavailable and keeps the stored data if the disk is full', async () => {
    const database = openDatabase(file);
    await database.write(() => database.db.exec("INSERT INTO settings VALUES ('a', '1')"));
    const { page_count: pages } = database.db.prepare('PRAGMA page_count').get() as { page_count: number };
    database.db.exec(`PRAGMA max_page_count = ${pages}`);
    const big = database.write(() =>
      database.db.prepare('INSERT INTO settings VALUES (?, ?)').run('big', 'x'.repeat(100_000)),
    );
    await expect(big).rejects.toMatchObject({ code: 'unavailable' });
    expect(setting(database, 'a')).toBe('1');
    expect(setting(database, 'big')).toBeUndefined();
    database.db.exec('PRAGMA max_page_count = 1000000');
    await database.write(() => database.db.exec("INSERT INTO settings VALUES ('b', '1')"));
    await database.close();
  });

  it('waits while another process writes', async () => {
    const database = openDatabase(file);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE; INSERT INTO settings VALUES ('other', '1')");
    const mine = database.write(() => database.db.exec("INSERT INTO settings VALUES ('mine', '1')"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    other.exec('COMMIT');
    other.close();
    await mine;
    expect([setting(database, 'other'), setting(database, 'mine')]).toEqual(['1', '1']);
    await database.close();
  });
});
