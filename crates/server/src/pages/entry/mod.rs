//! The ways in and the dead ends: the demo's walk, signing in, and what went wrong.

pub mod home;
pub mod samples;
pub mod sign_in;
pub mod view;
