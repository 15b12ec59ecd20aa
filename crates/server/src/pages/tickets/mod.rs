//! The tickets: the list, one ticket with its conversation, its next steps and its context.

pub mod answer;
mod asked;
pub mod choice;
pub mod choose;
pub mod context;
pub mod conversation;
pub mod dismiss;
pub mod drawing;
pub mod files;
pub mod fill_asked;
pub mod fill_list;
mod fill_thread;
mod fill_ticket;
pub mod index;
pub mod list;
pub mod question;
pub mod reply;
pub mod samples;
mod samples_asked;
mod samples_context;
mod samples_list;
mod samples_thread;
pub mod show;
pub mod standing;
pub mod view;
