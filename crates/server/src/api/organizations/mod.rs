//! Organizations.

pub(super) mod list;
pub(super) mod put;
pub(super) mod shape;
pub(super) mod show;
