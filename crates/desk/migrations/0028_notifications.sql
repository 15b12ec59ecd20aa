-- Notices that reach people. A notice is a kind with its facts (JSON); one of before has neither, and stays the text that it was.
-- `routed`: the ways out of the desk were looked up for the audience itself.
ALTER TABLE notices ADD COLUMN kind TEXT;
ALTER TABLE notices ADD COLUMN facts TEXT;
ALTER TABLE notices ADD COLUMN urgent_ticket {boolean};
ALTER TABLE notices ADD COLUMN routed {boolean};
CREATE INDEX notices_to_route ON notices (id) WHERE NOT routed;

-- Who was told: decided when it is told, a row a person. `listed`: they want it in their list. `routed`: the ways by which it leaves
-- the desk are decided.
CREATE TABLE told (
    id {integer} PRIMARY KEY,
    notice_id {integer} NOT NULL REFERENCES notices (id),
    agent_id {integer} NOT NULL REFERENCES agents (id),
    ticket_id {integer} REFERENCES tickets (id),
    listed {boolean} NOT NULL,
    unread {boolean} NOT NULL,
    routed {boolean} NOT NULL,
    UNIQUE (notice_id, agent_id)
){strict};
CREATE INDEX told_unread ON told (agent_id, id) WHERE listed AND unread;
CREATE INDEX told_read ON told (agent_id, id) WHERE listed AND NOT unread;
CREATE INDEX told_on_ticket ON told (ticket_id, agent_id);
CREATE INDEX told_to_route ON told (id) WHERE NOT routed;

-- What somebody wants to be told, by which ways and when (JSON).
CREATE TABLE notice_choices (
    agent_id {integer} PRIMARY KEY REFERENCES agents (id),
    choices TEXT NOT NULL,
    changed_at {integer} NOT NULL
){strict};

-- Addresses of Slack and Discord that notices are put to: somebody's own (`agent_id`), else those of an audience: `team`, `channel` or
-- `role`, which gets what any role is told. The address is a secret.
CREATE TABLE notice_hooks (
    id {integer} PRIMARY KEY,
    channel TEXT NOT NULL,
    agent_id {integer} REFERENCES agents (id),
    audience_kind TEXT,
    audience TEXT,
    language TEXT NOT NULL,
    host TEXT NOT NULL,
    address {bytes} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX notice_hooks_by_agent ON notice_hooks (agent_id, id);

-- What leaves: one or many notices to one reader by one way, under a key that leaves once. `state`: waiting, sent or failed.
-- `target_id`: the hook.
CREATE TABLE dispatches (
    id {integer} PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    agent_id {integer} REFERENCES agents (id),
    target_id {integer},
    state TEXT NOT NULL,
    attempts {integer} NOT NULL,
    due_at {integer} NOT NULL,
    claimed_until {integer} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX dispatches_by_agent ON dispatches (agent_id, id);
CREATE INDEX dispatches_waiting ON dispatches (due_at, id) WHERE state = 'waiting';

-- The notices of a dispatch.
CREATE TABLE dispatched (
    dispatch_id {integer} NOT NULL REFERENCES dispatches (id),
    notice_id {integer} NOT NULL REFERENCES notices (id),
    PRIMARY KEY (dispatch_id, notice_id)
){strict};
CREATE INDEX dispatched_by_notice ON dispatched (notice_id);
