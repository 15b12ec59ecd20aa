//! The file itself: parts, one after the other, packed together.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use tar::{Archive, Builder, Header};

use super::damaged;
use crate::{Error, Result};

/// How large a part may be: far above the largest row.
const PART_MAX: u64 = 256 << 20;

/// A file that is being written.
pub(super) struct Packing {
    tar: Builder<GzEncoder<BufWriter<File>>>,
    made_at: u64,
}

impl Packing {
    /// Begins a file that only its owner may read. One that a broken-off backup left there is written over.
    pub(super) fn begin(path: &Path, made_at: Timestamp) -> Result<Self> {
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(unwritten)?;
        let packed = GzEncoder::new(BufWriter::new(file), Compression::fast());
        Ok(Self { tar: Builder::new(packed), made_at: u64::try_from(made_at.as_second()).unwrap_or(0) })
    }

    /// Adds a part.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut header = Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.made_at);
        self.tar.append_data(&mut header, name, bytes).map_err(unwritten)
    }

    /// Ends the file, safely on disk.
    pub(super) fn finish(self) -> Result<()> {
        let packed = self.tar.into_inner().map_err(unwritten)?;
        let file = packed.finish().and_then(|buffered| Ok(buffered.into_inner()?)).map_err(unwritten)?;
        file.sync_all().map_err(unwritten)
    }
}

/// A file that is being read.
pub(super) struct Unpacking {
    tar: Archive<GzDecoder<BufReader<File>>>,
}

impl Unpacking {
    pub(super) fn begin(path: &Path) -> Result<Self> {
        let file = File::open(path)
            .map_err(|error| Error::invalid("unreadable", format!("{} cannot be read: {error}.", path.display())))?;
        Ok(Self { tar: Archive::new(GzDecoder::new(BufReader::new(file))) })
    }

    /// Its parts in order, each with its name.
    pub(super) fn parts(&mut self) -> Result<impl Iterator<Item = Result<(String, Vec<u8>)>>> {
        let entries = self.tar.entries().map_err(damaged)?;
        Ok(entries.map(|entry| {
            let mut entry = entry.map_err(damaged)?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if entry.size() > PART_MAX {
                return Err(damaged(format!("{name} is too large")));
            }
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(damaged)?;
            if bytes.len() as u64 != entry.size() {
                return Err(damaged(format!("{name} was cut off")));
            }
            Ok((name, bytes))
        }))
    }

    /// Reads what is left, which the file's own checksum is behind.
    pub(super) fn finish(self) -> Result<()> {
        io::copy(&mut self.tar.into_inner(), &mut io::sink()).map_err(damaged).map(drop)
    }
}

/// The error for what cannot be written.
pub(super) fn unwritten(error: io::Error) -> Error {
    Error::unavailable(format!("The backup cannot be written: {error}."))
}
