//! Stories told through the HTTP interface, on each database.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../stage/mod.rs"]
mod stage;

mod checklists;
mod forms;
mod lists;
mod mail;
mod mailboxes;
mod people;
mod process;
mod refusals;
mod tickets;
