//! What the viewer was told, and what they want to be told.

pub mod browsers;
pub mod choices;
pub mod hooks;
pub mod index;
pub mod samples;
pub mod view;
