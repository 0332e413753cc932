-- What an organization wants of triage, as JSON; null until it says so.
ALTER TABLE organizations ADD COLUMN triage TEXT;
