//! The tickets: the list, one ticket with its conversation, its next steps and its context.

mod asked;
pub mod check;
pub mod checklist;
pub mod choice;
pub mod choose;
pub mod context;
pub mod conversation;
pub mod drawing;
pub mod files;
mod fill_checklists;
mod fill_list;
mod fill_thread;
mod fill_ticket;
pub mod index;
pub mod list;
pub mod reply;
pub mod samples;
mod samples_checklist;
mod samples_context;
mod samples_list;
mod samples_thread;
pub mod show;
pub mod standing;
pub mod view;
