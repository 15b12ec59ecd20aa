-- Organizations and contacts as rooms of their own: lists by name, imports that can be undone, people who are erased.

-- What lists of people are sorted by: the name, else the address, folded as a search folds words.
ALTER TABLE organizations ADD COLUMN sorted_by TEXT NOT NULL DEFAULT '';
UPDATE organizations SET sorted_by = LOWER(name);
CREATE INDEX organizations_sorted ON organizations (sorted_by, id);
CREATE INDEX organizations_by_plan ON organizations (plan, sorted_by, id);

ALTER TABLE contacts ADD COLUMN sorted_by TEXT NOT NULL DEFAULT '';
UPDATE contacts SET sorted_by = LOWER(COALESCE(name,
    (SELECT MIN(known.address) FROM contact_addresses known WHERE known.contact_id = contacts.id), ''));
CREATE INDEX contacts_sorted ON contacts (sorted_by, id);
CREATE INDEX contacts_of_organization_sorted ON contacts (organization_id, sorted_by, id);

-- When somebody was erased: their row stays, so that tickets keep a requester, and says nothing of them.
ALTER TABLE contacts ADD COLUMN erased_at {integer};

CREATE INDEX participants_by_address ON participants (address);
CREATE INDEX messages_by_contact ON messages (author_id) WHERE author_kind = 'contact';

-- A file of contacts or organizations. `state`: looked_at (nothing is changed yet), running, done, undoing, undone. `columns`: what
-- each column of the file is taken for, a JSON array of names and nulls.
CREATE TABLE imports (
    id {integer} PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    columns TEXT NOT NULL,
    headers TEXT NOT NULL,
    by_id {integer},
    by_name TEXT NOT NULL,
    created_at {integer} NOT NULL,
    done_at {integer},
    undone_at {integer}
){strict};

-- Its rows. `outcome`: new, changed, unchanged or refused (with `why`, a JSON array), as it was looked at and, once it was carried out, as
-- it was then. `stood` and `stands`: whom it changed, before and after; `person_id`: who that is. `undone`: removed, put_back, or left
-- where somebody changed them since.
CREATE TABLE import_rows (
    import_id {integer} NOT NULL REFERENCES imports (id),
    place {integer} NOT NULL,
    key TEXT NOT NULL,
    cells TEXT NOT NULL,
    outcome TEXT NOT NULL,
    why TEXT NOT NULL,
    carried {boolean} NOT NULL,
    person_id {integer},
    stood TEXT,
    stands TEXT,
    undone TEXT,
    PRIMARY KEY (import_id, place)
){strict};
CREATE INDEX import_rows_by_outcome ON import_rows (import_id, outcome, place);
CREATE INDEX import_rows_by_person ON import_rows (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX import_rows_by_key ON import_rows (key);
