//! Restoring a backup into an empty place.

use std::collections::BTreeMap;
use std::path::Path;

use store::tables::{self, Filling, Table};
use store::{Clock, Db, Tx};

use super::archive::Unpacking;
use super::reading::{Part, Reading};
use super::{Head, KeptTable, Manifest, Tally, damaged, key_name, keys_in, lines};
use crate::attachments::Shelf;
use crate::mailboxes::connected;
use crate::{Error, Result, dispatches, hooks, letters, outbox, sendings, settings, words};

/// Where a backup is restored to.
pub struct Target<'a> {
    /// A database without a desk.
    pub db: &'a Db,
    /// Time.
    pub clock: &'a Clock,
    /// The attachments' shelf. What stands on it stays.
    pub shelf: &'a Shelf,
    /// Whether mails that waited when the backup was made are to be sent, though they may have been since.
    pub sends: bool,
    /// Whether the restored desk fetches and sends mail at once, rather than rest until somebody says that it is the one that goes on.
    pub goes_live: bool,
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// What it is of.
    pub head: Head,
    /// What it holds.
    pub manifest: Manifest,
    /// How many mails are held because they may have gone out since.
    pub held: u64,
    /// The master key's file, if it was in the backup.
    pub master_key: Option<Vec<u8>>,
}

/// Restores the backup in `file`: all rows or none. They are read back and held against the manifest before they are kept.
/// Attachments are put on the shelf first; where the restore fails they are left there and do no harm.
///
/// The database has the schema of the backup afterwards; opening the desk brings it up to date.
///
/// # Errors
/// When the place holds a desk, the backup is damaged or of a newer program, or something cannot be written.
pub async fn restore(file: &Path, target: &Target<'_>) -> Result<Restored> {
    let mut unpacking = Unpacking::begin(file)?;
    let mut parts = unpacking.parts()?;
    let (name, bytes) = parts.next().ok_or_else(|| damaged("it is empty"))??;
    let mut reading = Reading::begin(&name, &bytes)?;
    let layout = reading.head.layout()?;
    let mut filling = Filling::of(target.db, target.clock, layout).await.map_err(occupied)?;
    let tables = fitting(&reading.head, filling.tables().await?)?;

    let mut master_key = None;
    for part in parts {
        let (name, bytes) = part?;
        match reading.take(&name, &bytes)? {
            Part::Rows(table) => {
                let table = tables.get(table).ok_or_else(|| damaged(format!("it has no table {table}")))?;
                filling.put(table, lines::read(table, &bytes)?).await.map_err(refused)?;
            }
            Part::Attachment(key) => target.shelf.put_back(key, &bytes).await?,
            Part::MasterKey => master_key = Some(bytes),
            Part::Manifest => {}
        }
    }
    for name in layout.sequences() {
        let value = reading.head.sequences.get(name).ok_or_else(|| damaged(format!("it lacks the sequence {name}")))?;
        filling.set_sequence(name, *value).await?;
    }
    unpacking.finish()?;
    let (head, manifest) = reading.finish()?;

    read_back(&mut filling, &tables, &manifest, target.shelf).await?;
    let held = made_ready(filling.transaction(), &tables, target.sends).await?;
    if target.goes_live {
        settings::resting::end(filling.transaction()).await?;
    } else {
        settings::resting::begin(filling.transaction(), target.clock.now()).await?;
    }
    filling.keep().await.map_err(refused)?;
    Ok(Restored { head, manifest, held, master_key })
}

/// What is other than it was: what waited to leave is held unless the restored desk `sends`; a desk without secrets takes whichever
/// master key it finds; the indexes of words are filled anew. A backup of an older schema may lack what that concerns. Says how many
/// mails are held.
async fn made_ready(tx: &mut Tx, tables: &BTreeMap<String, Table>, sends: bool) -> Result<u64> {
    let held = if sends { 0 } else { outbox::held::hold(tx).await? };
    if !sends && tables.contains_key(letters::TABLE) {
        letters::hold_back(tx).await?;
    }
    if !sends && tables.contains_key(dispatches::TABLE) {
        dispatches::hold_back(tx).await?;
    }
    if !sends && tables.contains_key(sendings::TABLE) {
        sendings::hold_all(tx).await?;
    }
    if tables.contains_key(words::TO_FILL) {
        if !holds_secrets(tx, tables).await? {
            settings::forget_master_key(tx).await?;
        }
        words::fill::begin_anew(tx).await?;
    }
    Ok(held)
}

/// Whether there is anything that only the master key opens.
async fn holds_secrets(tx: &mut Tx, tables: &BTreeMap<String, Table>) -> Result<bool> {
    Ok(connected::hold_secrets(tx).await?
        || !hooks::all(tx).await?.is_empty()
        || (tables.contains_key(dispatches::hooks::TABLE) && dispatches::hooks::hold_secrets(tx).await?))
}

/// The tables to fill, by name: those of the backup, column by column.
fn fitting(head: &Head, tables: Vec<Table>) -> Result<BTreeMap<String, Table>> {
    let own: Vec<KeptTable> = tables.iter().map(KeptTable::of).collect();
    for (kept, own) in head.tables.iter().zip(&own) {
        if kept != own {
            return Err(damaged(format!("its table {} is not that of its schema", kept.name)));
        }
    }
    if head.tables.len() != own.len() {
        return Err(damaged("it lacks tables of its schema"));
    }
    Ok(tables.into_iter().map(|table| (table.name.clone(), table)).collect())
}

/// Reads what was written and compares it with what should be there; every attachment that a row names must be on the shelf.
async fn read_back(
    filling: &mut Filling,
    tables: &BTreeMap<String, Table>,
    manifest: &Manifest,
    shelf: &Shelf,
) -> Result<()> {
    for (name, table) in tables {
        let (mut tally, mut line, mut keys) = (Tally::default(), Vec::new(), Vec::new());
        tables::each_row(filling, table, |values| {
            keys.extend(keys_in(table, &values)?);
            line.clear();
            lines::write(values, &mut line)?;
            tally.add(1, &line);
            Ok::<_, Error>(())
        })
        .await?;
        if Some(&tally.count()) != manifest.tables.get(name) {
            return Err(Error::internal(format!("The rows of {name} are not kept as they were given.")));
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().map(key_name) {
            if !manifest.attachments.absent.contains(&key) && !shelf.has(&key).await? {
                return Err(damaged(format!("the attachment {key} is missing")));
            }
        }
    }
    Ok(())
}

fn occupied(error: store::Error) -> Error {
    match error {
        store::Error::Schema(_) => Error::conflict("occupied", "There is a desk in this place already.")
            .advise("Restore into an empty database."),
        other => other.into(),
    }
}

/// What the database refuses of a backup's rows is a fault of theirs.
fn refused(error: store::Error) -> Error {
    match error {
        store::Error::Constraint(words) => damaged(words),
        other => other.into(),
    }
}
