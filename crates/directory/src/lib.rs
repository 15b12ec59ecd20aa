//! Look-ups: a company's own databases, asked by named queries that only read.
//!
//! A [`Connection`] leads to a PostgreSQL, MySQL, MariaDB or SQLite database that somebody else keeps. A [`Query`] is one
//! statement with typed parameters and typed columns. [`ask`] puts the one to the other and says whether one row was found,
//! none, several, or why there is no answer. Nothing here knows of the desk or of playbooks.
//!
//! A foreign database may be slow, full, wrong or hostile. So every question has [`Limits`], reads in a transaction that
//! cannot write, and fails with words that hold neither the connection's address nor anything that was asked for.
//!
//! ```
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use directory::{Answer, Connection, Kind, Limits, Query, ask};
//!
//! let customers = Connection::open("customer-database", "sqlite:///srv/customers.db?mode=ro")?;
//! let query = Query {
//!     sql: "SELECT plan FROM people WHERE lower(email) = lower(:email)".to_owned(),
//!     parameters: vec![("email".to_owned(), Kind::Text)],
//!     columns: vec![("plan".to_owned(), Kind::Text)],
//! };
//! let given = serde_json::Map::from_iter([("email".to_owned(), "maria@acme.example".into())]);
//! match ask(&customers, &query, &given, &Limits::default()).await {
//!     Answer::Found(row) => println!("{}", row["plan"]),
//!     Answer::Missing => println!("nobody"),
//!     Answer::Ambiguous(rows) => println!("{rows} people"),
//!     Answer::Failed { reason, again } => println!("{reason} (worth another try: {again})"),
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod cell;
mod connection;
mod failure;
mod given;
mod lexer;
mod limits;
mod mysql;
mod postgres;
mod query;
mod reading;
mod server;
mod sqlite;
mod statement;

pub use answer::{Answer, ask};
pub use connection::{Connection, Engine, NoConnection};
pub use limits::Limits;
pub use query::{Kind, Query, UnknownKind};
pub use statement::Unsound;
