//! The tickets: the list, one ticket with its conversation, its next steps and its context.

pub mod choice;
pub mod context;
pub mod conversation;
pub mod list;
pub mod samples;
mod samples_context;
mod samples_thread;
pub mod standing;
pub mod view;
