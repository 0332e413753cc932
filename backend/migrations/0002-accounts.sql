-- An inactive user cannot sign in, but stays readable on tickets and tasks.
ALTER TABLE users ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
-- The operator manages organizations.
ALTER TABLE users ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
UPDATE users SET operator = 1 WHERE organization_id = 'default' AND id = 'usr_admin';
