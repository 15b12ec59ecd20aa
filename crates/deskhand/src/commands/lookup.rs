//! `deskhand lookup …`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use desk::{Error, Result};
use directory::{Answer, Connection, Kind, Limits, Query};
use serde::Deserialize;
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

/// A look-up as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: u32,
    #[serde(rename = "lookup")]
    name: String,
    connection: String,
    sql: String,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    columns: BTreeMap<String, String>,
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
        let file = File::read(&self.file)?;
        let query = file.query()?;
        let connection = self.connect(&file.connection)?;
        query
            .check(&connection)
            .map_err(|unsound| Error::invalid("unsound-lookup", format!("{}: {unsound}.", file.name)))?;
        let given = given(&query, &self.with)?;
        let answer = directory::ask(&connection, &query, &given, &Limits::default()).await;
        println!("{}", described(&answer));
        Ok(if matches!(answer, Answer::Found(_)) { exit::SUCCESS } else { exit::FAILURE })
    }

    fn connect(&self, name: &str) -> Result<Connection> {
        let variable = format!("DESKHAND_CONNECTION_{}", name.to_uppercase().replace('-', "_"));
        let url = self.connection.clone().or_else(|| std::env::var(&variable).ok()).ok_or_else(|| {
            Error::invalid("no-connection", format!("Nothing says where {name:?} is."))
                .advise(format!("Set {variable}, or give --connection."))
        })?;
        Connection::open(name, &url).map_err(|error| Error::invalid("no-connection", format!("{name}: {error}.")))
    }
}

impl File {
    fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::invalid("unreadable", format!("{shown} cannot be read: {error}.")))?;
        let bad = |words: String| Error::invalid("unsound-lookup", words);
        let values = playbook::plain_values(&shown.to_string(), &text)
            .map_err(|finding| bad(format!("{}: {}.", finding.place, finding.message)))?;
        let file: File = serde_json::from_value(values).map_err(|error| bad(format!("{shown}: {error}.")))?;
        if file.language != 1 {
            return Err(bad(format!("{shown}: this version reads `language: 1`.")));
        }
        Ok(file)
    }

    fn query(&self) -> Result<Query> {
        Ok(Query { sql: self.sql.clone(), parameters: typed(&self.parameters)?, columns: typed(&self.columns)? })
    }
}

fn typed(declared: &BTreeMap<String, String>) -> Result<Vec<(String, Kind)>> {
    let kind = |(name, word): (&String, &String)| {
        let kind = word.parse().map_err(|unknown| Error::invalid("unsound-lookup", format!("{name}: {unknown}.")));
        Ok((name.clone(), kind?))
    };
    declared.iter().map(kind).collect()
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
