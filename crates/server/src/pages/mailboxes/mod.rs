//! The desk's mailboxes: how each is, until when the mail is in, what waits for it; and connecting them.

mod faults;
mod fields;
pub mod fill;
pub mod form;
pub mod index;
mod presets;
pub mod samples;
pub mod view;
