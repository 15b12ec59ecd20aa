-- What a restore holds, and what was given up, for those who look after a desk: nearly nothing of all that ever went out.
CREATE INDEX outbox_held ON outbox (id) WHERE state = 'held';
CREATE INDEX outbox_failed ON outbox (done_at, id) WHERE state = 'failed';
