//! An import as programs see it.

use std::collections::BTreeMap;

use desk::imports::{self, Fate};
use desk::rights::{self, Verb};
use desk::{Actor, Error};
use jiff::Timestamp;
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

/// A file of contacts or organizations.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Import {
    #[schema(value_type = String)]
    id: Id,
    /// `contacts` or `organizations`.
    kind: &'static str,
    /// `looked_at`: nothing is changed yet; `running`, `done`; `undoing`, `undone`. `reading` while its rows are looked at.
    state: &'static str,
    /// What the file was called.
    file: String,
    columns: Vec<Column>,
    rows: Counts,
    /// What became of the rows that were carried out, when it was undone: how many were `removed`, `put_back`, and `left` because somebody
    /// changed them since or they are in use.
    undone: BTreeMap<&'static str, i64>,
    /// Who brought it.
    by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A column of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportColumn)]
pub(in crate::api) struct Column {
    title: String,
    /// What it is taken for; null where it is left out.
    taken_for: Option<String>,
}

/// How many rows there are of each outcome.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = ImportCounts)]
pub(in crate::api) struct Counts {
    new: i64,
    changed: i64,
    unchanged: i64,
    refused: i64,
}

impl Import {
    /// What is told of `import`.
    pub(in crate::api) async fn of(conn: &mut Conn, import: imports::Import) -> desk::Result<Self> {
        let mut rows = Counts::default();
        for (fate, count) in imports::counts(conn, import.id).await? {
            match fate {
                Fate::New => rows.new = count,
                Fate::Changed => rows.changed = count,
                Fate::Unchanged => rows.unchanged = count,
                Fate::Refused => rows.refused = count,
            }
        }
        let undone = imports::undone(conn, import.id).await?;
        let columns = import.headers.into_iter().zip(import.columns);
        Ok(Self {
            id: import.id,
            kind: import.kind.as_str(),
            state: import.state.as_str(),
            file: import.file,
            columns: columns.map(|(title, taken_for)| Column { title, taken_for }).collect(),
            rows,
            undone: undone.into_iter().map(|(undone, count)| (undone.as_str(), count)).collect(),
            by: import.by,
            created_at: import.created_at,
        })
    }
}

/// The import that an address names, for whoever may import.
pub(super) async fn find(conn: &mut Conn, actor: &Actor, id: &str) -> desk::Result<imports::Import> {
    rights::require(actor, Verb::KeepPeople)?;
    let id = id.parse().map_err(|_| Error::not_found("import"))?;
    imports::find(conn, id).await
}
