//! The pages: for each a view (plain data that a handler fills in) and its template.
//!
//! Views know no database and no HTTP. Each page struct is an [`askama::Template`]; `samples` of every page are
//! rendered by the tests and by the gallery (`cargo run -p server --example gallery`).

pub mod entry;
pub mod field;
pub mod forms;
pub mod frame;
pub mod mail;
pub mod person;
pub mod policy;
pub mod prose;
pub mod specimens;
pub mod tickets;
pub mod when;
