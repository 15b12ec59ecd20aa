//! The ways in and the dead ends: the demo's walk, signing in, and what went wrong.

pub mod samples;
pub mod view;
