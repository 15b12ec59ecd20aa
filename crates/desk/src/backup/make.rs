//! Making a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::tables::{self, Layout, Snapshot, Table};
use store::{Db, migrate};

use super::archive::{Packing, unwritten};
use super::{
    AttachmentTally, DERIVED, FORMAT, HEAD, Head, KeptTable, MANIFEST, MASTER_KEY, Manifest, STORAGE_KEY, Step, Tally,
    digest, key_name, keys_in, lines, reading,
};
use crate::attachments::Shelf;
use crate::error::Kind;
use crate::{Error, MIGRATIONS, Result};

/// From how many bytes on rows make a part.
const PART: usize = 1 << 20;

/// What a backup is made of.
pub struct Source<'a> {
    /// The rows.
    pub db: &'a Db,
    /// The attachments.
    pub shelf: &'a Shelf,
    /// The moment that it is made.
    pub now: Timestamp,
    /// The version of the program.
    pub program: &'a str,
    /// The master key's file, where it is to be in the backup.
    pub master_key: Option<Vec<u8>>,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// What it is of.
    pub head: Head,
    /// What it holds.
    pub manifest: Manifest,
    /// The keys of attachments that the desk still names and that its folder no longer has: the desk is damaged, and the backup as
    /// well.
    pub lost: Vec<String>,
}

/// Makes a backup at `to` while the desk works. It is written beside, read again as a whole, and put into its place only then.
///
/// # Errors
/// When there is no desk, when it is newer than this program, or when the file cannot be written; then nothing is left.
pub async fn make(source: &Source<'_>, to: &Path) -> Result<Made> {
    let beside = beside(to)?;
    let made = write(source, &beside).await;
    let placed = made.and_then(|(lost, made)| {
        let (head, manifest) = reading::verify(&beside)?;
        if (&head, &manifest) != (&made.0, &made.1) {
            return Err(Error::internal("a backup is read otherwise than it was written"));
        }
        std::fs::rename(&beside, to).map_err(unwritten)?;
        sync_folder_of(to)?;
        Ok(Made { head, manifest, lost })
    });
    if placed.is_err() {
        // What is half is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    placed
}

fn beside(to: &Path) -> Result<PathBuf> {
    let name = to.file_name().ok_or_else(|| Error::invalid("no-file", format!("{} names no file.", to.display())))?;
    Ok(to.with_file_name(format!(".{}.part", name.to_string_lossy())))
}

fn sync_folder_of(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unwritten)
}

async fn write(source: &Source<'_>, path: &Path) -> Result<(Vec<String>, (Head, Manifest))> {
    let mut snapshot = Snapshot::of(source.db).await.map_err(no_desk)?;
    let steps = migrate::steps_taken(&mut snapshot, MIGRATIONS).await?;
    let layout = Layout { steps, derived: DERIVED };
    let tables = layout.tables(&mut snapshot).await?;
    let mut sequences = BTreeMap::new();
    for name in layout.sequences() {
        sequences.insert(name.to_owned(), tables::sequence_value(&mut snapshot, name).await?);
    }
    let head = Head {
        format: FORMAT,
        made_at: source.now,
        program: source.program.to_owned(),
        schema: steps.iter().map(|step| Step { number: step.number, digest: migrate::digest(step) }).collect(),
        tables: tables.iter().map(KeptTable::of).collect(),
        sequences,
    };
    let mut packing = Packing::begin(path, source.now)?;
    let head_bytes = serde_json::to_vec_pretty(&head)?;
    packing.add(HEAD, &head_bytes)?;

    let mut counts = BTreeMap::new();
    let mut keys = Vec::new();
    for table in &tables {
        let tally = add_rows(&mut packing, &mut snapshot, table, &mut keys).await?;
        counts.insert(table.name.clone(), tally.count());
    }
    // What follows may take long and needs no moment: attachments never change.
    drop(snapshot);

    keys.sort_unstable();
    keys.dedup();
    let (tally, absent) = add_attachments(&mut packing, source.shelf, &keys).await?;
    let lost = if absent.is_empty() { Vec::new() } else { still_named(source.db, layout, &absent).await? };
    if let Some(master_key) = &source.master_key {
        packing.add(MASTER_KEY, master_key)?;
    }
    let manifest = Manifest {
        head: digest(&head_bytes),
        tables: counts,
        attachments: tally.count(absent.into_iter().map(key_name).collect()),
        master_key: source.master_key.as_deref().map(digest),
    };
    packing.add(MANIFEST, &serde_json::to_vec_pretty(&manifest)?)?;
    packing.finish()?;
    Ok((lost, (head, manifest)))
}

/// Adds a table's rows, and to `keys` those of the attachments that they name.
async fn add_rows(
    packing: &mut Packing,
    snapshot: &mut Snapshot,
    table: &Table,
    keys: &mut Vec<u128>,
) -> Result<Tally> {
    let (mut tally, mut part, mut number) = (Tally::default(), Vec::with_capacity(PART), 0);
    let mut add = |part: &mut Vec<u8>| {
        number += 1;
        packing.add(&format!("rows/{}/{number:06}.jsonl", table.name), part)?;
        part.clear();
        Ok::<_, Error>(())
    };
    tables::each_row(snapshot, table, |values| {
        keys.extend(keys_in(table, &values)?);
        let begins = part.len();
        lines::write(values, &mut part)?;
        tally.add(1, part.get(begins..).unwrap_or_default());
        if part.len() >= PART { add(&mut part) } else { Ok(()) }
    })
    .await?;
    if !part.is_empty() {
        add(&mut part)?;
    }
    Ok(tally)
}

/// Adds the attachments with these keys; gives the keys of those that are not there.
async fn add_attachments(
    packing: &mut Packing,
    shelf: &Shelf,
    keys: &[u128],
) -> Result<(AttachmentTally, BTreeSet<u128>)> {
    let (mut tally, mut absent) = (AttachmentTally::default(), BTreeSet::new());
    for number in keys {
        let key = key_name(*number);
        match shelf.read(&key).await {
            Ok(bytes) => {
                packing.add(&format!("attachments/{key}"), &bytes)?;
                tally.add(&key, &bytes);
            }
            Err(error) if error.kind == Kind::NotFound => drop(absent.insert(*number)),
            Err(error) => return Err(error),
        }
    }
    Ok((tally, absent))
}

/// Which of these keys are named by a row at this moment: the others were erased while the backup was made.
async fn still_named(db: &Db, layout: Layout, absent: &BTreeSet<u128>) -> Result<Vec<String>> {
    let mut conn = db.read().await?;
    let mut named = BTreeSet::new();
    for table in layout.tables(&mut conn).await? {
        if table.columns.iter().any(|column| column.name == STORAGE_KEY) {
            tables::each_row(&mut conn, &table, |values| {
                named.extend(keys_in(&table, &values)?.into_iter().filter(|key| absent.contains(key)));
                Ok::<_, Error>(())
            })
            .await?;
        }
    }
    Ok(named.into_iter().map(key_name).collect())
}

/// A database without a schema is not this program's fault.
fn no_desk(error: store::Error) -> Error {
    match error {
        store::Error::Statement(_) => Error::invalid("no-desk", "The database holds no desk."),
        other => other.into(),
    }
}
