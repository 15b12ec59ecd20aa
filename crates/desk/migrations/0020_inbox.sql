-- The inbox: what lists are sorted and cut by, who has seen what, views of one's own, and what is done to many tickets at once.

-- `rank`: the priority as a number, 0 for urgent. `due_at`: when the first thing happens by itself (a timer, a draft, a question
-- that is asked again); 253402207200000000, the last there is, where nothing does. `snoozed_until`: hidden from inboxes until then.
ALTER TABLE tickets ADD COLUMN rank {integer} NOT NULL DEFAULT 2;
UPDATE tickets SET rank = CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END
    WHERE priority <> 'normal';
ALTER TABLE tickets ADD COLUMN due_at {integer} NOT NULL DEFAULT 253402207200000000;
UPDATE tickets SET due_at = COALESCE((SELECT MIN(happening.at) FROM (
        SELECT timers.due_at AS at FROM timers WHERE timers.ticket_id = tickets.id
        UNION ALL SELECT send_at FROM suggestions WHERE suggestions.ticket_id = tickets.id AND suggestions.state = 'waiting'
        UNION ALL SELECT chase_at FROM questions WHERE questions.ticket_id = tickets.id AND chase_at IS NOT NULL
    ) AS happening), 253402207200000000)
    WHERE closed_at IS NULL;
ALTER TABLE tickets ADD COLUMN snoozed_until {integer};

-- Of what is unfinished alone, so that nothing in an inbox costs more because old tickets exist.
CREATE INDEX tickets_unfinished ON tickets (updated_at, id) WHERE status IN ('open', 'pending');
CREATE INDEX tickets_unfinished_by_rank ON tickets (rank, id) WHERE status IN ('open', 'pending');
CREATE INDEX tickets_unfinished_by_due ON tickets (due_at, id) WHERE status IN ('open', 'pending');
CREATE INDEX tickets_unfinished_by_waiting ON tickets (waiting_on, updated_at, id) WHERE status IN ('open', 'pending');
CREATE INDEX tickets_unfinished_by_playbook ON tickets (playbook, updated_at, id) WHERE status IN ('open', 'pending');
CREATE INDEX tickets_snoozed ON tickets (snoozed_until, id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX ticket_tags_by_tag ON ticket_tags (tag, ticket_id);

-- The last change of a ticket that somebody has seen. Of tickets that they never looked at they know what changed until `read_until`.
CREATE TABLE seen_tickets (
    agent_id {integer} NOT NULL REFERENCES agents (id),
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    changed_at {integer} NOT NULL,
    PRIMARY KEY (agent_id, ticket_id)
){strict};
ALTER TABLE agents ADD COLUMN read_until {integer};
UPDATE agents SET read_until = (SELECT MAX(updated_at) FROM tickets);

-- The keys that somebody uses in other ways than the desk proposes: one JSON object.
ALTER TABLE agents ADD COLUMN keys TEXT;

-- Lists that people keep under a name: their own, or those that a lead shares with a team. `cut`: a JSON object of the words that a
-- list's address has.
CREATE TABLE views (
    id {integer} PRIMARY KEY,
    owner_id {integer} NOT NULL REFERENCES agents (id),
    team TEXT,
    name TEXT NOT NULL,
    cut TEXT NOT NULL,
    sorted TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX views_by_owner ON views (owner_id, id);
CREATE INDEX views_by_team ON views (team, id) WHERE team IS NOT NULL;

-- What was done to several tickets at once (or to one, so that it can be undone), and how each stood before. `changed_at`: the change
-- that it made; a ticket that changed since is left alone by an undo.
CREATE TABLE bulk_changes (
    id {integer} PRIMARY KEY,
    actor_kind TEXT NOT NULL,
    actor_id {integer},
    actor_name TEXT NOT NULL,
    deed TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE TABLE bulk_tickets (
    bulk_id {integer} NOT NULL REFERENCES bulk_changes (id),
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    stood TEXT NOT NULL,
    changed_at {integer} NOT NULL,
    undone_at {integer},
    PRIMARY KEY (bulk_id, ticket_id)
){strict};
CREATE INDEX bulk_tickets_by_ticket ON bulk_tickets (ticket_id, bulk_id);
