//! The workload: how much each member of a team has, and what it is about (row D10 of docs/procedures.md).

pub mod chart;
pub mod fill;
pub mod index;
pub mod samples;
pub mod view;
