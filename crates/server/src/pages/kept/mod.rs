//! Mail that moved nothing: filed because a program wrote it, or set aside because it could not be understood.

pub mod index;
pub mod open;
pub mod samples;
pub mod show;
pub mod view;
