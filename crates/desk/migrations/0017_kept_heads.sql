-- From whom a mail that was kept says it is, and its subject, so that a list shows which one it is without reading it. Of those kept
-- before nothing is known here.
ALTER TABLE kept_mails ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE kept_mails ADD COLUMN subject TEXT NOT NULL DEFAULT '';
