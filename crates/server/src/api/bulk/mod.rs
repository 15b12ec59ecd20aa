//! The same done to many tickets, and undone.

pub(super) mod create;
pub(super) mod shape;
pub(super) mod undo;
