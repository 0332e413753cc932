-- A key ends with the key that it was created with. `root_key_id` is the first key of that chain.
ALTER TABLE api_keys ADD COLUMN created_by_key_id TEXT;
ALTER TABLE api_keys ADD COLUMN root_key_id TEXT;
-- The creator's role, and whether the creator was signed in. Both are unknown for older keys.
ALTER TABLE api_keys ADD COLUMN created_by_role TEXT;
ALTER TABLE api_keys ADD COLUMN signed_in INTEGER NOT NULL DEFAULT 0;
-- Older keys of an operator stay the operator's only if the operator created them.
ALTER TABLE api_keys ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
UPDATE api_keys SET operator = 1
  WHERE created_by_id = user_id AND scopes LIKE '%"organizations:%' AND (organization_id, user_id) IN (
    SELECT organization_id, id FROM users WHERE operator = 1);
CREATE INDEX api_keys_by_root ON api_keys (organization_id, root_key_id)
  WHERE revoked_at IS NULL AND root_key_id IS NOT NULL;
