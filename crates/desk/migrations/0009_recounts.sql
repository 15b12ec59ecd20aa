-- Timers that are to be counted anew, ticket by ticket, because a calendar or a zone changed: those of one organization's
-- tickets, or all. `after_ticket_id`: how far it came. `revision`: the handbook's revision that must be today's by then.
CREATE TABLE recounts (
    id {integer} PRIMARY KEY,
    organization_id {integer} REFERENCES organizations (id),
    revision {integer} NOT NULL,
    why TEXT NOT NULL,
    after_ticket_id {integer} NOT NULL,
    begun_at {integer} NOT NULL
){strict};
