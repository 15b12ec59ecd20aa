-- Who gets what the desk says on a ticket in copy. A participant is in copy, was taken out of it again, or was never there (null).
ALTER TABLE participants ADD COLUMN name TEXT;
ALTER TABLE participants ADD COLUMN in_copy {boolean};

-- Whom a message went to beside its recipient, as JSON: [{"name": "Otto", "address": "otto@acme.example"}].
ALTER TABLE messages ADD COLUMN copies TEXT;

-- A mail goes to each of its readers by itself, so that one who cannot be reached keeps it from nobody else.
ALTER TABLE outbox ADD COLUMN copy_to TEXT;
CREATE INDEX outbox_by_copy ON outbox (copy_to) WHERE copy_to IS NOT NULL;
