-- When a desk listened: a mail server that could not reach it keeps its mail and brings it later, so that what was answered in
-- time may come late. One row, with `desk` 1, from the first time a server listens. `heard_until` is of the machine's clock, the
-- others are of the desk's: since when it did not listen, and until when it waits for what was kept.
CREATE TABLE listening (
    desk {integer} PRIMARY KEY,
    heard_until {integer} NOT NULL,
    missed_from {integer},
    patient_until {integer}
){strict};

-- When the team was told that a draft is held back, as timers have it.
ALTER TABLE suggestions ADD COLUMN told_at {integer};

-- When colleagues are next asked about a ticket, for lists.
CREATE INDEX questions_to_chase_by_ticket ON questions (ticket_id, chase_at) WHERE chase_at IS NOT NULL;
