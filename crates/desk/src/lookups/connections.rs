//! Where the other databases are: `DESKHAND_CONNECTION_NAME`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use directory::{Answer, Connection, Limits};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::{Directory, Question};

/// What the environment variables of connections begin with.
const PREFIX: &str = "DESKHAND_CONNECTION_";

/// The environment variable that says where the connection of that name leads: `DESKHAND_CONNECTION_CUSTOMER_DATABASE` for
/// `customer-database`.
#[must_use]
pub fn variable(connection: &str) -> String {
    let name = connection.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    PREFIX.chars().chain(name).collect()
}

/// The ways to a company's own databases. Their addresses, which may hold passwords, are neither shown nor logged.
#[derive(Default)]
pub struct Connections {
    addresses: BTreeMap<String, String>,
    opened: Mutex<BTreeMap<String, Connection>>,
}

impl Connections {
    /// No database: every question fails and says what to set.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those that these environment variables name; others among them are passed over.
    #[must_use]
    pub fn among(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let addresses = variables.into_iter().filter(|(name, address)| name.starts_with(PREFIX) && !address.is_empty());
        Self { addresses: addresses.collect(), opened: Mutex::default() }
    }

    /// The same with one more, unless there is one of that name already.
    #[must_use]
    pub fn or(mut self, connection: &str, address: &str) -> Self {
        self.addresses.entry(variable(connection)).or_insert_with(|| address.to_owned());
        self
    }

    /// The way to the database of that name.
    fn open(&self, name: &str) -> Result<Connection, String> {
        let variable = variable(name);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = opened.get(name) {
            return Ok(known.clone());
        }
        let address = self.addresses.get(&variable).ok_or_else(|| {
            format!("nothing says where the database `{name}` is: set {variable} and start the desk again")
        })?;
        let connection = Connection::open(name, address).map_err(|error| format!("{variable}: {error}"))?;
        opened.insert(name.to_owned(), connection.clone());
        Ok(connection)
    }
}

impl Directory for Connections {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Answer> {
        async move {
            let answer = match self.open(&question.connection) {
                Ok(connection) => {
                    directory::ask(&connection, &question.query, &question.given, &Limits::default()).await
                }
                Err(reason) => Answer::Failed { reason, again: false },
            };
            if let Answer::Failed { reason, again } = &answer {
                let (lookup, connection) = (&question.lookup, &question.connection);
                tracing::warn!(lookup, connection, again, "a look-up got no answer: {reason}");
            }
            answer
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn failure(connections: &Connections) -> String {
        let query = directory::Query { sql: "SELECT 1 AS one".to_owned(), parameters: Vec::new(), columns: Vec::new() };
        let question = Question {
            lookup: "who".to_owned(),
            connection: "customer-database".to_owned(),
            query,
            given: serde_json::Map::new(),
        };
        match connections.ask(&question).await {
            Answer::Failed { reason, again: false } => reason,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_connection_that_is_missing_says_what_to_set() {
        let reason = failure(&Connections::none()).await;
        assert_eq!(
            reason,
            "nothing says where the database `customer-database` is: set DESKHAND_CONNECTION_CUSTOMER_DATABASE and start \
             the desk again"
        );
    }

    #[tokio::test]
    async fn an_address_that_leads_nowhere_is_told_without_its_password() {
        let variables = [("DESKHAND_CONNECTION_CUSTOMER_DATABASE", "oracle://desk:secret@db.example/x"), ("HOME", "/")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let reason = failure(&Connections::among(variables)).await;
        assert!(
            reason.starts_with("DESKHAND_CONNECTION_CUSTOMER_DATABASE: ") && !reason.contains("secret"),
            "{reason}"
        );
    }
}
