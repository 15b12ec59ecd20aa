//! The mail catcher: what the demo's desk sent, instead of sending it.

pub mod index;
pub mod parts;
pub mod samples;
pub mod view;
