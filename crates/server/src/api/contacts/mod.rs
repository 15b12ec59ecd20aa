//! Contacts.

pub(super) mod data;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod put;
pub(super) mod shape;
pub(super) mod show;
