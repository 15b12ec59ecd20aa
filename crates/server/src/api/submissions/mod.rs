//! Forms that were filled in.

pub(super) mod create;
