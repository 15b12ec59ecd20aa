-- Which words stand where: what is said to and by clients, internal notes, people. See crates/desk/src/words.
{words:words_said}
{words:words_noted}
{words:words_of_people}

-- What was written before is put in when the desk is opened: documents of this kind with lesser ids.
CREATE TABLE words_to_fill (
    kind TEXT PRIMARY KEY,
    below_id {integer} NOT NULL
){strict};
INSERT INTO words_to_fill (kind, below_id)
    SELECT 'ticket', newest.id + 1 FROM (SELECT MAX(id) AS id FROM tickets) AS newest WHERE newest.id IS NOT NULL;
INSERT INTO words_to_fill (kind, below_id)
    SELECT 'message', newest.id + 1 FROM (SELECT MAX(id) AS id FROM messages) AS newest WHERE newest.id IS NOT NULL;
INSERT INTO words_to_fill (kind, below_id)
    SELECT 'organization', newest.id + 1 FROM (SELECT MAX(id) AS id FROM organizations) AS newest WHERE newest.id IS NOT NULL;
INSERT INTO words_to_fill (kind, below_id)
    SELECT 'contact', newest.id + 1 FROM (SELECT MAX(id) AS id FROM contacts) AS newest WHERE newest.id IS NOT NULL;

-- A token is known by its name: of several with one name all but one are called by a part of their digest too. It may end by
-- itself, and says when it was last used, to the hour.
UPDATE tokens SET name = name || ' ' || substr(digest, 1, 8)
    WHERE EXISTS (SELECT 1 FROM tokens other WHERE other.name = tokens.name AND other.digest < tokens.digest);
CREATE UNIQUE INDEX tokens_by_name ON tokens (name);
ALTER TABLE tokens ADD COLUMN expires_at {integer};
ALTER TABLE tokens ADD COLUMN used_at {integer};

-- Keys of requests are kept for a while; those of mails and forms stay.
CREATE INDEX receipts_of_requests ON receipts (created_at) WHERE substr(key, 1, 5) = 'http:';

-- Other programs that submit a form of the handbook, each with the secret that it signs with, sealed.
CREATE TABLE hooks (
    form TEXT PRIMARY KEY,
    secret {bytes} NOT NULL,
    created_by TEXT NOT NULL,
    created_at {integer} NOT NULL
){strict};
