//! The pages: for each a view (plain data that a handler fills in) and its template.
//!
//! Views know no database and no HTTP. Each page struct is an [`askama::Template`]; `samples` of every page are
//! rendered by the tests and by the gallery (`cargo run -p server --example gallery`).

pub mod calendars;
pub mod contacts;
pub mod csv;
pub mod demo;
pub mod entry;
pub mod faults;
pub mod field;
pub mod forms;
pub mod frame;
pub mod handbook;
pub mod imports;
pub mod insights;
pub mod kept;
pub mod keys;
pub mod mail;
pub mod mailboxes;
pub mod meanwhile;
mod moments;
pub mod notifications;
pub mod opening;
pub mod organizations;
pub mod palette;
pub mod people;
pub mod person;
pub mod policy;
pub mod posted;
pub mod preferences;
pub mod prose;
pub mod questions;
mod router;
pub mod search;
pub mod sendings;
pub mod specimens;
pub mod tickets;
pub mod today;
pub mod visit;
pub mod when;
pub mod workload;

pub use router::router;

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Sends the browser on after a form was taken (RFC 9110, section 15.4.4).
fn see_other(address: &str) -> Response {
    let address = HeaderValue::from_str(address).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// Whether `address` is a path of this desk: one slash first, and nothing that a browser could read as another host.
fn is_own_address(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(['\\', '\r', '\n'])
        && address.len() <= 2_000
        && address.is_ascii()
}
