//! Speaks to mail servers: fetches by IMAP (RFC 3501, RFC 9051), submits by SMTP (RFC 5321, RFC 6409), both with TLS, and says what
//! is wrong in words that somebody can act on. Knows neither the desk nor its tickets, and keeps nothing: what has to outlast a
//! process, like a [`imap::Cursor`], is the caller's.
//!
//! A server is not believed: whatever it says, each step ends in its time and takes no more memory than [`Limits`] allow. A password
//! travels protected or not at all.

mod dial;
mod fault;
pub mod imap;
pub mod oauth;
mod sasl;
mod secret;
mod server;
pub mod smtp;
pub mod trial;
mod trust;
mod wire;

pub use fault::{Fault, Kind, Stage};
pub use secret::Secret;
pub use server::{Limits, Login, Security, Server};
pub use trust::{NoCertificate, Trust};
