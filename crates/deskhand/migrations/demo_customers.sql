-- The customer database of the demo, an SQLite file. All people and companies are invented.
CREATE TABLE organizations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, upstream_id INTEGER NOT NULL, plan TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, organization_id INTEGER NOT NULL);
CREATE TABLE memberships (person_id INTEGER NOT NULL, organization_id INTEGER NOT NULL, role TEXT NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL);
INSERT INTO organizations VALUES
    (1, 'Acme Lending', 1, 'Pro'), (2, 'Borealis Homes', 2, 'Premium'), (3, 'Cobalt & Daughters', 3, 'Basic'),
    (4, 'Delta Savings', 4, 'Premium'), (5, 'Delta Savings North', 4, NULL);
INSERT INTO people VALUES
    (1, 'maria@acme.example', 1), (2, 'rui@borealis.example', 2), (3, 'ines@borealis.example', 2),
    (4, 'tom@cobalt.example', 3), (5, 'lena@delta.example', 5), (6, 'office@borealis.example', 2),
    (7, 'Office@borealis.example', 1);
INSERT INTO memberships VALUES
    (1, 1, 'Admin'), (2, 2, 'Manager'), (3, 2, 'Member'), (4, 3, 'Admin'), (5, 4, 'Manager'), (6, 2, 'Admin'), (7, 1, 'Admin');
INSERT INTO documents VALUES (1, 1), (2, 1), (3, 1), (4, 1), (5, 4);
