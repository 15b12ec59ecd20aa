//! `POST /tickets/{id}/choices/{name}`: a choice, with what it needs to know first.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::handle::{Choose, Command};
use desk::runs::view;
use desk::{Error, Result};
use playbook::FieldKind;
use serde_json::{Map, Value};
use store::Id;

use super::fill_ticket::Again;
use super::show::{read_id, show};
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// Chooses; what is wrong with the answers comes back beside them.
pub async fn post(State(app): State<App>, Path((id, name)): Path<(String, String)>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let ticket = read_id(&id)?;
        let chosen = match answers(&app, &posted, ticket, &name).await {
            Ok(fields) => {
                let choose = Choose { ticket, choice: name.clone(), note: None, inputs: Map::new(), fields, key: None };
                app.desk.handle(&visit.actor(), Command::Choose(choose)).await
            }
            Err(error) => Err(error),
        };
        match chosen {
            Ok(_) => Ok(see_other(&format!("/tickets/{id}"))),
            Err(error) if error.kind == Kind::Invalid => {
                let again =
                    Again { choice: Some((name.clone(), posted.fields.clone(), error.fields)), ..Again::default() };
                show(visit, &id, &BTreeMap::new(), StatusCode::UNPROCESSABLE_ENTITY, &again).await
            }
            // Somebody else chose first: the page as it stands now says what can be done.
            Err(error) if error.kind == Kind::Conflict => {
                show(visit, &id, &BTreeMap::new(), StatusCode::CONFLICT, &Again::default()).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// The answers to what the choice needs, typed by the fields they are for.
async fn answers(app: &App, posted: &Posted, ticket: Id, choice: &str) -> Result<Map<String, Value>> {
    let desk = &app.desk;
    let view =
        view::of_ticket(&mut desk.read().await?, &desk.ground, &desk.handbooks, posted.visit.scope()?, ticket).await?;
    let Some(choice) = view.choices.iter().find(|offered| offered.name == choice) else { return Ok(Map::new()) };
    let declared = view.handbook.playbook(&view.ticket.playbook).map(|playbook| playbook.fields());
    let (mut fields, mut wrong) = (Map::new(), Vec::new());
    for missing in &choice.unmet {
        let answer = posted.field(&missing.field);
        if answer.is_empty() {
            wrong.push(FieldError::new(&missing.field, "required", posted.visit.texts.get("field-required")));
            continue;
        }
        let field = declared.and_then(|fields| fields.get(&missing.field));
        match field.map(|field| typed(field, answer)) {
            None => drop(fields.insert(missing.field.clone(), Value::from(answer))),
            Some(Ok(value)) => drop(fields.insert(missing.field.clone(), value)),
            Some(Err(problem)) => {
                let words = posted.visit.texts.with("field-wrong", &[("problem", &problem)]);
                wrong.push(FieldError::new(&missing.field, "invalid", words));
            }
        }
    }
    if wrong.is_empty() { Ok(fields) } else { Err(Error::invalid_fields(wrong)) }
}

/// An entered answer as a value of its field.
fn typed(field: &playbook::Field, answer: &str) -> Result<Value, String> {
    let value = match field.kind {
        FieldKind::Integer { .. } => answer.parse::<i64>().map_or_else(|_| Value::from(answer), Value::from),
        FieldKind::Boolean => Value::from(answer == "true"),
        _ => Value::from(answer),
    };
    field.accept(&value)
}
