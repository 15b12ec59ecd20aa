//! Imports of contacts and organizations: a file is brought, looked at, carried out and undone.

pub mod index;
pub mod samples;
pub mod show;
pub mod view;
