import { existsSync } from 'node:fs';
import { openDatabase, sqliteTimerStore } from '../../src/adapters/sqlite/index.ts';
import { localTimers } from '../../src/adapters/timers/local-timers.ts';
import { wallClock } from '../../src/hosts/clocks.ts';

// The arguments are a database file and the number of timers. The first run sets the timers, due a moment later. Each
// run prints "set" after that, and "done" when no timer is left.
const [file = '', count = ''] = process.argv.slice(2);
const isNew = !existsSync(file);
const database = openDatabase(file);
database.db.exec(
  'CREATE TABLE IF NOT EXISTS effects (key TEXT PRIMARY KEY, due_at TEXT, effects INTEGER NOT NULL, runs INTEGER NOT NULL)',
);
const store = sqliteTimerStore(database);
const timers = localTimers({
  store,
  clock: wallClock,
  onFailure({ error }) {
    throw error;
  },
  reactions: {
    // Like a service's reaction, it reads its row and does nothing if the row does not need this run.
    async effect({ key, at }) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      await database.write(() => {
        database.prepare('UPDATE effects SET runs = runs + 1 WHERE key = ?').run(key);
        database
          .prepare('UPDATE effects SET effects = effects + 1, due_at = NULL WHERE key = ? AND due_at = ?')
          .run(key, at);
      });
      // A kill between the effect and the end of the timer makes the timer run again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    },
  },
});

if (isNew) {
  const at = new Date(Date.now() + 500).toISOString();
  const insert = 'INSERT INTO effects (key, due_at, effects, runs) VALUES (?, ?, 0, 0)';
  await Promise.all(
    Array.from({ length: Number(count) }, async (_, i) => {
      await database.write(() => database.prepare(insert).run(`k${i}`, at));
      await timers.set({ reaction: 'effect', organizationId: 'org_a', key: `k${i}` }, at);
    }),
  );
}
console.log('set');
timers.wake();
const done = setInterval(async () => {
  if ((await store.due('9999-01-01T00:00:00.000Z', 1)).length > 0) return;
  clearInterval(done);
  await timers.stop();
  await database.close();
  console.log('done');
}, 10);
