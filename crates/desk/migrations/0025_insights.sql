-- What figures are made of. They are written with the event that they tell of, so that a look at a span reads that span alone.

-- What tickets are cut by, each once: no team is '', no organization is 0.
CREATE TABLE ticket_cuts (
    id {integer} PRIMARY KEY,
    playbook TEXT NOT NULL,
    team TEXT NOT NULL,
    organization_id {integer} NOT NULL,
    UNIQUE (playbook, team, organization_id)
){strict};

-- A row a ticket: on which side it stands (`us`, `them`, or `done` once it is solved or closed), and what it is cut by. A ticket
-- that was merged into another one is not counted.
CREATE TABLE ticket_facts (
    ticket_id {integer} PRIMARY KEY REFERENCES tickets (id),
    opened_at {integer} NOT NULL,
    turned_at {integer} NOT NULL,
    answered_at {integer},
    side TEXT NOT NULL,
    cut_id {integer} NOT NULL REFERENCES ticket_cuts (id),
    merged {boolean} NOT NULL
){strict};
CREATE INDEX ticket_facts_waiting ON ticket_facts (cut_id, side, merged)
    WHERE side IN ('us', 'them') AND NOT merged;

-- A row a turn: `opened`, `closed` (solved or closed), `reopened`, `turned` (from one side to the other), `left` and `joined` (what
-- it is cut by changed), `answered`. `us`, `them`: by how many more wait on that side from then on. `answered_after`: microseconds
-- from its opening to the first answer.
CREATE TABLE ticket_turns (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    at {integer} NOT NULL,
    kind TEXT NOT NULL,
    us {integer} NOT NULL,
    them {integer} NOT NULL,
    answered_after {integer},
    cut_id {integer} NOT NULL REFERENCES ticket_cuts (id),
    merged {boolean} NOT NULL
){strict};
CREATE INDEX ticket_turns_by_ticket ON ticket_turns (ticket_id, id);
-- Whatever a look wants to know of a turn, so that it reads this alone.
CREATE INDEX ticket_turns_in_time ON ticket_turns (at, cut_id, kind, us, them, answered_after, merged) WHERE NOT merged;

-- The tickets that were there before: those with lesser ids than this have no facts yet.
CREATE TABLE facts_to_fill (
    below_id {integer} PRIMARY KEY
){strict};
INSERT INTO facts_to_fill (below_id) SELECT newest.id + 1 FROM (SELECT MAX(id) AS id FROM tickets) AS newest WHERE newest.id IS NOT NULL;
