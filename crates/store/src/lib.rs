//! What the desk stands on: one `Db` over SQLite or PostgreSQL, the writer that groups commands into
//! commits, migrations, and the only sources of time ([`Clock`]), chance ([`Chance`]) and ids ([`Ids`]).
//!
//! This crate knows no feature of the desk. One SQL text serves both engines; the few places where they
//! differ are in [`dialect`].

pub mod chance;
pub mod clock;
pub mod connection;
pub mod counts;
pub mod db;
pub mod dialect;
pub mod error;
pub mod failpoint;
pub mod ids;
mod ledger;
mod lending;
pub mod migrate;
pub mod news;
mod postgres;
pub mod query;
pub mod recording;
pub mod row;
mod sqlite;
mod sqlite_row;
pub mod tables;
pub mod transaction;
pub mod value;
mod writer;

pub use chance::Chance;
pub use clock::Clock;
pub use connection::Conn;
pub use db::{Db, Location};
pub use dialect::Engine;
pub use error::{Error, Result};
pub use ids::{Id, Ids};
pub use migrate::Migration;
pub use news::News;
pub use query::{Query, sql};
pub use recording::Recording;
pub use row::{FromColumn, Row};
pub use transaction::Tx;
pub use value::Value;

/// A boxed future that may cross threads, as the writer's jobs return.
pub type Job<'t, T> = futures::future::BoxFuture<'t, T>;
