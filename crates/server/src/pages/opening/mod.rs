//! A ticket that a colleague opens: for somebody who told them something, or whom they write to.

pub mod fields;
pub mod form;
pub mod people;
pub mod samples;
pub mod view;
