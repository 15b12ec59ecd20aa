//! Search.

pub(super) mod list;
