//! The command palette: what can be done to what is on screen, then where one can go, people, and tickets by number or words.

mod fill;
pub mod index;
pub mod samples;
pub mod view;
