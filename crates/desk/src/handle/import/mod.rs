//! A file of contacts or organizations is brought: looked at row by row, carried out in batches, undone in batches. Each batch is one
//! transaction.

mod judge;
mod snapshot;

use std::collections::BTreeMap;

use futures::FutureExt;
use playbook::{Field, Handbook};
use store::Id;

use self::judge::{Judge, Upsert};
use self::snapshot::Snapshot;
use super::{Command, Outcome};
use crate::handbook::Handbooks;
use crate::imports::{self, Fate, Import, Kind, Row, State, Undone, columns, table};
use crate::rights::{self, Verb};
use crate::{Actor, Context, Desk, Error, Result, recounts, schedules};

/// How many rows are noted, and how many are carried out or put back, in one transaction.
const NOTED: usize = 250;
const CARRIED: u32 = 25;
/// The longest name of a file that is kept, in characters.
const FILE_NAME_MAX: usize = 120;

/// A step of an import.
#[derive(Clone, Debug)]
pub enum Importing {
    /// It begins.
    Begin(Box<Import>),
    /// These rows were looked at.
    Note {
        /// The import.
        import: Id,
        /// The rows.
        rows: Vec<Row>,
    },
    /// All of them were.
    Looked(Id),
    /// Its columns are taken for something else, so its rows are looked at again.
    Map {
        /// The import.
        import: Id,
        /// What each column is taken for.
        columns: Vec<Option<String>>,
    },
    /// The next rows are carried out; answers by [`Outcome::Moved`] whether there are more.
    Carry(Id),
    /// The last rows that were carried out are put back; answers the same.
    Undo(Id),
    /// It is thrown away, rows and all, before anything of it was carried out.
    Discard(Id),
}

impl Importing {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        match self {
            Importing::Begin(import) => {
                imports::begin(context.tx, import, context.actor.agent_id()).await?;
                Ok(Outcome::Moved(true))
            }
            Importing::Note { import, rows } => {
                require(context, *import, &[State::Reading]).await?;
                for row in rows {
                    imports::add(context.tx, *import, row).await?;
                }
                Ok(Outcome::Moved(true))
            }
            Importing::Looked(import) => {
                require(context, *import, &[State::Reading]).await?;
                imports::set_state(context.tx, *import, State::LookedAt, context.now).await?;
                Ok(Outcome::Moved(true))
            }
            Importing::Map { import, columns } => {
                require(context, *import, &[State::LookedAt]).await?;
                imports::set_columns(context.tx, *import, columns).await?;
                imports::set_state(context.tx, *import, State::Reading, context.now).await?;
                Ok(Outcome::Moved(true))
            }
            Importing::Carry(import) => carry(context, handbooks, *import).await,
            Importing::Undo(import) => undo(context, handbooks, *import).await,
            Importing::Discard(import) => {
                require(context, *import, &[State::Reading, State::LookedAt]).await?;
                imports::discard(context.tx, *import).await?;
                Ok(Outcome::Moved(false))
            }
        }
    }
}

/// What a file is called, and which sheet of it was read.
fn named(file: &str, sheet: Option<&str>) -> String {
    let name = sheet.map_or_else(|| file.to_owned(), |sheet| format!("{file} · {sheet}"));
    name.chars().filter(|c| !c.is_control()).take(FILE_NAME_MAX).collect()
}

/// The import, held, where it stands in one of these states.
async fn require(context: &mut Context<'_>, id: Id, states: &[State]) -> Result<Import> {
    let import = imports::claim(context.tx, id).await?.ok_or_else(|| Error::not_found("import"))?;
    if states.contains(&import.state) {
        return Ok(import);
    }
    Err(Error::conflict("import-moved-on", "This import does not stand where that can be done.")
        .advise("Load its page again."))
}

async fn carry(context: &mut Context<'_>, handbooks: &Handbooks, id: Id) -> Result<Outcome> {
    let import = require(context, id, &[State::LookedAt, State::Running, State::Done]).await?;
    if import.state == State::Done {
        return Ok(Outcome::Moved(false));
    }
    let handbook = handbooks.current(context.tx).await?;
    let rows = imports::next_of(context.tx, id, CARRIED).await?;
    let more = rows.len() == CARRIED as usize;
    for row in rows {
        // Judged anew: somebody may have changed them since the file was looked at.
        let mut judge = Judge::new(&handbook, import.kind, &import.columns);
        let judged = judge.row(context.tx, row.place, row.cells.clone()).await?;
        let mut row = Row { fate: judged.row.fate, why: judged.row.why, carried: true, ..row };
        if let Some(upsert) = judged.upsert.filter(|_| matches!(row.fate, Fate::New | Fate::Changed)) {
            row.stood = Snapshot::of(context.tx, import.kind, &row.key).await?.map(|stood| stood.to_text());
            match upsert {
                Upsert::Contact(command) => command.run(context, handbooks).await?,
                Upsert::Organization(command) => command.run(context, handbooks).await?,
            };
            let stands = Snapshot::of(context.tx, import.kind, &row.key).await?;
            row.person = stands.as_ref().map(Snapshot::id);
            row.stands = stands.map(|stands| stands.to_text());
        }
        imports::carry(context.tx, id, &row).await?;
    }
    let state = if more { State::Running } else { State::Done };
    imports::set_state(context.tx, id, state, context.now).await?;
    Ok(Outcome::Moved(more))
}

async fn undo(context: &mut Context<'_>, handbooks: &Handbooks, id: Id) -> Result<Outcome> {
    let import = require(context, id, &[State::Running, State::Done, State::Undoing, State::Undone]).await?;
    if import.state == State::Undone {
        return Ok(Outcome::Moved(false));
    }
    let rows = imports::next_to_undo(context.tx, id, CARRIED).await?;
    let more = rows.len() == CARRIED as usize;
    for row in rows {
        let undone = put_back(context, handbooks, import.kind, &row).await?;
        imports::undo(context.tx, id, row.place, undone).await?;
    }
    imports::set_state(context.tx, id, if more { State::Undoing } else { State::Undone }, context.now).await?;
    Ok(Outcome::Moved(more))
}

/// Puts back what a row changed, unless somebody changed it since.
async fn put_back(context: &mut Context<'_>, handbooks: &Handbooks, kind: Kind, row: &Row) -> Result<Undone> {
    let Some(present) = Snapshot::of(context.tx, kind, &row.key).await? else { return Ok(Undone::Left) };
    if row.stands.as_deref() != Some(present.to_text().as_str()) {
        return Ok(Undone::Left);
    }
    let Some(stood) = row.stood.as_deref().map(serde_json::from_str::<Snapshot>).transpose()? else {
        return Ok(if present.remove(context).await? { Undone::Removed } else { Undone::Left });
    };
    stood.put_back(context, &present).await?;
    match (&present, &stood) {
        (Snapshot::Organization(before), Snapshot::Organization(after)) => {
            if recounts::counts_otherwise(before, after) {
                recounts::begin_of(context, after, handbooks.current_number()).await?;
            }
            schedules::welcome::organization(context, handbooks, after.id).await?;
        }
        _ => schedules::welcome::contact(context, handbooks, stood.id()).await?,
    }
    Ok(Undone::PutBack)
}

fn declared(handbook: &Handbook, kind: Kind) -> &BTreeMap<String, Field> {
    match kind {
        Kind::Contacts => &handbook.desk.attributes.contact,
        Kind::Organizations => &handbook.desk.attributes.organization,
    }
}

impl Desk {
    /// Takes a file in and looks at each row; nothing is changed before [`carry_import`](Self::carry_import).
    ///
    /// # Errors
    /// A wrong field `file` when it is no table, or is beyond the bounds. One in which no column says who each row is about is taken in, and
    /// its rows are refused until [`map_import`](Self::map_import) says which does.
    pub async fn begin_import(&self, actor: &Actor, kind: Kind, file: &str, bytes: Vec<u8>) -> Result<Id> {
        rights::require(actor, Verb::KeepPeople)?;
        let read = tokio::task::spawn_blocking(move || table::read(&bytes)).await;
        let table = read.map_err(|_| Error::invalid_field("file", "no-table", "cannot be read"))??;
        let mut conn = self.read().await?;
        let handbook = self.handbooks.current(&mut conn).await?;
        let columns = columns::of(kind, &table.headers, declared(&handbook, kind), &handbook.desk.languages);
        let mut judge = Judge::new(&handbook, kind, &columns);
        let mut rows = Vec::with_capacity(table.rows.len());
        for (place, cells) in table.rows {
            rows.push(judge.row(&mut conn, place, cells).await?.row);
        }
        drop(conn);
        let import = Import {
            id: self.ground.ids.next(),
            kind,
            state: State::Reading,
            file: named(file, table.sheet.as_deref()),
            headers: table.headers,
            columns: columns.clone(),
            by: actor.name().to_owned(),
            created_at: self.now(),
        };
        let id = import.id;
        self.handle(actor, Command::Import(Importing::Begin(Box::new(import)))).await?;
        self.note_rows(actor, id, &rows).await?;
        Ok(id)
    }

    /// Throws an import away that was not carried out.
    pub async fn discard_import(&self, actor: &Actor, import: Id) -> Result<()> {
        self.handle(actor, Command::Import(Importing::Discard(import))).await.map(drop)
    }

    /// Takes the columns of an import for something else, and looks at each row again; nothing is changed by it.
    ///
    /// # Errors
    /// A wrong field `columns`, see [`columns::check`]; when it was carried out already.
    pub async fn map_import(&self, actor: &Actor, id: Id, columns: Vec<Option<String>>) -> Result<()> {
        rights::require(actor, Verb::KeepPeople)?;
        let mut conn = self.read().await?;
        let handbook = self.handbooks.current(&mut conn).await?;
        let import = imports::find(&mut conn, id).await?;
        columns::check(import.kind, &columns, import.headers.len(), declared(&handbook, import.kind))?;
        let map = Importing::Map { import: id, columns: columns.clone() };
        drop(conn);
        self.handle(actor, Command::Import(map)).await?;
        let mut conn = self.read().await?;
        let mut judge = Judge::new(&handbook, import.kind, &columns);
        let mut rows = Vec::new();
        for row in imports::all_rows(&mut conn, id).await? {
            rows.push(judge.row(&mut conn, row.place, row.cells).await?.row);
        }
        drop(conn);
        self.note_rows(actor, id, &rows).await
    }

    async fn note_rows(&self, actor: &Actor, id: Id, rows: &[Row]) -> Result<()> {
        for rows in rows.chunks(NOTED) {
            let note = Importing::Note { import: id, rows: rows.to_vec() };
            self.handle(actor, Command::Import(note)).await?;
        }
        self.handle(actor, Command::Import(Importing::Looked(id))).await.map(drop)
    }

    /// Carries an import out, batch by batch. What was cut off goes on where it stopped.
    pub async fn carry_import(&self, actor: &Actor, import: Id) -> Result<()> {
        self.step(actor, || Importing::Carry(import)).boxed().await
    }

    /// Puts back what an import changed, but for what somebody changed since.
    pub async fn undo_import(&self, actor: &Actor, import: Id) -> Result<()> {
        self.step(actor, || Importing::Undo(import)).boxed().await
    }

    async fn step(&self, actor: &Actor, next: impl Fn() -> Importing + Send) -> Result<()> {
        while let Outcome::Moved(true) = self.handle(actor, Command::Import(next())).await? {}
        Ok(())
    }
}
