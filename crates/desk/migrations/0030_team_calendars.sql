-- The working time of a team, where the desk keeps one for it beside what the handbook says. `calendar`: the name of one of the handbook's.
-- `days_off`: dates that are off for it besides (JSON).
CREATE TABLE team_calendars (
    team TEXT PRIMARY KEY,
    calendar TEXT,
    days_off TEXT NOT NULL,
    changed_at {integer} NOT NULL
){strict};

-- A recount of the tickets of one team.
ALTER TABLE recounts ADD COLUMN team TEXT;

-- Replies that wait are listed by when they leave.
CREATE INDEX sendings_by_time ON sendings (send_at, id);
