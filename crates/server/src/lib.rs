//! What people see of the desk: pages rendered from typed views, their texts and their assets.
//!
//! A page is a view (plain data, [`pages`]) and a template (`templates/<feature>/`); its words stand in the
//! catalogue ([`texts`]), its style sheets and scripts are built into [`assets`].

pub mod api;
pub mod assets;
pub mod edge;
pub mod live;
pub mod mailing;
pub mod messenger;
pub mod metrics;
mod news;
mod notify;
pub mod pages;
pub mod presence;
pub mod rehearsals;
pub mod serve;
pub mod smtp;
pub mod state;
pub mod texts;
pub mod workers;
