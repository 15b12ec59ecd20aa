//! `deskhand lookup …`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use desk::{Error, Result, lookups};
use directory::{Answer, Connection, Kind, Limits, Query};
use playbook::Files;
use serde_json::{Map, Value, json};

use crate::exit;

/// Asks another database what a look-up asks.
#[derive(Subcommand)]
pub enum Lookup {
    /// Puts a look-up's question once and prints the answer as one line of JSON: exit 0 when one row is found.
    Try(Try),
}

/// Puts a look-up's question once.
#[derive(Args)]
pub struct Try {
    /// The look-up's file, lookups/NAME.yaml.
    file: PathBuf,
    /// The database: postgres://, mysql://, mariadb:// or sqlite:///path?mode=ro. Without it DESKHAND_CONNECTION_NAME is read, NAME
    /// being the look-up's connection in capitals with `_` for `-`; that also keeps a password out of the list of processes.
    #[arg(long, value_name = "URL")]
    connection: Option<String>,
    /// A parameter's value, such as email=maria@acme.example; once for each parameter.
    #[arg(long, value_name = "NAME=VALUE")]
    with: Vec<String>,
}

impl Lookup {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Lookup::Try(command) => command.run().await,
        }
    }
}

impl Try {
    async fn run(self) -> Result<u8> {
        let lookup = read(&self.file)?;
        let query = lookups::query(&lookup);
        let connection = self.connect(&lookup.connection)?;
        query
            .check(&connection)
            .map_err(|unsound| Error::invalid("unsound-lookup", format!("{}: {unsound}.", lookup.place)))?;
        let given = given(&query, &self.with)?;
        let answer = directory::ask(&connection, &query, &given, &Limits::default()).await;
        println!("{}", described(&answer));
        Ok(if matches!(answer, Answer::Found(_)) { exit::SUCCESS } else { exit::FAILURE })
    }

    fn connect(&self, name: &str) -> Result<Connection> {
        let variable = lookups::variable(name);
        let url = self.connection.clone().or_else(|| std::env::var(&variable).ok()).ok_or_else(|| {
            Error::invalid("no-connection", format!("Nothing says where {name:?} is."))
                .advise(format!("Set {variable}, or give --connection."))
        })?;
        Connection::open(name, &url).map_err(|error| Error::invalid("no-connection", format!("{name}: {error}.")))
    }
}

/// Reads a look-up's file as a handbook's is read.
fn read(path: &Path) -> Result<playbook::Lookup> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::invalid("unreadable", format!("{shown} cannot be read: {error}.")))?;
    playbook::Lookup::parse(&shown, &text).map_err(|findings| {
        let files = Files::from_iter([(shown, text)]);
        let told: Vec<String> = findings.iter().map(|finding| finding.render(&files)).collect();
        Error::invalid("unsound-lookup", told.join("\n"))
    })
}

/// The parameters as they were given, each in the form of its kind.
fn given(query: &Query, with: &[String]) -> Result<Map<String, Value>> {
    let refused = |words: String| Error::invalid("bad-parameter", words);
    let mut values = Map::new();
    for pair in with {
        let (name, text) = pair.split_once('=').ok_or_else(|| refused(format!("{pair:?} is not NAME=VALUE.")))?;
        let kind = query.parameters.iter().find(|(declared, _)| declared == name).map(|(_, kind)| *kind);
        let kind = kind.ok_or_else(|| refused(format!("The look-up has no parameter {name:?}.")))?;
        let value = match kind {
            Kind::Integer => text.parse::<i64>().ok().map(Value::from),
            Kind::Boolean => text.parse::<bool>().ok().map(Value::from),
            Kind::Text | Kind::Decimal | Kind::Date | Kind::Timestamp => Some(text.into()),
        };
        let value = value.ok_or_else(|| refused(format!("The parameter {name:?} is no {kind}.")))?;
        if values.insert(name.to_owned(), value).is_some() {
            return Err(refused(format!("The parameter {name:?} is given twice.")));
        }
    }
    match query.parameters.iter().find(|(name, _)| !values.contains_key(name)) {
        Some((name, _)) => {
            Err(refused(format!("The parameter {name:?} is missing.")).advise(format!("--with {name}=…")))
        }
        None => Ok(values),
    }
}

fn described(answer: &Answer) -> Value {
    match answer {
        Answer::Found(row) => json!({"answer": "found", "row": row}),
        Answer::Missing => json!({"answer": "missing"}),
        Answer::Ambiguous(rows) => json!({"answer": "ambiguous", "rows": rows}),
        Answer::Failed { reason, again } => json!({"answer": "failed", "reason": reason, "again": again}),
    }
}
