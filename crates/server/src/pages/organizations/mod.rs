//! Organizations: a list, each on a page of its own with what belongs to it, and the form that changes one.

pub mod attributes;
pub mod entered;
pub mod export;
pub mod fill;
pub mod form;
pub mod index;
pub mod samples;
pub mod show;
pub mod view;
