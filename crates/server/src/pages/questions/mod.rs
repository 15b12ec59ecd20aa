//! What the procedures ask the viewer.

pub mod index;
pub mod samples;
pub mod view;
