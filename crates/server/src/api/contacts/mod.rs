//! Contacts.

pub(super) mod put;
