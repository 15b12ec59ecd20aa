//! Today: what is about to break, for whoever looks (row P1 of docs/procedures.md).

pub mod fill;
pub mod index;
pub mod samples;
pub mod view;
