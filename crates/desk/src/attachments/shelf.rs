//! Where attachments stand: a folder, or memory for rehearsals.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use store::Chance;
use tokio::io::AsyncWriteExt;

use super::Staged;
use crate::{Error, Result};

/// A place for attachments. Cheap to clone.
#[derive(Clone)]
pub struct Shelf {
    place: Place,
    chance: Chance,
}

#[derive(Clone)]
enum Place {
    Folder(PathBuf),
    Memory(Arc<Mutex<HashMap<String, Vec<u8>>>>),
}

impl Shelf {
    /// Attachments in `folder`, made when it is not there.
    pub fn in_folder(folder: &Path, chance: Chance) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(unavailable)?;
        Ok(Self { place: Place::Folder(folder.to_owned()), chance })
    }

    /// Attachments in memory.
    pub fn in_memory(chance: Chance) -> Self {
        Self { place: Place::Memory(Arc::default()), chance }
    }

    /// Puts a mail's attachment on the shelf, safely on disk, before any row names it.
    pub async fn stage(&self, attachment: &mail::Attachment) -> Result<Staged> {
        let storage_key = store::chance::hex(&self.chance.bytes::<16>()?);
        match &self.place {
            Place::Memory(shelf) => {
                let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
                shelf.insert(storage_key.clone(), attachment.bytes.clone());
            }
            Place::Folder(folder) => write_whole(&folder.join(&storage_key), &attachment.bytes).await?,
        }
        Ok(Staged {
            name: attachment.name.clone(),
            kind: attachment.kind.clone(),
            size: i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX),
            inline: attachment.inline,
            storage_key,
        })
    }

    /// The bytes under `key`.
    pub async fn read(&self, key: &str) -> Result<Vec<u8>> {
        match &self.place {
            Place::Memory(shelf) => {
                let shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
                shelf.get(key).cloned().ok_or_else(|| Error::not_found("attachment"))
            }
            Place::Folder(folder) => tokio::fs::read(folder.join(key)).await.map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Error::not_found("attachment"),
                _ => unavailable(error),
            }),
        }
    }

    /// Puts `bytes` back under a key that they had on another desk's shelf, safely on disk.
    pub async fn put_back(&self, key: &str, bytes: &[u8]) -> Result<()> {
        match &self.place {
            Place::Memory(shelf) => {
                shelf.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.to_vec());
                Ok(())
            }
            Place::Folder(folder) => write_whole(&folder.join(key), bytes).await,
        }
    }

    /// Whether something stands under `key`.
    pub async fn has(&self, key: &str) -> Result<bool> {
        match &self.place {
            Place::Memory(shelf) => Ok(shelf.lock().unwrap_or_else(PoisonError::into_inner).contains_key(key)),
            Place::Folder(folder) => tokio::fs::try_exists(folder.join(key)).await.map_err(unavailable),
        }
    }

    /// Takes `key` off the shelf; it may be gone already.
    pub async fn remove(&self, key: &str) -> Result<()> {
        match &self.place {
            Place::Memory(shelf) => {
                shelf.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
                Ok(())
            }
            Place::Folder(folder) => match tokio::fs::remove_file(folder.join(key)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unavailable(error)),
                _ => Ok(()),
            },
        }
    }

    /// The keys of what has stood here for at least `age`, by the file system's own time. None for a shelf in memory, which no
    /// other process can have left.
    pub async fn keys_older_than(&self, age: Duration) -> Result<Vec<String>> {
        let Place::Folder(folder) = &self.place else { return Ok(Vec::new()) };
        let mut keys = Vec::new();
        let mut entries = tokio::fs::read_dir(folder).await.map_err(unavailable)?;
        while let Some(entry) = entries.next_entry().await.map_err(unavailable)? {
            let modified = entry.metadata().await.and_then(|data| data.modified()).map_err(unavailable)?;
            if modified.elapsed().is_ok_and(|elapsed| elapsed >= age) {
                keys.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(keys)
    }
}

/// Writes beside and renames, so that a key never holds half a file.
async fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("part");
    let writing = async {
        let mut file = tokio::fs::File::create(&beside).await?;
        file.write_all(bytes).await?;
        // What could not be written is said here, and not by `sync_all`.
        file.flush().await?;
        file.sync_all().await?;
        tokio::fs::rename(&beside, path).await
    };
    let written = writing.await;
    if written.is_err() {
        // Half a file would take the room of a whole one.
        let _ = tokio::fs::remove_file(&beside).await;
    }
    written.map_err(unavailable)
}

fn unavailable(error: std::io::Error) -> Error {
    tracing::error!(%error, "the attachments' folder does not work");
    Error::unavailable("The desk cannot keep attachments just now.")
}
