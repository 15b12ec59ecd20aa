//! Mailboxes: those that the desk is connected to, and how far programs that fetch themselves have got.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod patch;
pub(super) mod put;
pub(super) mod shape;
pub(super) mod try_out;
