-- Digest of the Idempotency-Key of the latest refresh, whose repeats get the same answer.
ALTER TABLE sessions ADD COLUMN refresh_key_digest TEXT;
