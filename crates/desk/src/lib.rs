//! The desk: one folder a feature, in ranks, each referring to earlier ones only. No HTTP, no sockets.
//!
//! Everything that changes a ticket goes through [`handle::handle`].

mod actor;
mod context;
mod desk;
pub mod error;
pub mod ground;
pub mod page;
pub mod receipts;
pub mod sealed;
pub mod settings;
pub mod words;

pub mod accounts;
pub mod agents;
pub mod contacts;
pub mod organizations;
pub mod rights;
pub mod teams;

pub mod attachments;
pub mod dispatches;
pub mod drafts;
pub mod forms;
pub mod hooks;
pub mod mailboxes;
pub mod messages;
pub mod search;
pub mod tickets;

pub mod claims;
pub mod handbook;
pub mod letters;
pub mod lookups;
pub mod measures;
pub mod notifications;
pub mod outbox;
pub mod questions;
pub mod recounts;
pub mod runs;
pub mod schedules;
pub mod sendings;
pub mod suggestions;
pub mod timers;
pub mod today;

pub mod editing;
pub mod erasures;
pub mod exports;
pub mod imports;
pub mod insights;
pub mod mining;

pub mod entry;
pub mod handle;
mod loops;

pub mod backup;
pub mod rehearsal;

pub use actor::{Actor, Role};
pub use context::Context;
pub use desk::{Desk, MIGRATIONS, Opening};
pub use error::{Error, Result};
pub use settings::Settings;
