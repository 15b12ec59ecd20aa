-- Accounts: how agents sign in. Of every secret only a digest is stored, and of a password its argon2id hash (a PHC string).
ALTER TABLE agents ADD COLUMN password TEXT;
ALTER TABLE agents ADD COLUMN language TEXT;
ALTER TABLE agents ADD COLUMN time_zone TEXT;

-- Browsers that are signed in. `device` is a few words for its owner; `ends_at` comes however much it is used.
CREATE TABLE sessions (
    id {integer} PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    agent_id {integer} NOT NULL REFERENCES agents (id),
    device TEXT NOT NULL,
    created_at {integer} NOT NULL,
    seen_at {integer} NOT NULL,
    ends_at {integer} NOT NULL
){strict};
CREATE INDEX sessions_by_agent ON sessions (agent_id, id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- Browsers that signed in before: strangers who guess at an account do not slow them down.
CREATE TABLE known_devices (
    digest TEXT PRIMARY KEY,
    agent_id {integer} NOT NULL REFERENCES agents (id),
    seen_at {integer} NOT NULL
){strict};
CREATE INDEX known_devices_by_agent ON known_devices (agent_id);
CREATE INDEX known_devices_by_use ON known_devices (seen_at);

-- Links that count once. `kind`: set-up, invitation, reset.
CREATE TABLE links (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    agent_id {integer} REFERENCES agents (id),
    ends_at {integer} NOT NULL
){strict};
CREATE INDEX links_by_agent ON links (agent_id);
CREATE INDEX links_by_end ON links (ends_at);

-- How often something was tried that is slowed down, and from when on it may be tried again. A key names nobody: it is a digest.
CREATE TABLE attempts (
    key TEXT PRIMARY KEY,
    count {integer} NOT NULL,
    free_at {integer} NOT NULL,
    last_at {integer} NOT NULL
){strict};
CREATE INDEX attempts_by_age ON attempts (last_at);

-- Letters of the desk to its agents, which belong to no ticket. Their links are made when they leave, and stand nowhere here.
-- `state`: waiting or failed; what was sent is gone.
CREATE TABLE letters (
    id {integer} PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts {integer} NOT NULL,
    due_at {integer} NOT NULL,
    claimed_until {integer} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX letters_waiting ON letters (due_at, id) WHERE state = 'waiting';
CREATE INDEX letters_by_recipient ON letters (recipient, id);

-- What the mail catcher holds of them. They open accounts, so they are for owners alone.
CREATE TABLE caught_letters (
    id {integer} PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    raw {bytes} NOT NULL,
    caught_at {integer} NOT NULL
){strict};
CREATE INDEX caught_letters_by_arrival ON caught_letters (caught_at, id);
