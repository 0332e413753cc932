-- The triggers below make sure that no entry is changed or removed.
CREATE TABLE audit (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  time TEXT NOT NULL,
  action TEXT NOT NULL,
  actor_id TEXT,
  key_id TEXT,
  subject_id TEXT,
  address TEXT,
  request_id TEXT,
  details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_organization ON audit (organization_id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'The audit log is never changed.');
END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'The audit log is never changed.');
END;
