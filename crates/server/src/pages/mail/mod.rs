//! The mail catcher: what the demo's desk sent, instead of sending it.

pub mod samples;
pub mod view;
