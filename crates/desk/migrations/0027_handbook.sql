-- Why a revision was published, in the words of whoever did.
ALTER TABLE handbook_revisions ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What somebody changes of a published handbook and has not published: one draft a person, on the revision that it began with.
CREATE TABLE handbook_drafts (
    writer TEXT PRIMARY KEY,
    base {integer} NOT NULL REFERENCES handbook_revisions (number),
    digest TEXT NOT NULL,
    version {integer} NOT NULL,
    updated_at {integer} NOT NULL
){strict};

-- The files that are otherwise in it. One without a text is taken out.
CREATE TABLE handbook_draft_files (
    writer TEXT NOT NULL REFERENCES handbook_drafts (writer),
    path TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (writer, path)
){strict};
