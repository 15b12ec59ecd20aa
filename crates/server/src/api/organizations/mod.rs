//! Organizations.

pub(super) mod put;
