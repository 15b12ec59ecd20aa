-- What somebody began to write on a ticket and has not sent: one draft a person, ticket and kind (`reply`, `note`).
CREATE TABLE drafts (
    writer TEXT NOT NULL,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    kind TEXT NOT NULL,
    party TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at {integer} NOT NULL,
    PRIMARY KEY (writer, ticket_id, kind)
){strict};

-- The files that are to go with it. They stand on the shelf already.
CREATE TABLE draft_files (
    id {integer} PRIMARY KEY,
    writer TEXT NOT NULL,
    ticket_id {integer} NOT NULL REFERENCES tickets (id),
    draft TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size {integer} NOT NULL,
    storage_key TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
CREATE INDEX draft_files_by_draft ON draft_files (writer, ticket_id, draft);
CREATE INDEX draft_files_by_key ON draft_files (storage_key);

-- By which id the text of a message shows a file of it (`cid:`, RFC 2392).
ALTER TABLE attachments ADD COLUMN content_id TEXT;

-- What a ticket is about, where its playbook has a field of that name: the workload is counted by it.
ALTER TABLE tickets ADD COLUMN component TEXT;
UPDATE tickets SET component = {field:component};
CREATE INDEX tickets_by_component ON tickets (component, updated_at, id) WHERE component IS NOT NULL;
