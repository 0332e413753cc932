-- The networks from which each user signed in. Their tries do not count for wider networks.
CREATE TABLE known_networks (
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  network TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, user_id, network),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_networks_by_user ON known_networks (organization_id, user_id, expires_at, network);
CREATE INDEX known_networks_by_expiry ON known_networks (expires_at);

CREATE TRIGGER known_networks_of_deleted_users AFTER UPDATE OF deleted_at ON users WHEN NEW.deleted_at IS NOT NULL BEGIN
  DELETE FROM known_networks WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
END;
