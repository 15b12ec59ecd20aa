//! The working time of an organization or a team: a month of it drawn, and the form that chooses it.

mod fill;
pub mod organization;
pub mod samples;
pub mod team;
pub mod view;

pub use fill::month_of;
