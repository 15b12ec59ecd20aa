//! A place to render to that takes no more than a text may have.

use std::io::{self, Write};

/// The most bytes of a text that is filled in.
pub(super) const MAX_OUTPUT: usize = 500_000;

/// Gathers what is written, up to [`MAX_OUTPUT`].
#[derive(Debug, Default)]
pub(super) struct Bounded {
    written: Vec<u8>,
    full: bool,
}

impl Bounded {
    /// Whether more was to be written than there is room for.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        String::from_utf8(self.written).unwrap_or_default()
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len().saturating_add(bytes.len()) > MAX_OUTPUT {
            self.full = true;
            return Err(io::Error::other("the text is too long"));
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
