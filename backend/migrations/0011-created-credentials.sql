-- Keys and password tokens that a user created end when the user's sessions are revoked.
CREATE INDEX api_keys_by_creator ON api_keys (organization_id, created_by_id)
  WHERE revoked_at IS NULL AND signed_in = 1;
-- The admin who created the token; unknown for older tokens.
ALTER TABLE password_tokens ADD COLUMN created_by_id TEXT;
CREATE INDEX password_tokens_by_creator ON password_tokens (organization_id, created_by_id)
  WHERE created_by_id IS NOT NULL;
-- A token is only valid while its creator may create tokens.
CREATE TRIGGER password_tokens_of_former_admins AFTER UPDATE OF role, active, deleted_at ON users
  WHEN NEW.role <> 'admin' OR NEW.active = 0 OR NEW.deleted_at IS NOT NULL
BEGIN
  DELETE FROM password_tokens WHERE organization_id = NEW.organization_id AND created_by_id = NEW.id;
END;
