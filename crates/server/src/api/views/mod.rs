//! Lists that have a name.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod put;
pub(super) mod shape;
