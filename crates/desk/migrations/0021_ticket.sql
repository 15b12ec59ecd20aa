-- What colleagues do with a ticket as a whole: merge it, link it, split it, follow it, and say later what they wrote now.

-- The ticket that this one was merged into; its own rows stay where they are.
ALTER TABLE tickets ADD COLUMN merged_into_id {integer} REFERENCES tickets (id);
CREATE INDEX tickets_by_merge ON tickets (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- How a merged ticket stood before, for whoever takes the two apart again.
CREATE TABLE ticket_merges (
    ticket_id {integer} PRIMARY KEY REFERENCES tickets (id),
    into_id {integer} NOT NULL REFERENCES tickets (id),
    status TEXT NOT NULL,
    waiting_on TEXT NOT NULL,
    closed_at {integer},
    by_name TEXT NOT NULL,
    merged_at {integer} NOT NULL
){strict};
CREATE INDEX ticket_merges_by_target ON ticket_merges (into_id, ticket_id);

-- What a merged ticket would do by itself stands here meanwhile, as it stood in `timers`.
CREATE TABLE suspended_timers (
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    state TEXT NOT NULL,
    position {integer} NOT NULL,
    started_at {integer} NOT NULL,
    due_at {integer} NOT NULL,
    punctual {integer} NOT NULL,
    told_at {integer},
    PRIMARY KEY (ticket_id, state, position)
){strict};
-- When a draft would be sent, and colleagues asked again, once their ticket goes on. A question is `suspended` meanwhile.
ALTER TABLE suggestions ADD COLUMN suspended_send_at {integer};
ALTER TABLE questions ADD COLUMN suspended_chase_at {integer};

-- Tickets that have to do with each other, whichever way one looks: `kind` is see-also, or split where the greater began as a message of
-- the lesser.
CREATE TABLE related_tickets (
    lesser_id {integer} NOT NULL REFERENCES tickets (id),
    greater_id {integer} NOT NULL REFERENCES tickets (id),
    kind TEXT NOT NULL,
    created_at {integer} NOT NULL,
    PRIMARY KEY (lesser_id, greater_id)
){strict};
CREATE INDEX related_tickets_by_greater ON related_tickets (greater_id, lesser_id);

-- Replies that were written and wait for their time. `state`: waiting; held, when something came between, with `why`. What has
-- left, and what was taken back, is gone from here. `writer`: whose draft it was and becomes again. `briefly`: the few seconds in which one can think better of it.
CREATE TABLE sendings (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    writer TEXT NOT NULL,
    author_kind TEXT NOT NULL,
    author_id {integer},
    author_name TEXT NOT NULL,
    party TEXT NOT NULL,
    suggestion_id {integer} REFERENCES suggestions (id),
    text TEXT NOT NULL,
    seen_id {integer},
    briefly {boolean} NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    send_at {integer} NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX sendings_waiting ON sendings (send_at, id) WHERE state = 'waiting';
CREATE INDEX sendings_by_ticket ON sendings (ticket_id, id);

-- The files that go along. They stand on the shelf.
CREATE TABLE sending_files (
    id {integer} PRIMARY KEY,
    sending_id {integer} NOT NULL REFERENCES sendings (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size {integer} NOT NULL,
    storage_key TEXT NOT NULL
){strict};
CREATE INDEX sending_files_by_sending ON sending_files (sending_id, id);
CREATE INDEX sending_files_by_key ON sending_files (storage_key);

-- For how many seconds somebody can take a reply back; null for the usual ones.
ALTER TABLE agents ADD COLUMN undo_seconds {integer};

-- Who wants to hear of a ticket that is not theirs.
CREATE TABLE followers (
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    agent_id {integer} NOT NULL REFERENCES agents (id),
    PRIMARY KEY (ticket_id, agent_id)
){strict};
CREATE INDEX followers_by_agent ON followers (agent_id, ticket_id);
