//! Insights: figures of a span for leads and owners, as charts, tables and CSV.

pub mod asked;
pub mod chart;
pub mod csv;
pub mod fill;
pub mod index;
pub mod procedure;
pub mod samples;
mod samples_procedure;
pub mod sort;
pub mod view;
