//! Backups: a whole desk in one file, made while it works, and put into an empty place again, on either database.
//!
//! The file is a tar archive (POSIX.1-1988, ustar) under gzip (RFC 1952), in this order:
//!
//! | part | what |
//! | --- | --- |
//! | `deskhand-backup.json` | a [`Head`]: the format, the schema's steps with their digests, the tables with their columns, the sequences |
//! | `rows/TABLE/000001.jsonl` … | the rows of each table, by their key: a JSON array a line, of numbers, texts and nulls; bytes are base64 (RFC 4648, section 4), truth values 1 or 0, instants microseconds since the epoch |
//! | `attachments/KEY` | what rows name as `storage_key` |
//! | `master.key` | only when asked for: what the desk's secrets are sealed under |
//! | `manifest.json` | a [`Manifest`]: how much there is of each, with SHA-256 digests; without it the file was cut off |
//!
//! All rows are of one moment. Attachments are on disk before a row names them, so they are all there, but for those that were
//! erased meanwhile.

mod archive;
mod lines;
mod make;
mod reading;
mod restore;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::tables::{Kind, Layout, Table};
use store::{Migration, Value, chance, migrate};

use crate::{Error, MIGRATIONS, Result, words};

pub use make::{Made, Source, make};
pub use reading::verify;
pub use restore::{Restored, Target, restore};

/// The version of the format that this program writes, and the only one it reads.
pub const FORMAT: u32 = 1;
/// Tables that are made anew from others after a restore, and not kept.
pub const DERIVED: &[&str] = &words::TABLES;

const HEAD: &str = "deskhand-backup.json";
const MANIFEST: &str = "manifest.json";
const MASTER_KEY: &str = "master.key";
/// The column by which a row, of whatever table, names an attachment.
const STORAGE_KEY: &str = "storage_key";

/// What a backup is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the format.
    pub format: u32,
    /// The moment that it shows.
    pub made_at: Timestamp,
    /// The version of the program that made it.
    pub program: String,
    /// The schema's steps that the database had taken.
    pub schema: Vec<Step>,
    /// Its tables.
    pub tables: Vec<KeptTable>,
    /// The last number that each sequence gave out.
    pub sequences: BTreeMap<String, i64>,
}

/// A step of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number.
    pub number: u32,
    /// The SHA-256 of its statements, in hexadecimal.
    pub digest: String,
}

/// A table of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTable {
    /// Its name.
    pub name: String,
    /// Its columns in order: the name, and `integer`, `text` or `bytes`.
    pub columns: Vec<(String, String)>,
}

/// How much a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The SHA-256 of the head, in hexadecimal.
    pub head: String,
    /// Of each table.
    pub tables: BTreeMap<String, Count>,
    /// The attachments.
    pub attachments: Attachments,
    /// The SHA-256 of the master key's file, where it is in the backup.
    pub master_key: Option<String>,
}

/// How many rows, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many.
    pub rows: u64,
    /// The SHA-256 of all their lines, in hexadecimal.
    pub sha256: String,
}

/// How many attachments, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachments {
    /// How many files.
    pub files: u64,
    /// How large they are together.
    pub bytes: u64,
    /// The SHA-256, in hexadecimal, of a line for each, in the order of keys: the key, a space, the SHA-256 of its bytes.
    pub sha256: String,
    /// The keys of those that rows name and that were not there.
    pub absent: Vec<String>,
}

impl Head {
    /// The schema that it was made at, if this program knows it.
    ///
    /// # Errors
    /// When it is of another format, or of a newer program.
    fn layout(&self) -> Result<Layout> {
        if self.format != FORMAT {
            let message = format!("The backup is of format {}, and this program reads format {FORMAT}.", self.format);
            return Err(Error::invalid("other-format", message).advise("Use the version of Deskhand that made it."));
        }
        let knows = |(kept, own): (&Step, &Migration)| kept.number == own.number && kept.digest == migrate::digest(own);
        if self.schema.len() > MIGRATIONS.len() || !self.schema.iter().zip(MIGRATIONS).all(knows) {
            let message = format!(
                "The backup was made by version {}, whose schema this program does not know ({} steps).",
                self.program,
                self.schema.len()
            );
            return Err(Error::invalid("other-schema", message).advise("Use that version, or a newer one."));
        }
        Ok(Layout { steps: &MIGRATIONS[..self.schema.len()], derived: DERIVED })
    }
}

impl KeptTable {
    fn of(table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| (column.name.clone(), column.kind.as_str().to_owned()));
        Self { name: table.name.clone(), columns: columns.collect() }
    }
}

/// Counts rows as they pass, and what they come to.
#[derive(Default)]
struct Tally {
    rows: u64,
    digest: Sha256,
}

impl Tally {
    /// Some rows, each with the end of its line.
    fn add(&mut self, rows: u64, lines: &[u8]) {
        self.rows += rows;
        self.digest.update(lines);
    }

    fn count(self) -> Count {
        Count { rows: self.rows, sha256: chance::hex(&self.digest.finalize()) }
    }
}

/// Counts attachments as they pass.
#[derive(Default)]
struct AttachmentTally {
    files: u64,
    bytes: u64,
    digest: Sha256,
}

impl AttachmentTally {
    fn add(&mut self, key: &str, bytes: &[u8]) {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        self.digest.update(format!("{key} {}\n", digest(bytes)));
    }

    fn count(self, absent: Vec<String>) -> Attachments {
        let sha256 = chance::hex(&self.digest.finalize());
        Attachments { files: self.files, bytes: self.bytes, sha256, absent }
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    chance::hex(&Sha256::digest(bytes))
}

/// A key as the shelf makes them: 16 bytes in lower-case hexadecimal, and nothing that could be a path.
fn is_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The keys of attachments that a row names, as numbers: there may be millions.
fn keys_in(table: &Table, values: &[Value]) -> Result<Vec<u128>> {
    let named =
        table.columns.iter().zip(values).filter(|(column, _)| column.name == STORAGE_KEY && column.kind == Kind::Text);
    named
        .filter_map(|(_, value)| match value {
            Value::Text(Some(key)) => Some(key),
            _ => None,
        })
        .map(|key| match u128::from_str_radix(key, 16) {
            Ok(number) if is_key(key) => Ok(number),
            _ => Err(Error::internal(format!("a row of {} names an attachment by what is no key", table.name))),
        })
        .collect()
}

/// A key, from its number.
fn key_name(number: u128) -> String {
    format!("{number:032x}")
}

fn damaged(words: impl std::fmt::Display) -> Error {
    Error::invalid("damaged-backup", format!("The backup is damaged: {words}.")).advise("Take another one.")
}
