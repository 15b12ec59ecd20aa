-- Questions to other databases, stored by the step that asks them. `state`: waiting, then answered; superseded when the same
-- playbook asked anew under the same name, lapsed when the ticket went on in another playbook. What was asked for is taken
-- away with the answer.
CREATE TABLE askings (
    id {integer} PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    playbook TEXT NOT NULL,
    name TEXT NOT NULL,
    lookup TEXT NOT NULL,
    connection TEXT NOT NULL,
    revision {integer} NOT NULL REFERENCES handbook_revisions (number),
    parameters TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts {integer} NOT NULL,
    due_at {integer} NOT NULL,
    claimed_until {integer} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL,
    done_at {integer}
){strict};
CREATE INDEX askings_waiting ON askings (due_at, id) WHERE state = 'waiting';
CREATE INDEX askings_by_ticket ON askings (ticket_id, id);

CREATE INDEX organizations_by_name ON organizations (name, id);
