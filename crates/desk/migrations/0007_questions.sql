-- What playbooks ask colleagues. `state`: open, answered, lapsed (the ticket ended), replaced (asked anew under its name).
-- `chase_at` is set while somebody is to be asked again.
CREATE TABLE questions (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    name TEXT NOT NULL,
    asked_kind TEXT NOT NULL,
    asked TEXT NOT NULL,
    asked_agent_id {integer} REFERENCES agents (id),
    text TEXT NOT NULL,
    answers TEXT NOT NULL,
    chase TEXT,
    chase_at {integer},
    state TEXT NOT NULL,
    answer TEXT,
    closed_by_kind TEXT,
    closed_by_id {integer},
    closed_by_name TEXT,
    created_at {integer} NOT NULL,
    closed_at {integer}
){strict};
CREATE INDEX questions_by_ticket ON questions (ticket_id, id);
CREATE INDEX questions_open ON questions (created_at, id) WHERE state = 'open';
CREATE INDEX questions_to_chase ON questions (chase_at, id) WHERE chase_at IS NOT NULL;

-- Drafts for agents. `state`: waiting, sent (by itself), answered (an agent wrote instead, or sent it), dismissed, lapsed
-- (its state was left), replaced (a later one took its place). The words stand here only while it waits.
CREATE TABLE suggestions (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    reply_name TEXT NOT NULL,
    of_state TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    send_at {integer},
    created_at {integer} NOT NULL,
    closed_at {integer}
){strict};
CREATE INDEX suggestions_by_ticket ON suggestions (ticket_id, id);
CREATE UNIQUE INDEX suggestions_waiting ON suggestions (ticket_id) WHERE state = 'waiting';
CREATE INDEX suggestions_to_send ON suggestions (send_at, id) WHERE send_at IS NOT NULL;
