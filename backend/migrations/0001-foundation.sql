CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  address TEXT,
  role TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_by_id ON users (organization_id, id);
CREATE UNIQUE INDEX users_by_address ON users (organization_id, address) WHERE address IS NOT NULL;
CREATE INDEX users_by_creation ON users (organization_id) WHERE deleted_at IS NULL;
CREATE INDEX users_by_role ON users (organization_id, role) WHERE deleted_at IS NULL;

-- The row number is the order of creation. SQLite ends each index with it, so every index below also sorts by creation.
-- `position` is the position of the ticket's latest event. It orders tickets with the same `updated_at` by their commits.
CREATE TABLE tickets (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  external_id TEXT,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  type TEXT NOT NULL,
  reporter_id TEXT NOT NULL,
  assigned_to_id TEXT,
  tags TEXT NOT NULL,
  sentiment TEXT,
  urgency TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  resolved_at TEXT,
  closed_at TEXT,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  derived INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  custom_fields TEXT NOT NULL,
  triage TEXT
) STRICT;
CREATE UNIQUE INDEX tickets_by_id ON tickets (organization_id, id);
CREATE UNIQUE INDEX tickets_by_number ON tickets (organization_id, number);
CREATE UNIQUE INDEX tickets_by_external_id ON tickets (organization_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX tickets_by_creation ON tickets (organization_id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_update ON tickets (organization_id, updated_at, position) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_status ON tickets (organization_id, status) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_status_update ON tickets (organization_id, status, updated_at, position)
  WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_priority ON tickets (organization_id, priority) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_type ON tickets (organization_id, type) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_reporter ON tickets (organization_id, reporter_id) WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_reporter_update ON tickets (organization_id, reporter_id, updated_at, position)
  WHERE deleted_at IS NULL;
CREATE INDEX tickets_by_assignee ON tickets (organization_id, assigned_to_id)
  WHERE deleted_at IS NULL AND assigned_to_id IS NOT NULL;
CREATE INDEX tickets_by_assignee_update ON tickets (organization_id, assigned_to_id, updated_at, position)
  WHERE deleted_at IS NULL AND assigned_to_id IS NOT NULL;
CREATE INDEX tickets_by_sentiment ON tickets (organization_id, sentiment)
  WHERE deleted_at IS NULL AND sentiment IS NOT NULL;

CREATE TABLE ticket_tags (
  organization_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  ticket_row INTEGER NOT NULL,
  PRIMARY KEY (organization_id, tag, ticket_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  id TEXT NOT NULL,
  external_id TEXT,
  kind TEXT NOT NULL,
  author_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  FOREIGN KEY (organization_id, ticket_id) REFERENCES tickets (organization_id, id)
) STRICT;
CREATE INDEX messages_by_ticket ON messages (organization_id, ticket_id);
CREATE UNIQUE INDEX messages_by_id ON messages (organization_id, id);
CREATE UNIQUE INDEX messages_by_external_id ON messages (organization_id, ticket_id, external_id)
  WHERE external_id IS NOT NULL;

CREATE TABLE tasks (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  ticket_id TEXT,
  external_id TEXT,
  title TEXT NOT NULL,
  done INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  description TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tasks_by_id ON tasks (organization_id, id);
CREATE UNIQUE INDEX tasks_by_external_id ON tasks (organization_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX tasks_by_creation ON tasks (organization_id);
CREATE INDEX tasks_by_done ON tasks (organization_id, done);
CREATE INDEX tasks_by_ticket ON tasks (organization_id, ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX tasks_by_ticket_done ON tasks (organization_id, ticket_id, done) WHERE ticket_id IS NOT NULL;

-- Each row is an event, its history entry and its outbox entry at once, so these cannot differ.
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  time TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  data TEXT NOT NULL,
  private_changes TEXT
) STRICT;
CREATE UNIQUE INDEX events_by_subject ON events (organization_id, service, subject, sequence);

CREATE TABLE subscriptions (
  name TEXT PRIMARY KEY,
  passed_position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed deliveries: they wait for the next retry, or are dead letters (retry_at is null).
CREATE TABLE deliveries (
  subscription TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES events (position),
  subject_key TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  retry_at TEXT,
  PRIMARY KEY (subscription, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_subject ON deliveries (subscription, subject_key, position) WHERE retry_at IS NOT NULL;

CREATE TABLE receipts (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_by_expiry ON receipts (expires_at);

CREATE TABLE ticket_counts (
  organization_id TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  tickets INTEGER NOT NULL,
  PRIMARY KEY (organization_id, status, priority)
) STRICT, WITHOUT ROWID;

-- The values under which each ticket is counted, and the sequence of its last counted event. They make counting idempotent.
CREATE TABLE counted_tickets (
  organization_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  PRIMARY KEY (organization_id, ticket_id)
) STRICT, WITHOUT ROWID;
