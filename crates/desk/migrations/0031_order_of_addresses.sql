-- The order of a contact's addresses, where somebody said it: they are written to at the first. Those of one place stand in the order in
-- which they became known.
ALTER TABLE contact_addresses ADD COLUMN place {integer} NOT NULL DEFAULT 0;
DROP INDEX contact_addresses_by_contact;
CREATE INDEX contact_addresses_by_contact ON contact_addresses (contact_id, place, created_at, address);
