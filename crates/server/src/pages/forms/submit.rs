//! `POST /forms/{name}`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::{Command, Sender, SubmitForm};
use desk::receipts::Key;
use desk::{Actor, Error, Result};
use serde_json::{Map, Value};
use store::Id;

use super::fill::{self, EMAIL, NAME};
use super::view::{FormPage, ThanksPage};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// Opens the ticket and goes on to the thanks; what is wrong comes back with everything that was answered.
pub async fn post(State(app): State<App>, Path(name): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let outcome = match command(&name, &posted) {
            Ok(command) => app.desk.handle(&Actor::Outside, Command::SubmitForm(command)).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(outcome) => {
                Ok(see_other(&format!("/forms/{name}/thanks?ticket={}", number(&app, outcome.ticket()).await?)))
            }
            Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
                let handbook = app.desk.handbooks.current(&mut visit.read().await?).await?;
                let form = handbook.forms.get(&name).ok_or_else(|| Error::not_found("form"))?;
                // What was refused was not kept under its key, and another try may say something else.
                let submission = app.desk.ground.chance.token()?;
                let form = fill::form(form, visit.texts, submission, &posted.fields, &error.fields);
                let view = FormPage { frame: visit.frame(Section::Form).await?, form };
                Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view))
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// The submission. Its key is the hidden id that the page was made with.
fn command(form: &str, posted: &Posted) -> Result<SubmitForm> {
    const OURS: [&str; 4] = ["csrf", "submission", NAME, EMAIL];
    let answers: Map<String, Value> = posted
        .fields
        .iter()
        .filter(|(name, _)| !OURS.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), Value::from(value.clone())))
        .collect();
    let submission = posted.field("submission");
    let content = serde_json::to_vec(&(&answers, posted.field(EMAIL)))?;
    let name = posted.field(NAME);
    Ok(SubmitForm {
        form: form.to_owned(),
        from: Sender { email: posted.field(EMAIL).to_owned(), name: (!name.is_empty()).then(|| name.to_owned()) },
        answers,
        ticket: None,
        key: Some(Key::new("form", submission, &content)?),
    })
}

async fn number(app: &App, ticket: Option<Id>) -> Result<i64> {
    let ticket = ticket.ok_or_else(|| Error::internal("a form opened no ticket"))?;
    let found = desk::tickets::find(&mut app.desk.read().await?, ticket).await?;
    found.map(|ticket| ticket.number).ok_or_else(|| Error::not_found("ticket"))
}

/// `GET /forms/{name}/thanks`.
pub async fn thanks(
    visit: Visit,
    Path(name): Path<String>,
    axum::extract::Query(query): axum::extract::Query<std::collections::BTreeMap<String, String>>,
) -> Response {
    let work = async {
        let number = query.get("ticket").and_then(|number| number.parse::<i64>().ok());
        let number = number.ok_or_else(|| Error::not_found("page"))?.to_string();
        let frame = visit.frame(Section::Form).await?;
        Ok(page(StatusCode::OK, &ThanksPage { frame, number, again_href: format!("/forms/{name}") }))
    };
    visit.answer(work).await
}
