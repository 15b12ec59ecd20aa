//! Runs: a ticket on its way through its playbook. This is where an event from the world meets the pure interpreter and its effects
//! meet the tables, all in the transaction of the command that brought the event.

pub mod actions;
pub mod advance;
pub mod assigned;
pub mod beside;
pub mod bounds;
pub mod by_hand;
pub mod canned;
pub mod case;
pub mod checklists;
pub mod endless;
pub mod facts;
mod fan_out;
pub(crate) mod handing_over;
pub mod history;
pub mod merging;
pub mod moving;
pub mod parties;
mod pending;
mod queries;
pub mod queue;
pub(crate) mod recounting;
pub mod start;
pub mod view;

pub use advance::{Cause, Judged, advance};
pub use case::Case;
pub use start::{Opening, start};
