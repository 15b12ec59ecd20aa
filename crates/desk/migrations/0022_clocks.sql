-- Which promise to answer runs out first: the clock of the ticket's playbook that runs, or has run out and was not stopped since, and when.
-- 253402207200000000, the last instant there is, where none does. What a run remembers of its clocks is the truth; this is for lists.
ALTER TABLE tickets ADD COLUMN clock TEXT;
ALTER TABLE tickets ADD COLUMN clock_at {integer} NOT NULL DEFAULT 253402207200000000;
UPDATE tickets SET clock_at = COALESCE((SELECT MIN(timers.due_at) FROM timers
        WHERE timers.ticket_id = tickets.id AND timers.position = 0 AND timers.state LIKE '@%'), 253402207200000000)
    WHERE closed_at IS NULL;
UPDATE tickets SET clock = (SELECT MIN(SUBSTR(timers.state, 2)) FROM timers
        WHERE timers.ticket_id = tickets.id AND timers.position = 0 AND timers.state LIKE '@%' AND timers.due_at = tickets.clock_at)
    WHERE clock_at < 253402207200000000;
CREATE INDEX tickets_unfinished_by_clock ON tickets (clock_at, id) WHERE status IN ('open', 'pending');

-- Replies that are held back are looked for on their own.
CREATE INDEX sendings_held ON sendings (send_at, id) WHERE state = 'held';
