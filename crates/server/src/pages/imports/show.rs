//! `GET /imports/{id}`: what becomes of each row; `POST /imports/{id}/columns`, `/imports/{id}/carrying`, `/imports/{id}/undoing`
//! and `/imports/{id}/discarding`.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::FieldError;
use desk::imports::{self, Fate, Import, Kind, Row, State as Stands, Undone, columns};
use desk::rights::{self, Verb};
use desk::{Error, Result};
use playbook::{Field, Handbook};
use store::Id;

use super::index::{place, state_key};
use super::view::{Column, FateTab, ImportPage, ImportedRow};
use crate::pages::field::FieldOption;
use crate::pages::frame::Section;
use crate::pages::organizations::fill::organization_href;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;
use crate::texts::Texts;

/// How many rows a page shows.
const SHOWN: u32 = 100;
/// How many characters of what changes are shown.
const WHY_MAX: usize = 120;

type Asked = BTreeMap<String, String>;

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>, Query(query): Query<Asked>) -> Response {
    visit.answer(show(&visit, &id, &query, None)).await
}

/// Takes the columns for something else, and looks at each row again.
pub async fn map(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let import = find(visit, &id).await?;
        let taken =
            |place: usize| Some(posted.field(&format!("column-{place}")).to_owned()).filter(|word| !word.is_empty());
        let columns: Vec<Option<String>> = (0..import.headers.len()).map(taken).collect();
        match app.desk.map_import(&visit.actor(), import.id, columns.clone()).await {
            Ok(()) => Ok(see_other(&format!("/imports/{}", import.id))),
            Err(error) if !error.fields.is_empty() => {
                let wrong = Wrong { columns, words: refusal(visit.texts, &error) };
                show(visit, &id, &Asked::new(), Some(wrong)).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// What was chosen that cannot be, and why.
struct Wrong {
    columns: Vec<Option<String>>,
    words: String,
}

fn refusal(texts: &Texts, error: &Error) -> String {
    match error.fields.first().map(|field| field.code.as_str()) {
        Some("twice") => texts.get("import-column-twice"),
        Some("no-key-column") => texts.get("import-no-key"),
        _ => error.to_string(),
    }
}

/// Carries it out.
pub async fn carry(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let import = find(visit, &id).await?;
        app.desk.carry_import(&visit.actor(), import.id).await?;
        Ok(see_other(&format!("/imports/{}", import.id)))
    };
    visit.answer(work).await
}

/// Throws it away.
pub async fn discard(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let import = find(visit, &id).await?;
        app.desk.discard_import(&visit.actor(), import.id).await?;
        Ok(see_other(&format!("/imports?kind={}", import.kind.as_str())))
    };
    visit.answer(work).await
}

/// Puts back what it changed.
pub async fn undo(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let import = find(visit, &id).await?;
        app.desk.undo_import(&visit.actor(), import.id).await?;
        Ok(see_other(&format!("/imports/{}", import.id)))
    };
    visit.answer(work).await
}

async fn find(visit: &Visit, id: &str) -> Result<Import> {
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let id: Id = id.parse().map_err(|_| Error::not_found("import"))?;
    imports::find(&mut visit.read().await?, id).await
}

async fn show(visit: &Visit, id: &str, query: &Asked, wrong: Option<Wrong>) -> Result<Response> {
    let import = find(visit, id).await?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, place(import.kind)).await?;
    let fate = query.get("rows").and_then(|word| Fate::from_word(word));
    let after = query.get("after").and_then(|place| place.parse().ok()).unwrap_or(-1);
    let mut conn = visit.read().await?;
    let counts = imports::counts(&mut conn, import.id).await?;
    let undone = imports::undone(&mut conn, import.id).await?;
    let (rows, more) = imports::rows(&mut conn, import.id, fate, after, SHOWN).await?;
    drop(conn);
    let count = |fate: Fate| {
        let known = counts.iter().find(|(known, _)| *known == fate);
        known.and_then(|(_, count)| usize::try_from(*count).ok()).unwrap_or_default()
    };
    let href = format!("/imports/{}", import.id);
    let tab = |shown: Option<Fate>| FateTab {
        key: shown.map_or("import-rows-all", fate_key),
        count: shown.map_or_else(|| Fate::ALL.into_iter().map(count).sum(), count),
        href: shown.map_or_else(|| href.clone(), |fate| format!("{href}?rows={}", fate.as_str())),
        current: shown == fate,
    };
    let tabs = std::iter::once(None).chain(Fate::ALL.into_iter().map(Some)).map(tab).collect();
    let maps = import.state == Stands::LookedAt;
    let taken = wrong.as_ref().map_or(&import.columns, |wrong| &wrong.columns);
    let columns = columns_of(visit.texts, &words.handbook, &import, taken);
    let carried = count(Fate::New) + count(Fate::Changed);
    let last = rows.last().map(|row| row.place);
    let view = ImportPage {
        frame: visit.frame(Section::Clients).await?,
        list,
        back: format!("/imports?kind={}", import.kind.as_str()),
        file: import.file.clone(),
        state: state_key(import.state),
        by: import.by.clone(),
        at: words.moments.when(import.created_at),
        wrong: match &wrong {
            Some(wrong) => Some(wrong.words.clone()),
            None => (maps && !columns.iter().any(|column| column.taken.as_deref() == Some(columns::key(import.kind))))
                .then(|| visit.texts.get("import-no-key")),
        },
        columns,
        maps,
        fates: tabs,
        undone: undone
            .into_iter()
            .map(|(undone, count)| (undone_key(undone), usize::try_from(count).unwrap_or_default()))
            .collect(),
        rows: rows.iter().map(|row| shown(visit.texts, &words.handbook, import.kind, row)).collect(),
        more: last.filter(|_| more).map(|place| match fate {
            Some(fate) => format!("{href}?rows={}&after={place}", fate.as_str()),
            None => format!("{href}?after={place}"),
        }),
        // What was chosen and refused is not what would be carried out.
        carries: matches!(import.state, Stands::LookedAt | Stands::Running)
            .then_some(carried)
            .filter(|rows| *rows > 0 && wrong.is_none()),
        undoes: matches!(import.state, Stands::Running | Stands::Done | Stands::Undoing) && carried > 0,
        href,
    };
    Ok(page(if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &view))
}

/// The columns, with all that each can be taken for.
fn columns_of(texts: &Texts, handbook: &Handbook, import: &Import, taken: &[Option<String>]) -> Vec<Column> {
    let declared = declared(handbook, import.kind);
    let all = columns::all(import.kind, declared).into_iter();
    let all: Vec<(String, String)> = all.map(|name| (name.clone(), label(texts, declared, &name))).collect();
    let column = |(title, taken): (&String, &Option<String>)| {
        let option = |(name, label): &(String, String)| FieldOption {
            value: name.clone(),
            label: label.clone(),
            chosen: taken.as_ref() == Some(name),
        };
        Column { title: title.clone(), taken: taken.clone(), options: all.iter().map(option).collect() }
    };
    import.headers.iter().zip(taken).map(column).collect()
}

/// The attributes that the handbook declares.
fn declared(handbook: &Handbook, kind: Kind) -> &BTreeMap<String, Field> {
    match kind {
        Kind::Contacts => &handbook.desk.attributes.contact,
        Kind::Organizations => &handbook.desk.attributes.organization,
    }
}

/// What people call something that a column can be taken for.
fn label(texts: &Texts, declared: &BTreeMap<String, Field>, name: &str) -> String {
    let Some(attribute) = name.strip_prefix("attributes.") else {
        return column_key(name).map_or_else(|| name.to_owned(), |key| texts.get(key));
    };
    declared.get(attribute).map_or_else(|| attribute.to_owned(), |field| field.label.text(texts.tag()).to_owned())
}

/// The text of what a column can be taken for.
fn column_key(name: &str) -> Option<&'static str> {
    Some(match name {
        "email" => "import-column-email",
        "key" => "import-column-key",
        "first_name" => "import-column-first-name",
        "last_name" => "import-column-last-name",
        "organization" => "import-column-organization",
        "role" => "import-column-role",
        "plan" => "import-column-plan",
        "parent" => "import-column-parent",
        "time_zone" => "import-column-time-zone",
        "language" => "import-column-language",
        "name" => "import-column-name",
        _ => return None,
    })
}

fn shown(texts: &Texts, handbook: &Handbook, kind: Kind, row: &Row) -> ImportedRow {
    let is_there = row.person.is_some() && row.undone != Some(Undone::Removed) || row.fate == Fate::Changed;
    let href = match kind {
        Kind::Organizations => is_there.then(|| organization_href(&row.key)),
        Kind::Contacts => row.person.filter(|_| is_there).map(|id| format!("/contacts/{id}")),
    };
    ImportedRow {
        place: row.place.to_string(),
        key: row.key.clone(),
        href,
        fate: row_key(row.fate),
        chip: match row.fate {
            Fate::New => "solved",
            Fate::Changed => "open",
            Fate::Unchanged => "closed",
            Fate::Refused => "breach",
        },
        why: row
            .why
            .iter()
            .map(|why| (label(texts, declared(handbook, kind), &why.field), in_words(texts, why)))
            .collect(),
        undone: row.undone.map(undone_key),
    }
}

fn in_words(texts: &Texts, why: &FieldError) -> String {
    let key = match why.code.as_str() {
        "changes" => return why.message.chars().take(WHY_MAX).collect(),
        "not-an-address" => "field-email",
        "required" => "field-required",
        "twice" => "import-twice",
        "no-such-zone" => "zone-unknown",
        "no-such-organization" => "import-no-organization",
        "no-key" => "import-bad-key",
        _ => return texts.with("field-wrong", &[("problem", &why.message)]),
    };
    texts.get(key)
}

fn row_key(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "import-row-new",
        Fate::Changed => "import-row-changed",
        Fate::Unchanged => "import-row-unchanged",
        Fate::Refused => "import-row-refused",
    }
}

fn fate_key(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "import-new",
        Fate::Changed => "import-changed",
        Fate::Unchanged => "import-unchanged",
        Fate::Refused => "import-refused",
    }
}

fn undone_key(undone: Undone) -> &'static str {
    match undone {
        Undone::Removed => "import-removed",
        Undone::PutBack => "import-put-back",
        Undone::Left => "import-left",
    }
}
