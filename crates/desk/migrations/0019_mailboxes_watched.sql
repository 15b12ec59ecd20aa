-- What does not work beside fetching: fetched mail cannot be marked, moved or deleted on its server as was chosen.
ALTER TABLE connected_mailboxes ADD COLUMN unsettled_since {integer};
ALTER TABLE connected_mailboxes ADD COLUMN unsettled_code TEXT;
ALTER TABLE connected_mailboxes ADD COLUMN unsettled TEXT;

-- Mail that waits for somebody to look at it: nearly nothing of all that was kept.
CREATE INDEX kept_mails_set_aside ON kept_mails (id) WHERE outcome = 'set_aside';
