-- Why a ticket has its priority: what gave it last. No words of a client stand here, only the phrases of the handbook.

-- `given_by`: rule (of `impact`), playbook (which says why in `because`), agent or program.
CREATE TABLE priority_reasons (
    ticket_id {integer} PRIMARY KEY REFERENCES tickets (id),
    given_by TEXT NOT NULL,
    name TEXT,
    impact TEXT,
    rule TEXT,
    phrases TEXT,
    because TEXT,
    file TEXT,
    line {integer},
    given_at {integer} NOT NULL
){strict};
