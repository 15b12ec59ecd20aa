//! The customer database of the sample desk: an SQLite file with invented people, which look-ups ask like any other.

use std::path::Path;

use desk::{Error, Result};

/// The connection of the built-in handbook's look-up.
pub const CONNECTION: &str = "customer-database";

/// The people of `demo.rs` and a few more: `lena@delta.example` is known here and not to the desk, `office@borealis.example`
/// stands here twice.
const ROWS: &str = "
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
";

/// Makes the database in the folder, the first time; gives its address.
///
/// # Errors
/// When the folder's path cannot be part of an address, or the file cannot be written.
pub fn database(folder: &Path) -> Result<String> {
    let failed = |words: String| Error::unavailable(format!("The demo's customer database cannot be made: {words}."));
    let folder = folder.canonicalize().map_err(|error| failed(error.to_string()))?;
    let file = folder.join("demo-customers.db");
    if !file.exists() {
        // Put into its place when it is whole, so that a demo that is stopped on the way begins anew.
        let making = folder.join("demo-customers.making");
        drop(std::fs::remove_file(&making));
        let made = rusqlite::Connection::open(&making).and_then(|connection| connection.execute_batch(ROWS));
        made.map_err(|error| failed(error.to_string()))?;
        std::fs::rename(&making, &file).map_err(|error| failed(error.to_string()))?;
    }
    let path = file.to_str().ok_or_else(|| failed("its path is not UTF-8".to_owned()))?;
    Ok(format!("sqlite://{}?mode=ro", path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")))
}
