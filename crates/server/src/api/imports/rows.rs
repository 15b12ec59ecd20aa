//! `GET /api/v1/imports/{id}/rows`: what becomes, or became, of each row.

use axum::Json;
use axum::extract::State;
use desk::imports::{self, Fate, Undone};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use super::shape;
use crate::edge::{Bearer, Parameters, Place, Problem};
use crate::state::App;

/// A page of rows.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRows)]
pub(in crate::api) struct Rows {
    items: Vec<Row>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// A row of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRow)]
pub(in crate::api) struct Row {
    /// Its place in the file: the row beneath the titles is 1.
    place: i64,
    /// The address of the contact, or the key of the organization, that it is about.
    key: String,
    /// `new`, `changed`, `unchanged` or `refused`.
    outcome: &'static str,
    /// What would change and into what (of somebody new all that the row says), or what is wrong.
    why: Vec<Why>,
    /// Whether it was carried out.
    carried: bool,
    /// The id of whom it made or changed.
    #[schema(value_type = Option<String>)]
    person: Option<Id>,
    /// What became of it when it was undone: `removed`, `put_back` or `left`.
    undone: Option<&'static str>,
}

/// Something about a field of a row.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportWhy)]
pub(in crate::api) struct Why {
    field: String,
    /// `changes`, or what is wrong.
    code: String,
    /// What it would be, or what is wrong in words.
    message: String,
}

impl From<imports::Row> for Row {
    fn from(row: imports::Row) -> Self {
        let why = row.why.into_iter().map(|why| Why { field: why.field, code: why.code, message: why.message });
        Self {
            place: row.place,
            key: row.key,
            outcome: row.fate.as_str(),
            why: why.collect(),
            carried: row.carried,
            person: row.person,
            undone: row.undone.map(Undone::as_str),
        }
    }
}

/// What becomes of each row of an import, and once it is carried out what became of it, in the order of the file.
#[utoipa::path(get, path = "/api/v1/imports/{id}/rows", tag = "people",
    params(
        ("id" = String, Path, description = "The import's id"),
        ("outcome" = Option<String>, Query, description = "Only these: `new`, `changed`, `unchanged` or `refused`"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Rows),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
    mut parameters: Parameters,
) -> Result<Json<Rows>, Problem> {
    let mut conn = app.desk.read().await?;
    let import = shape::find(&mut conn, &actor, &id).await?;
    let outcome = parameters.read("outcome", |word| {
        Fate::from_word(word).ok_or_else(|| "is new, changed, unchanged or refused".to_owned())
    });
    let after =
        parameters.read("after", |text| text.parse::<i64>().map_err(|_| "is no cursor of this list".to_owned()));
    let limit = parameters.limit();
    parameters.finish()?;
    let (rows, more) = imports::rows(&mut conn, import.id, outcome, after.unwrap_or(-1), limit).await?;
    let next = rows.last().filter(|_| more).map(|row| row.place.to_string());
    Ok(Json(Rows { items: rows.into_iter().map(Row::from).collect(), next }))
}
