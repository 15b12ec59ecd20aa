-- What contacts may do for their organization, as playbooks name it: `parties: { confirmer: { of: organization, may: confirm-access } }`.
CREATE TABLE contact_rights (
    contact_id {integer} NOT NULL REFERENCES contacts (id),
    may TEXT NOT NULL,
    PRIMARY KEY (contact_id, may)
){strict};

-- What tells linked tickets of one alias apart; null where an alias stands for one at a time.
ALTER TABLE ticket_links ADD COLUMN link_key TEXT;
-- Which of them sent an event.
ALTER TABLE queued_events ADD COLUMN link_key TEXT;
