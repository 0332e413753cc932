-- The organization's triage settings as JSON; null until it changes a setting.
ALTER TABLE organizations ADD COLUMN triage TEXT;
