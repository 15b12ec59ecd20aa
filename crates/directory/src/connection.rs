//! Connections: where a database is, and which kind it is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, MySqlConnection, PgConnection};

use crate::failure::Failure;
use crate::given::Given;
use crate::server::Server;
use crate::sqlite::File;
use crate::statement::Statement;
use crate::{Answer, Limits, Query};

/// A kind of database: it decides the dialect of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB.
    MySql,
    /// SQLite.
    Sqlite,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Engine; 3] = [Engine::Postgres, Engine::MySql, Engine::Sqlite];
}

/// A way to a database that somebody else keeps. Cheap to clone; the clones share at most two connections, which are made when
/// they are needed. Neither its address nor its password is ever shown or logged.
#[derive(Clone)]
pub struct Connection {
    name: Arc<str>,
    engine: Engine,
    inner: Arc<Inner>,
}

enum Inner {
    Postgres(Server<PgConnection>),
    MySql(Server<MySqlConnection>),
    Sqlite(File),
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("name", &self.name).field("engine", &self.engine).finish_non_exhaustive()
    }
}

/// An address that leads to no database. It is not repeated: there may be a password in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoConnection {
    /// It begins with something else.
    #[error("the address of a database begins with postgres://, mysql://, mariadb:// or sqlite:///")]
    Scheme,
    /// It cannot be read.
    #[error("the address of the database cannot be read: {0}")]
    Unreadable(String),
    /// It sets something that is not known, which might be a way to be safe that is misspelt.
    #[error("the address of the database sets `{setting}`, which is not known; known are {known}")]
    Setting {
        /// What it sets.
        setting: String,
        /// What could be set.
        known: String,
    },
    /// It asks for more than reading.
    #[error("a look-up only reads: write ?mode=ro")]
    Mode,
}

/// What an address may set, by engine: above all how TLS is done.
const POSTGRES: [&str; 6] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "application_name"];
const MYSQL: [&str; 8] = ["ssl-mode", "sslmode", "ssl-ca", "sslca", "ssl-cert", "ssl-key", "socket", "charset"];
const SQLITE: [&str; 1] = ["mode"];

impl Connection {
    /// A way to the database at `url`, which messages call `name`. Nothing is connected yet.
    ///
    /// - `postgres://user:password@host:5432/database?sslmode=verify-full&sslrootcert=/etc/ca.pem`
    /// - `mysql://user:password@host:3306/database?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ca.pem`; `mariadb://` is the same
    /// - `sqlite:///path/to/file?mode=ro`
    ///
    /// User and password are percent-encoded. Without a word about TLS, it is used when the server offers it, and whose
    /// certificate that is remains unchecked: `verify-full` and `VERIFY_IDENTITY` check it, against the system's roots or those
    /// in the file named.
    ///
    /// # Errors
    /// When the address cannot lead to a database. A server that is not there is told when it is asked.
    pub fn open(name: &str, url: &str) -> Result<Self, NoConnection> {
        let (scheme, rest) = url.split_once("://").ok_or(NoConnection::Scheme)?;
        let (engine, inner) = match scheme {
            "postgres" | "postgresql" => {
                known(rest, &POSTGRES)?;
                let options = PgConnectOptions::from_str(url).map_err(unreadable)?;
                // The default is a parameter that connection poolers do not let through.
                let options = options.extra_float_digits(None).disable_statement_logging();
                (Engine::Postgres, Inner::Postgres(Server::new(options)))
            }
            "mysql" | "mariadb" => {
                known(rest, &MYSQL)?;
                let options = MySqlConnectOptions::from_str(&format!("mysql://{rest}")).map_err(unreadable)?;
                (Engine::MySql, Inner::MySql(Server::new(options.disable_statement_logging())))
            }
            "sqlite" => {
                let (path, settings) = rest.split_once('?').unwrap_or((rest, "mode=ro"));
                known(rest, &SQLITE)?;
                if settings != "mode=ro" {
                    return Err(NoConnection::Mode);
                }
                let path = percent_decode_str(path).decode_utf8().ok().filter(|path| path.starts_with('/'));
                let path = path.ok_or_else(|| NoConnection::Unreadable("a path begins with a slash".to_owned()))?;
                (Engine::Sqlite, Inner::Sqlite(File::new(PathBuf::from(&*path))))
            }
            _ => return Err(NoConnection::Scheme),
        };
        Ok(Self { name: name.into(), engine, inner: Arc::new(inner) })
    }

    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which kind of database it leads to.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Puts a statement to the database.
    pub(crate) async fn read(
        &self,
        statement: &Statement,
        values: Vec<Given>,
        query: &Query,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        match &*self.inner {
            Inner::Postgres(server) => server.ask(statement, &values, query, limits).await,
            Inner::MySql(server) => server.ask(statement, &values, query, limits).await,
            Inner::Sqlite(file) => file.ask(statement, values, query, limits).await,
        }
    }
}

/// Refuses settings that would be passed over.
fn known(rest: &str, settings: &[&str]) -> Result<(), NoConnection> {
    let set = rest.split_once('?').map_or("", |(_, set)| set).split('#').next().unwrap_or_default();
    let mut names = set.split('&').filter(|part| !part.is_empty()).map(|part| part.split('=').next().unwrap_or(part));
    match names.find(|name| !settings.contains(name)) {
        Some(name) => Err(NoConnection::Setting { setting: name.to_owned(), known: settings.join(", ") }),
        None => Ok(()),
    }
}

/// What the driver says of an address; it names a setting, a port or the like and not the whole.
fn unreadable(error: sqlx::Error) -> NoConnection {
    match error {
        sqlx::Error::Configuration(error) => NoConnection::Unreadable(error.to_string()),
        _ => NoConnection::Unreadable("it is not well-formed".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_says_which_engine_it_is() {
        for (url, engine) in [
            ("postgres://desk:secret@db.example/customers?sslmode=verify-full", Engine::Postgres),
            ("mysql://desk:secret@db.example:3307/customers", Engine::MySql),
            ("mariadb://desk@db.example/customers?ssl-mode=REQUIRED", Engine::MySql),
            ("sqlite:///srv/a%20b.db?mode=ro", Engine::Sqlite),
            ("sqlite:///srv/customers.db", Engine::Sqlite),
        ] {
            let connection = Connection::open("customers", url).unwrap();
            assert_eq!((connection.name(), connection.engine()), ("customers", engine), "{url}");
        }
    }

    #[test]
    fn an_address_that_is_wrong_is_refused_without_being_repeated() {
        for (url, words) in [
            ("oracle://desk:secret@db.example/x", "begins with postgres://"),
            ("secret", "begins with postgres://"),
            ("postgres://desk:secret@db.example/x?sslmod=verify-full", "sets `sslmod`"),
            ("postgres://desk:secret@db.example/x?sslmode=sure", "cannot be read"),
            ("mysql://desk:secret@db.example:port/x", "cannot be read"),
            ("mysql://desk:secret@db.example/x?time-zone=Europe/Lisbon", "sets `time-zone`"),
            ("sqlite:///srv/secret.db?mode=rwc", "?mode=ro"),
            ("sqlite://secret.db", "begins with a slash"),
        ] {
            let error = Connection::open("customers", url).unwrap_err().to_string();
            assert!(error.contains(words) && !error.contains("secret"), "{url}: {error}");
        }
    }

    #[test]
    fn nothing_of_the_address_is_shown() {
        let connection = Connection::open("customers", "postgres://desk:secret@db.example/x").unwrap();
        assert_eq!(format!("{connection:?}"), "Connection { name: \"customers\", engine: Postgres, .. }");
    }
}
