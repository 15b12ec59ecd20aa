//! What the caller was told.

pub(super) mod list;
pub(super) mod read;
