-- Setting a timer again creates a new row, and no id is used twice. A dead timer has no due_at.
CREATE TABLE timers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reaction TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  key TEXT NOT NULL,
  at TEXT NOT NULL,
  due_at TEXT,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX timers_by_name ON timers (reaction, organization_id, key);
CREATE INDEX timers_by_due_time ON timers (due_at);
