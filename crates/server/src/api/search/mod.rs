//! Search by plain words.

pub(super) mod list;
