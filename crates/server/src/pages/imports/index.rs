//! `GET` and `POST /imports`: a file is brought.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind as Failure;
use desk::imports::table::ROWS_MAX;
use desk::imports::{self, Import, Kind, State as Stands};
use desk::rights::{self, Verb};
use desk::{Error, Result};

use super::view::{ImportRow, ImportsPage};
use crate::pages::frame::Section;
use crate::pages::moments::Moments;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// How many imports are listed.
const SHOWN: u32 = 20;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let kind = query.get("kind").map_or(Ok(Kind::Contacts), |kind| kind.parse())?;
        show(&visit, kind, None).await
    };
    visit.answer(work).await
}

/// Takes a file in.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let kind: Kind = posted.field("kind").parse()?;
        let Some(file) = posted.files.first() else {
            return show(visit, kind, Some(visit.texts.get("import-no-file"))).await;
        };
        match app.desk.begin_import(&visit.actor(), kind, &file.name, file.bytes.clone()).await {
            Ok(id) => Ok(see_other(&format!("/imports/{id}"))),
            Err(error) if matches!(error.kind, Failure::Invalid | Failure::TooLarge) => {
                show(visit, kind, Some(refusal(visit, &error))).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// What is wrong with a file, in the reader's words.
fn refusal(visit: &Visit, error: &Error) -> String {
    let code = error.fields.first().map_or(error.code, |field| field.code.as_str());
    let key = match code {
        "empty" => "import-empty",
        "no-table" => "import-no-table",
        "too-many-rows" => "import-too-many",
        "too-large" => "import-too-large",
        _ => return error.to_string(),
    };
    visit.texts.with(key, &[("most", &ROWS_MAX.to_string())])
}

async fn show(visit: &Visit, kind: Kind, refused: Option<String>) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepPeople)?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, place(kind)).await?;
    let (earlier, _) = imports::list(&mut visit.read().await?, kind, None, SHOWN).await?;
    let declared = match kind {
        Kind::Contacts => &words.handbook.desk.attributes.contact,
        Kind::Organizations => &words.handbook.desk.attributes.organization,
    };
    let own: &[&str] = match kind {
        Kind::Contacts => &["email", "name", "organization", "role", "language"],
        Kind::Organizations => &["key", "name", "plan", "parent", "time zone", "language"],
    };
    let titles = own.iter().map(|title| (*title).to_owned()).chain(declared.keys().cloned()).collect();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = ImportsPage {
        frame: visit.frame(Section::Clients).await?,
        list,
        of_organizations: kind == Kind::Organizations,
        titles,
        rows_max: ROWS_MAX,
        refused,
        earlier: earlier.iter().map(|import| row(&words.moments, import)).collect(),
    };
    Ok(page(status, &view))
}

/// The list that an import belongs to.
pub(super) fn place(kind: Kind) -> &'static str {
    match kind {
        Kind::Contacts => "/contacts",
        Kind::Organizations => "/organizations",
    }
}

fn row(moments: &Moments, import: &Import) -> ImportRow {
    ImportRow {
        href: format!("/imports/{}", import.id),
        file: import.file.clone(),
        state: state_key(import.state),
        by: import.by.clone(),
        at: moments.when(import.created_at),
    }
}

/// The text of how far an import is.
pub(super) fn state_key(state: Stands) -> &'static str {
    match state {
        Stands::Reading => "import-reading",
        Stands::LookedAt => "import-looked-at",
        Stands::Running => "import-running",
        Stands::Done => "import-done",
        Stands::Undoing => "import-undoing",
        Stands::Undone => "import-undone",
    }
}
