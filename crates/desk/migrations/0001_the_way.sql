-- Everything a ticket needs from its arrival to its end. Instants are microseconds since the epoch, UTC.
-- Type names in braces are filled in by the engine's dialect.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
){strict};

{sequence:ticket_numbers}

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE organizations (
    id {integer} PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plan TEXT,
    parent_id {integer} REFERENCES organizations (id),
    time_zone TEXT,
    language TEXT,
    attributes TEXT NOT NULL,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL
){strict};
CREATE INDEX organizations_by_parent ON organizations (parent_id);

CREATE TABLE contacts (
    id {integer} PRIMARY KEY,
    name TEXT,
    organization_id {integer} REFERENCES organizations (id),
    role TEXT,
    language TEXT,
    attributes TEXT NOT NULL,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL
){strict};
CREATE INDEX contacts_by_organization ON contacts (organization_id);

-- `address` is lower-cased and whole; comparing it is the only look-up there is.
CREATE TABLE contact_addresses (
    address TEXT PRIMARY KEY,
    contact_id {integer} NOT NULL REFERENCES contacts (id),
    verified {boolean} NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX contact_addresses_by_contact ON contact_addresses (contact_id, created_at, address);

CREATE TABLE agents (
    id {integer} PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    active {boolean} NOT NULL,
    created_at {integer} NOT NULL
){strict};

CREATE TABLE memberships (
    team TEXT NOT NULL,
    agent_id {integer} NOT NULL REFERENCES agents (id),
    PRIMARY KEY (team, agent_id)
){strict};
CREATE INDEX memberships_by_agent ON memberships (agent_id);

CREATE TABLE tokens (
    digest TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    agent_id {integer} REFERENCES agents (id),
    created_at {integer} NOT NULL
){strict};

-- Tickets --------------------------------------------------------------------------------------------------------

CREATE TABLE tickets (
    id {integer} PRIMARY KEY,
    number {integer} NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    waiting_on TEXT NOT NULL,
    priority TEXT NOT NULL,
    playbook TEXT NOT NULL,
    state TEXT NOT NULL,
    organization_id {integer} REFERENCES organizations (id),
    requester_id {integer} NOT NULL REFERENCES contacts (id),
    team TEXT,
    assignee_id {integer} REFERENCES agents (id),
    fields TEXT NOT NULL,
    version {integer} NOT NULL,
    created_at {integer} NOT NULL,
    updated_at {integer} NOT NULL,
    closed_at {integer}
){strict};
-- A list shows the newest change first, cut by one of these and paged by (updated_at, id).
CREATE INDEX tickets_by_update ON tickets (updated_at, id);
CREATE INDEX tickets_by_status ON tickets (status, updated_at, id);
CREATE INDEX tickets_by_team ON tickets (team, updated_at, id);
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, updated_at, id);
CREATE INDEX tickets_by_assignee_and_status ON tickets (assignee_id, status, updated_at, id);
CREATE INDEX tickets_by_playbook ON tickets (playbook, updated_at, id);
CREATE INDEX tickets_by_state ON tickets (state, updated_at, id);
CREATE INDEX tickets_by_organization ON tickets (organization_id, updated_at, id);
CREATE INDEX tickets_by_requester ON tickets (requester_id, updated_at, id);

CREATE TABLE ticket_tags (
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (ticket_id, tag)
){strict};

CREATE TABLE ticket_links (
    opener_id {integer} NOT NULL REFERENCES tickets (id),
    alias TEXT NOT NULL,
    child_id {integer} NOT NULL UNIQUE REFERENCES tickets (id),
    PRIMARY KEY (opener_id, alias, child_id)
){strict};

-- A message's words stand here and nowhere else.
CREATE TABLE messages (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    via_ticket_id {integer} REFERENCES tickets (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    automatic TEXT,
    author_kind TEXT NOT NULL,
    author_id {integer},
    author_name TEXT NOT NULL,
    reply_name TEXT,
    recipient TEXT,
    subject TEXT,
    text TEXT NOT NULL,
    html TEXT,
    delivery TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX messages_by_ticket ON messages (ticket_id, id);
CREATE INDEX messages_by_via ON messages (via_ticket_id, id);

CREATE TABLE attachments (
    id {integer} PRIMARY KEY,
    message_id {integer} NOT NULL REFERENCES messages (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size {integer} NOT NULL,
    inline {boolean} NOT NULL,
    storage_key TEXT NOT NULL
){strict};
CREATE INDEX attachments_by_message ON attachments (message_id);
CREATE INDEX attachments_by_key ON attachments (storage_key);

-- Message-IDs that came in and went out: one half of the proof that a mail belongs to a ticket.
CREATE TABLE mail_ids (
    mail_id TEXT NOT NULL,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    message_id {integer} NOT NULL REFERENCES messages (id),
    PRIMARY KEY (mail_id, ticket_id)
){strict};
CREATE INDEX mail_ids_by_message ON mail_ids (message_id);
CREATE INDEX mail_ids_by_thread ON mail_ids (ticket_id, message_id);

-- Who takes part in a ticket's thread besides the requester: the other half.
CREATE TABLE participants (
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    address TEXT NOT NULL,
    PRIMARY KEY (ticket_id, address)
){strict};

-- Mail that opened and moved nothing: filed or set aside, kept whole.
CREATE TABLE kept_mails (
    id {integer} PRIMARY KEY,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    ticket_id {integer} REFERENCES tickets (id),
    raw {bytes} NOT NULL,
    received_at {integer} NOT NULL
){strict};
CREATE INDEX kept_mails_by_arrival ON kept_mails (received_at, id);

-- What was accepted under which key, so that a repeat gives the same answer and changes nothing.
CREATE TABLE receipts (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX receipts_by_age ON receipts (created_at);

-- Runs -----------------------------------------------------------------------------------------------------------

CREATE TABLE handbook_revisions (
    number {integer} PRIMARY KEY,
    digest TEXT NOT NULL,
    files TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at {integer} NOT NULL
){strict};

CREATE TABLE runs (
    ticket_id {integer} PRIMARY KEY REFERENCES tickets (id),
    playbook TEXT NOT NULL,
    revision {integer} NOT NULL REFERENCES handbook_revisions (number),
    begun {boolean} NOT NULL,
    step {integer} NOT NULL,
    ended_at {integer}
){strict};

CREATE TABLE timers (
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    state TEXT NOT NULL,
    position {integer} NOT NULL,
    started_at {integer} NOT NULL,
    due_at {integer} NOT NULL,
    PRIMARY KEY (ticket_id, state, position)
){strict};
CREATE INDEX timers_by_due ON timers (due_at);

-- Events that tickets send each other. `waits`: kept, in order, until a state takes it. `parked`: judged and not taken
-- as things stand; looked at again when the ticket moves.
CREATE TABLE queued_events (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    waits {boolean} NOT NULL,
    parked {boolean} NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX queued_events_by_ticket ON queued_events (ticket_id, id);
CREATE INDEX queued_events_to_judge ON queued_events (id) WHERE NOT parked;

CREATE TABLE history (
    id {integer} PRIMARY KEY,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    step {integer} NOT NULL,
    event TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    actor_kind TEXT NOT NULL,
    actor_id {integer},
    actor_name TEXT NOT NULL,
    message_id {integer} REFERENCES messages (id),
    trace TEXT NOT NULL,
    fault TEXT,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX history_by_ticket ON history (ticket_id, id);

CREATE TABLE outbox (
    id {integer} PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    message_id {integer} NOT NULL REFERENCES messages (id),
    state TEXT NOT NULL,
    attempts {integer} NOT NULL,
    due_at {integer} NOT NULL,
    claimed_until {integer} NOT NULL,
    last_error TEXT,
    created_at {integer} NOT NULL,
    done_at {integer}
){strict};
CREATE INDEX outbox_waiting ON outbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_by_message ON outbox (message_id);

CREATE TABLE notices (
    id {integer} PRIMARY KEY,
    ticket_id {integer} REFERENCES tickets (id),
    audience_kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX notices_by_ticket ON notices (ticket_id, id);
CREATE INDEX notices_by_audience ON notices (audience_kind, audience, id);

-- What the mail catcher holds instead of sending it: the demo and rehearsals.
CREATE TABLE caught_mails (
    id {integer} PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    message_id {integer} NOT NULL REFERENCES messages (id),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    raw {bytes} NOT NULL,
    caught_at {integer} NOT NULL
){strict};
CREATE INDEX caught_mails_by_arrival ON caught_mails (caught_at, id);
