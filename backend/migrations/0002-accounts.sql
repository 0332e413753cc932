-- Who is not active any more may not come in, and stays readable where they stood.
ALTER TABLE users ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
-- The operator looks after organizations.
ALTER TABLE users ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
UPDATE users SET operator = 1 WHERE organization_id = 'default' AND id = 'usr_admin';
