//! What the caller was told.

pub(super) mod browsers;
pub(super) mod list;
pub(super) mod read;
