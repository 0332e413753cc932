-- A key's text is shown once; only its digest is stored. A revoked key stays, so that the audit log can still name it.
CREATE TABLE api_keys (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  start TEXT NOT NULL,
  digest TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by_id TEXT NOT NULL,
  expires_at TEXT,
  last_used_at TEXT,
  revoked_at TEXT,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX api_keys_by_id ON api_keys (organization_id, id);
CREATE INDEX api_keys_by_creation ON api_keys (organization_id) WHERE revoked_at IS NULL;
CREATE INDEX api_keys_by_user ON api_keys (organization_id, user_id) WHERE revoked_at IS NULL;

ALTER TABLE organizations ADD COLUMN updated_at TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- `row` is the order of creation, as in every other table.
ALTER TABLE organizations ADD COLUMN row INTEGER;
UPDATE organizations SET updated_at = created_at,
  row = (SELECT count(*) FROM organizations AS earlier WHERE earlier.id <= organizations.id);
CREATE UNIQUE INDEX organizations_by_creation ON organizations (row);
