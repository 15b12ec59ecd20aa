//! Contacts: a list, each on a page of their own with what belongs to them, and the form that changes one.

pub mod erasure;
pub mod form;
pub mod index;
pub mod samples;
pub mod show;
pub mod view;
