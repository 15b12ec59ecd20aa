//! A company's own tables, and the question a support desk has: who is this, and what do they hold?

use directory::{Engine, Kind, Query};

pub const TABLES: &str = "
    CREATE TABLE organizations (
        id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL, upstream_id INTEGER NOT NULL, plan VARCHAR(20) NOT NULL
    );
    CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(200) NOT NULL, organization_id INTEGER NOT NULL);
    CREATE TABLE memberships (person_id INTEGER NOT NULL, organization_id INTEGER NOT NULL, role VARCHAR(20) NOT NULL);
    CREATE TABLE documents (id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL);
";

pub const ROWS: &str = "
    INSERT INTO organizations VALUES
        (1, 'Acme', 1, 'premium'), (2, 'Acme Lisboa', 1, 'none'), (3, 'Møller & Söhne 株式会社', 3, 'pro');
    INSERT INTO people VALUES
        (1, 'Maria@Acme.example', 2), (2, 'ana@acme.example', 1), (3, 'ANA@acme.example', 2), (4, 'zoë@moller.example', 3),
        (5, 'under_score@acme.example', 1);
    INSERT INTO memberships VALUES (1, 1, 'admin'), (2, 1, 'manager'), (3, 1, 'member'), (4, 3, 'admin'), (5, 1, 'member');
    INSERT INTO documents VALUES (1, 1), (2, 1), (3, 3);
";

/// Address to organization, upstream organization, documents they hold, plan and role.
pub fn requester(engine: Engine) -> Query {
    // Left to itself MariaDB compares without accents and without spaces at the end: `zoe ` would be `zoë`.
    let whole = if engine == Engine::MySql { "COLLATE utf8mb4_nopad_bin" } else { "" };
    let sql = format!(
        "SELECT o.name AS organization, u.name AS upstream, u.plan AS plan, m.role AS role,
                (SELECT count(*) FROM documents d WHERE d.organization_id = u.id) AS documents
           FROM people p
           JOIN organizations o ON o.id = p.organization_id
           JOIN organizations u ON u.id = o.upstream_id
           JOIN memberships m ON m.person_id = p.id AND m.organization_id = u.id
          WHERE lower(p.email) {whole} = lower(:email) -- the whole address: it's never LIKE
          ORDER BY p.id;"
    );
    let text = |name: &str| (name.to_owned(), Kind::Text);
    Query {
        sql,
        parameters: vec![text("email")],
        columns: vec![
            text("organization"),
            text("upstream"),
            text("plan"),
            text("role"),
            ("documents".to_owned(), Kind::Integer),
        ],
    }
}

/// A question without parameters that answers with one column.
pub fn question(sql: &str, column: &str, kind: Kind) -> Query {
    Query { sql: sql.to_owned(), parameters: Vec::new(), columns: vec![(column.to_owned(), kind)] }
}
