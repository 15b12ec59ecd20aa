//! `GET /api/v1/exports/contacts`: contacts as a file.

use axum::extract::State;
use axum::response::Response;
use desk::contacts::Filter;
use desk::rights::{self, Verb};
use desk::{exports, organizations};

use crate::edge::download::Spreadsheet;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// Contacts as a file for spreadsheets, with the titles that an import knows; 20,000 at most.
#[utoipa::path(get, path = "/api/v1/exports/contacts", tag = "people",
    params(
        ("format" = Option<String>, Query, description = "`csv` or `xlsx`; csv when left out"),
        ("q" = Option<String>, Query, description = "Words of their names or addresses, the last of which may be the beginning of one"),
        ("organization" = Option<String>, Query, description = "The key of their organization"),
    ),
    responses(
        (status = 200, description = "The file", content((String = "text/csv"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 413, description = "There are too many", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let format = parameters.read("format", str::parse::<Spreadsheet>).unwrap_or_default();
    let mut filter = Filter { words: parameters.typed("q"), organization: None };
    let mut conn = app.desk.read().await?;
    if let Some(key) = parameters.take("organization") {
        filter.organization = organizations::find_by_key(&mut conn, &key).await?.map(|found| found.id);
        if filter.organization.is_none() {
            parameters.refuse("organization", format!("there is no organization {key:?}"));
        }
    }
    parameters.finish()?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::contacts(&mut conn, &filter, &handbook.desk.attributes.contact).await?;
    Ok(format.file(&sheet, "contacts")?)
}
