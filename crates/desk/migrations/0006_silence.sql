-- What it takes to tell a silent customer from one whose mail is not in yet, and to tell nobody the same thing twice.

-- A mailbox that mail is fetched from, and until when everything that arrived in it is in.
CREATE TABLE mailboxes (
    name TEXT PRIMARY KEY,
    caught_up_until {integer} NOT NULL,
    reported_at {integer} NOT NULL
){strict};

-- `punctual`, 1 or 0: a schedule or a clock, which fires at its hour whatever mail is missing. `told_at`: when the team
-- was told that the timer is held back.
ALTER TABLE timers ADD COLUMN punctual {integer} NOT NULL DEFAULT 0;
ALTER TABLE timers ADD COLUMN told_at {integer};

-- What is said once to somebody (`once_per`), under a key that says what, to whom and for how long.
CREATE TABLE said_once (
    key TEXT PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    said_at {integer} NOT NULL
){strict};
CREATE INDEX said_once_by_ticket ON said_once (ticket_id);
