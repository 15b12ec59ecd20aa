//! The replies that wait: written, and not yet said.

pub mod index;
pub mod samples;
pub mod view;
