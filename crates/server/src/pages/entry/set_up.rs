//! `GET /set-up`, `GET` and `POST /set-up/{code}`: the first start. Whoever has the code of the desk's console names it and owns it.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::entry::SettingUp;
use desk::error::{FieldError, Kind};

use super::form::{self, Door, DoorPage, Notice};
use super::{enter, notice, quiet};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// Says where the code is.
pub async fn get_elsewhere(State(app): State<App>, visit: Visit) -> Response {
    let work = async {
        if !is_open(&app).await? {
            return Ok(see_other("/sign-in"));
        }
        notice(&visit, StatusCode::OK, Notice::SetUpElsewhere).await
    };
    visit.answer(work).await
}

/// The page, for whoever has the code.
pub async fn get(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Response {
    let work = async {
        if !is_open(&app).await? {
            return notice(&visit, StatusCode::GONE, Notice::SetUpAlready).await;
        }
        if !app.desk.knows_set_up_code(&code).await? {
            return notice(&visit, StatusCode::GONE, Notice::SetUpElsewhere).await;
        }
        let today = app.desk.handbooks.current(&mut visit.read().await?).await?;
        let answers = BTreeMap::from([
            ("desk".to_owned(), today.desk.name.clone()),
            ("zone".to_owned(), today.desk.zone.iana_name().unwrap_or("UTC").to_owned()),
        ]);
        show(&visit, &code, &answers, &[]).await
    };
    visit.answer(work).await
}

/// Sets the desk up. Of two browsers at once one wins, and the other is told so.
pub async fn post(State(app): State<App>, Path(code): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        if !is_open(&app).await? {
            return notice(visit, StatusCode::CONFLICT, Notice::SetUpAlready).await;
        }
        let given = SettingUp {
            code: Some(code.clone()),
            desk: posted.field("desk").to_owned(),
            zone: posted.field("zone").to_owned(),
            name: posted.field("name").to_owned(),
            address: posted.field("email").to_owned(),
            password: posted.fields.get("password").cloned().unwrap_or_default(),
            language: Some(visit.texts.tag().to_owned()),
            visitor: visit.visitor.clone(),
        };
        match app.desk.set_up(given).await {
            Ok(signed_in) => enter(visit, &signed_in, "/welcome").await,
            Err(error) if error.code == "set-up-already" => {
                notice(visit, StatusCode::CONFLICT, Notice::SetUpAlready).await
            }
            Err(error) if error.code == "link-over" => notice(visit, StatusCode::GONE, Notice::SetUpElsewhere).await,
            Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
                show(visit, &code, &posted.fields, &error.fields).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Whether the desk is still to be set up. The demo never is.
async fn is_open(app: &App) -> Result<bool> {
    Ok(!app.demo && app.desk.needs_set_up().await?)
}

async fn show(
    visit: &Visit,
    code: &str,
    answers: &BTreeMap<String, String>,
    errors: &[FieldError],
) -> Result<Response> {
    let texts = visit.texts;
    let answer = |name: &str| answers.get(name).map_or("", |value| value.trim());
    let fields = vec![
        Field::new("desk", texts.get("set-up-desk"), FieldKind::Text(answer("desk").to_owned()))
            .helped(texts.get("set-up-desk-help")),
        Field::new("zone", texts.get("set-up-zone"), FieldKind::Choice(zones(answer("zone"))))
            .helped(texts.get("set-up-zone-help")),
        form::name(texts, answer("name")),
        form::address(texts, answer("email")),
        form::first_password(texts),
    ];
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = DoorPage {
        frame: visit.frame(Section::Elsewhere).await?,
        door: Door::SetUp,
        whose: String::new(),
        action: format!("/set-up/{code}"),
        hidden: Vec::new(),
        fields: form::with_mistakes(texts, fields, errors),
        refused: None,
    };
    Ok(quiet(page(status, &view)))
}

/// Every time zone by its IANA name, in their order, the one that is `chosen` marked.
pub fn zones(chosen: &str) -> Vec<FieldOption> {
    // Names without a place, such as `EST`, are kept for old programs and know no summer time.
    let is_place = |name: &String| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("SystemV/");
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).filter(is_place).collect();
    names.push("UTC".to_owned());
    if !chosen.is_empty() && !names.iter().any(|name| name == chosen) {
        names.push(chosen.to_owned());
    }
    names.sort_unstable();
    let option = |name: String| FieldOption { chosen: name == chosen, label: name.replace('_', " "), value: name };
    names.into_iter().map(option).collect()
}
