-- Sign-in finds the organizations of an address.
CREATE INDEX users_by_address_anywhere ON users (address) WHERE address IS NOT NULL;

-- No foreign key: the password of a new organization's admin is stored before the organization.
CREATE TABLE credentials (
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  refreshed_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  family_digest TEXT NOT NULL,
  turn_digest TEXT NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (organization_id, user_id, created_at, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Each user has at most one token: a new token replaces the previous one.
CREATE TABLE password_tokens (
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, user_id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX password_tokens_by_digest ON password_tokens (organization_id, digest);
CREATE INDEX password_tokens_by_expiry ON password_tokens (expires_at);

-- Failed sign-in attempts by user, or by the digest of an address. If the address or the organization does not exist,
-- organization_id is ''. `origin` is one network, or "everywhere".
CREATE TABLE failed_tries (
  organization_id TEXT NOT NULL,
  account TEXT NOT NULL,
  origin TEXT NOT NULL,
  failures INTEGER NOT NULL,
  blocked_until TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, account, origin)
) STRICT, WITHOUT ROWID;
CREATE INDEX failed_tries_by_expiry ON failed_tries (expires_at);

-- Ends all sessions of a user who becomes inactive, in the transaction of that change.
CREATE TRIGGER sessions_of_users_not_active AFTER UPDATE OF active ON users WHEN NEW.active = 0 BEGIN
  DELETE FROM sessions WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
  DELETE FROM password_tokens WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
END;
-- A token that was sent to an address is invalid after the user's address has changed.
CREATE TRIGGER password_tokens_of_former_addresses AFTER UPDATE OF address ON users WHEN NEW.address IS NOT OLD.address
BEGIN
  DELETE FROM password_tokens WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
END;
CREATE TRIGGER credentials_of_deleted_users AFTER UPDATE OF deleted_at ON users WHEN NEW.deleted_at IS NOT NULL BEGIN
  DELETE FROM credentials WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
  DELETE FROM sessions WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
  DELETE FROM password_tokens WHERE organization_id = NEW.organization_id AND user_id = NEW.id;
END;
