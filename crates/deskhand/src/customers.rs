//! The customer database of the sample desk: an SQLite file with invented people, which look-ups ask like any other.

use std::path::Path;

use desk::{Error, Result};

/// The connection of the built-in handbook's look-up.
pub const CONNECTION: &str = "customer-database";

/// The people of `demo.rs` and a few more: `lena@delta.example` is known here and not to the desk, `office@borealis.example`
/// stands here twice.
const ROWS: &str = include_str!("../migrations/demo_customers.sql");

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
