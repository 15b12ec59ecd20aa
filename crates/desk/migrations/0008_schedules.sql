-- Tickets that a schedule opens.

-- A schedule of a playbook, with whom it has come to. `next_at`: when it is looked at next; null when it never comes again.
-- Openings until `done_until` have been seen to for every member; until `looking_until` they are being seen to, or have
-- been, and `cursor_id` is the member that this has come to. `soonest_at`: the next opening found on the way, where every
-- member has times of its own. `faults`, `first_fault`: for how many members it could not be told, and why for the first.
CREATE TABLE schedules (
    playbook TEXT NOT NULL,
    schedule TEXT NOT NULL,
    next_at {integer},
    done_until {integer} NOT NULL,
    looking_until {integer} NOT NULL,
    cursor_id {integer},
    soonest_at {integer},
    faults {integer} NOT NULL,
    first_fault TEXT,
    PRIMARY KEY (playbook, schedule)
){strict};
CREATE INDEX schedules_by_next ON schedules (next_at, playbook, schedule) WHERE next_at IS NOT NULL;

-- What makes a ticket that a schedule opened the only one.
CREATE TABLE scheduled_tickets (
    playbook TEXT NOT NULL,
    opening_key TEXT NOT NULL,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (playbook, opening_key)
){strict};
CREATE INDEX scheduled_tickets_by_ticket ON scheduled_tickets (ticket_id);

-- The contact that stands for an organization (`organization:ID`) or for the desk (`desk`) on tickets that no person asked
-- for. It has no address.
CREATE TABLE stand_ins (
    stands_for TEXT PRIMARY KEY,
    contact_id {integer} NOT NULL UNIQUE REFERENCES contacts (id)
){strict};
