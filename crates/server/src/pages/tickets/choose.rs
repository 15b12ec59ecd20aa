//! `POST /tickets/{id}/choices/{name}`: a choice, with what it needs to know first.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::handle::{Choose, Command};
use desk::runs::view;
use desk::{Error, Result};
use serde_json::{Map, Value};
use store::Id;

use super::back;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::forms::fill::unfit;
use crate::pages::posted::Posted;
use crate::state::App;

/// Chooses; what is wrong with the answers comes back beside them.
pub async fn post(State(app): State<App>, Path((id, name)): Path<(String, String)>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let ticket = read_id(&id)?;
        let chosen = match answers(&app, &posted, ticket, &name).await {
            Ok((fields, inputs)) => {
                let choose = Choose { ticket, choice: name.clone(), note: None, inputs, fields, key: None };
                app.desk.handle(&visit.actor(), Command::Choose(choose)).await
            }
            Err(error) => Err(error),
        };
        match chosen {
            Ok(_) => Ok(back::to(&posted, &id)),
            Err(error) if error.kind == Kind::Invalid => {
                let again =
                    Again { choice: Some((name.clone(), posted.fields.clone(), error.fields)), ..Again::default() };
                back::again(&posted, &id, StatusCode::UNPROCESSABLE_ENTITY, &again).await
            }
            // Somebody else chose first: the page as it stands now says what can be done.
            Err(error) if error.kind == Kind::Conflict => {
                back::again(&posted, &id, StatusCode::CONFLICT, &Again::default()).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// The answers to what the choice needs and to what it asks, typed by the fields they are for.
async fn answers(app: &App, posted: &Posted, ticket: Id, choice: &str) -> Result<(Answers, Answers)> {
    let desk = &app.desk;
    let view =
        view::of_ticket(&mut desk.read().await?, &desk.ground, &desk.handbooks, posted.visit.scope()?, ticket).await?;
    let Some(choice) = view.choices.iter().find(|offered| offered.name == choice) else {
        return Ok(Default::default());
    };
    let declared = view.handbook.playbook(&view.ticket.playbook).map(|playbook| playbook.fields());
    let (mut fields, mut inputs, mut wrong) = (Map::new(), Map::new(), Vec::new());
    for missing in &choice.unmet {
        let field = declared.and_then(|fields| fields.get(&missing.field));
        match answer(posted, &missing.field, field, true) {
            Ok(value) => drop(fields.insert(missing.field.clone(), value)),
            Err(error) => wrong.push(error),
        }
    }
    for ask in &choice.asks {
        match answer(posted, &asked(&ask.field.name), Some(&ask.field), ask.required) {
            Ok(value) => drop(inputs.insert(ask.field.name.clone(), value)),
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok((fields, inputs)) } else { Err(Error::invalid_fields(wrong)) }
}

type Answers = Map<String, Value>;

/// The name in the page's form of an answer that goes with the choice itself.
pub(super) fn asked(name: &str) -> String {
    format!("ask.{name}")
}

/// One answer, or what is wrong with it.
pub(super) fn answer(
    posted: &Posted,
    name: &str,
    field: Option<&playbook::Field>,
    required: bool,
) -> std::result::Result<Value, FieldError> {
    let texts = posted.visit.texts;
    match (posted.field(name), field) {
        ("", _) if required => Err(FieldError::new(name, "required", texts.get("field-required"))),
        ("", _) => Ok(Value::Null),
        (answer, None) => Ok(Value::from(answer)),
        (answer, Some(field)) => field
            .accept_entered(&Value::from(answer))
            .map_err(|_| FieldError::new(name, "invalid", unfit(texts, field))),
    }
}
