-- The indexes of unfinished tickets say what they hold in words that no other index can be used for. With `status IN (…)`
-- SQLite would rather read every unfinished ticket by its status than the few whose time is near.
DROP INDEX tickets_unfinished;
DROP INDEX tickets_unfinished_by_rank;
DROP INDEX tickets_unfinished_by_due;
DROP INDEX tickets_unfinished_by_clock;
DROP INDEX tickets_unfinished_by_waiting;
DROP INDEX tickets_unfinished_by_playbook;
CREATE INDEX tickets_unfinished ON tickets (updated_at, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_unfinished_by_rank ON tickets (rank, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_unfinished_by_due ON tickets (due_at, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_unfinished_by_clock ON tickets (clock_at, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_unfinished_by_waiting ON tickets (waiting_on, updated_at, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_unfinished_by_playbook ON tickets (playbook, updated_at, id) WHERE status NOT IN ('solved', 'closed');
