//! Until when the mail is in, and what waits for it.

pub mod fill;
pub mod index;
pub mod samples;
pub mod view;
