//! Stories told through the HTTP interface, on each database.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../stage/mod.rs"]
mod stage;

mod assignee;
mod calendars;
mod checklists;
mod forms;
mod handbook;
mod hooks;
mod imports;
mod inbox;
mod insights;
mod lists;
mod mail;
mod mailboxes;
mod notifications;
mod parties;
mod people;
mod process;
mod questions;
mod refusals;
mod repeats;
mod search;
mod tickets;
mod today;
mod together;
mod tokens;
mod workload;
