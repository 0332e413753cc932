-- The owner is the recipient of the events, such as a subscription. The age of a delivery counts from `since`.
ALTER TABLE deliveries RENAME COLUMN subscription TO owner;
ALTER TABLE deliveries RENAME COLUMN subject_key TO ordering_key;
ALTER TABLE deliveries ADD COLUMN since TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET since = (SELECT time FROM events WHERE events.position = deliveries.position);
