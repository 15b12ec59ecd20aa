//! Mailboxes that a program fetches mail from, and how far it has got.

pub(super) mod delete;
pub(super) mod put;
