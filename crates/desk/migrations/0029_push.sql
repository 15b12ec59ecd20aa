-- Browsers that notices are pushed to (RFC 8030). `subscription` is a secret: whoever has it may have the browser show something.
-- `endpoint` is the digest of its address: a browser is one row, whoever is signed in with it. It goes with the session in which it was
-- turned on; one that a program added has none.
CREATE TABLE browsers (
    id {integer} PRIMARY KEY,
    agent_id {integer} NOT NULL REFERENCES agents (id),
    session_id {integer} REFERENCES sessions (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    host TEXT NOT NULL,
    endpoint TEXT NOT NULL UNIQUE,
    subscription {bytes} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX browsers_by_agent ON browsers (agent_id, id);
CREATE INDEX browsers_by_session ON browsers (session_id);

-- Imports go some time after they were carried out, with what undoing them needs.
CREATE INDEX imports_by_age ON imports (COALESCE(undone_at, done_at, created_at), id);
