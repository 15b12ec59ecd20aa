-- Mailboxes that the desk itself fetches from and sends through. Secrets are sealed under the master key.

-- `in_host` is null where mail is not fetched, `out_host` where none is sent; `out_login`: same (as fetching), own, none.
-- `endpoint` and what follows: the grant that tokens are had for (XOAUTH2), instead of a password. `since_at`: what arrived
-- before is not ours to bring in. `claimed_by`: the node that fetches, until `claimed_until` by the clock that nobody moves.
-- `failing_since` and the following: what is wrong at present; `told_at`: when people were told of it.
CREATE TABLE connected_mailboxes (
    id {integer} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    sender_name TEXT,
    team TEXT,
    playbook TEXT,
    tagged {boolean} NOT NULL,
    in_host TEXT,
    in_port {integer},
    in_security TEXT,
    in_user TEXT,
    in_password {bytes},
    folder TEXT,
    after_fetch TEXT,
    after_folder TEXT,
    out_host TEXT,
    out_port {integer},
    out_security TEXT,
    out_login TEXT,
    out_user TEXT,
    out_password {bytes},
    endpoint TEXT,
    client_id TEXT,
    client_secret {bytes},
    refresh_token {bytes},
    token_scope TEXT,
    is_default {boolean} NOT NULL,
    paused {boolean} NOT NULL,
    since_at {integer},
    version {integer} NOT NULL,
    created_at {integer} NOT NULL,
    claimed_by {integer},
    claimed_until {integer} NOT NULL,
    failing_since {integer},
    fault_code TEXT,
    fault TEXT,
    told_at {integer}
){strict};

-- How far each folder is fetched (RFC 9051, section 2.3.1.1); moved in the transaction that took the mail in. `renumbered`:
-- whether its server ever numbered the folder anew.
CREATE TABLE mailbox_cursors (
    mailbox_id {integer} NOT NULL REFERENCES connected_mailboxes (id),
    folder TEXT NOT NULL,
    uid_validity {integer} NOT NULL,
    uid_next {integer} NOT NULL,
    renumbered {boolean} NOT NULL,
    PRIMARY KEY (mailbox_id, folder)
){strict};

-- The digests of the mails that a mailbox brought: when its server numbers them anew, they are known by their bytes.
CREATE TABLE fetched_mails (
    mailbox_id {integer} NOT NULL REFERENCES connected_mailboxes (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (mailbox_id, digest)
){strict};

-- The mailbox that a ticket came by, through which its answers leave.
CREATE TABLE ticket_mailboxes (
    ticket_id {integer} PRIMARY KEY REFERENCES tickets (id),
    mailbox_id {integer} NOT NULL REFERENCES connected_mailboxes (id)
){strict};
CREATE INDEX ticket_mailboxes_by_mailbox ON ticket_mailboxes (mailbox_id);

-- The mailbox that an effect leaves through; null for the server that the process was given, or the mail catcher.
ALTER TABLE outbox ADD COLUMN mailbox_id {integer};
