//! Reading a backup and holding every part against the manifest.

use std::collections::BTreeMap;
use std::path::Path;

use super::archive::Unpacking;
use super::{AttachmentTally, HEAD, Head, MANIFEST, MASTER_KEY, Manifest, Tally, damaged, digest, is_key, lines};
use crate::Result;

/// What a part is.
pub(super) enum Part<'a> {
    /// Rows of the table of this name.
    Rows(&'a str),
    /// An attachment, by its key.
    Attachment(&'a str),
    /// The master key's file.
    MasterKey,
    /// The end.
    Manifest,
}

/// What was read so far.
pub(super) struct Reading {
    pub(super) head: Head,
    head_digest: String,
    tables: BTreeMap<String, Tally>,
    attachments: AttachmentTally,
    master_key: Option<String>,
    manifest: Option<Manifest>,
}

impl Reading {
    /// Begins with the first part.
    pub(super) fn begin(name: &str, bytes: &[u8]) -> Result<Self> {
        if name != HEAD {
            return Err(damaged("it does not begin as a backup does"));
        }
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        let tables = head.tables.iter().map(|table| (table.name.clone(), Tally::default())).collect();
        Ok(Self {
            head,
            head_digest: digest(bytes),
            tables,
            attachments: AttachmentTally::default(),
            master_key: None,
            manifest: None,
        })
    }

    /// Takes another part in; says what it is.
    pub(super) fn take<'a>(&mut self, name: &'a str, bytes: &[u8]) -> Result<Part<'a>> {
        if self.manifest.is_some() {
            return Err(damaged(format!("{name} stands behind its end")));
        }
        if let Some(table) = name.strip_prefix("rows/").and_then(|rest| Some(rest.split_once('/')?.0)) {
            let tally = self.tables.get_mut(table).ok_or_else(|| damaged(format!("it has no table {table}")))?;
            tally.add(lines::count(bytes), bytes);
            return Ok(Part::Rows(table));
        }
        if let Some(key) = name.strip_prefix("attachments/").filter(|key| is_key(key)) {
            self.attachments.add(key, bytes);
            return Ok(Part::Attachment(key));
        }
        match name {
            MASTER_KEY => {
                self.master_key = Some(digest(bytes));
                Ok(Part::MasterKey)
            }
            MANIFEST => {
                self.manifest = Some(serde_json::from_slice(bytes).map_err(damaged)?);
                Ok(Part::Manifest)
            }
            _ => Err(damaged(format!("nobody knows what {name} is"))),
        }
    }

    /// Compares what was read with what should be there.
    pub(super) fn finish(self) -> Result<(Head, Manifest)> {
        let Some(manifest) = self.manifest else { return Err(damaged("its end is missing")) };
        if self.head_digest != manifest.head {
            return Err(damaged("its head was changed"));
        }
        let tables: BTreeMap<_, _> = self.tables.into_iter().map(|(name, tally)| (name, tally.count())).collect();
        for name in tables.keys().chain(manifest.tables.keys()) {
            if tables.get(name) != manifest.tables.get(name) {
                return Err(damaged(format!("the rows of {name} are not those that were written")));
            }
        }
        if self.attachments.count(manifest.attachments.absent.clone()) != manifest.attachments {
            return Err(damaged("the attachments are not those that were written"));
        }
        if self.master_key != manifest.master_key {
            return Err(damaged("the master key is not the one that was written"));
        }
        Ok((self.head, manifest))
    }
}

/// Reads a whole backup and holds it against its manifest; touches no desk.
///
/// # Errors
/// When it cannot be read, was cut off, or anything in it was changed.
pub fn verify(file: &Path) -> Result<(Head, Manifest)> {
    let mut unpacking = Unpacking::begin(file)?;
    let mut parts = unpacking.parts()?;
    let (name, bytes) = parts.next().ok_or_else(|| damaged("it is empty"))??;
    let mut reading = Reading::begin(&name, &bytes)?;
    for part in parts {
        let (name, bytes) = part?;
        reading.take(&name, &bytes)?;
    }
    unpacking.finish()?;
    reading.finish()
}
