//! `GET /api/v1/exports/organizations`: organizations as a file.

use axum::extract::State;
use axum::response::Response;
use desk::exports;
use desk::organizations::Filter;
use desk::rights::{self, Verb};

use crate::edge::download::Spreadsheet;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// Organizations as a file for spreadsheets, with the titles that an import knows; 20,000 at most.
#[utoipa::path(get, path = "/api/v1/exports/organizations", tag = "people",
    params(
        ("format" = Option<String>, Query, description = "`csv` or `xlsx`; csv when left out"),
        ("q" = Option<String>, Query, description = "Words of their names, the last of which may be the beginning of one"),
        ("plan" = Option<String>, Query, description = "Their plan"),
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
    let filter = Filter { words: parameters.typed("q"), plan: parameters.take("plan") };
    parameters.finish()?;
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let sheet = exports::organizations(&mut conn, &filter, &handbook.desk.attributes.organization).await?;
    Ok(format.file(&sheet, "organizations")?)
}
