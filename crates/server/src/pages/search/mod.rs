//! Search: what holds some words, among what the viewer may see.

pub mod index;
pub mod offers;
pub mod samples;
pub mod view;
