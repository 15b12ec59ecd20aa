//! `POST /tickets/{id}/fields`: what the procedure knows of a ticket is corrected.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::handle::{Change, Command};
use desk::runs::view;
use desk::tickets::bulk::Deed;
use desk::{Error, Result};
use serde_json::{Map, Value};
use store::Id;

use super::back;
use super::choose::answer;
use super::fill_fields::{POSTED, WAS};
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Corrects the fields that were posted and are not as they were; what is wrong with them comes back beside them.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let ticket = read_id(&id)?;
        let corrected = match deed(&app, &posted, ticket).await {
            Ok(deed) => {
                let change = Change { ticket, deeds: vec![deed], bulk: None };
                app.desk.handle(&visit.actor(), Command::Change(change)).await
            }
            Err(error) => Err(error),
        };
        let (status, errors) = match corrected {
            Ok(_) => return Ok(back::to(&posted, &id)),
            Err(error) if error.code == "changed-since" => (StatusCode::CONFLICT, Vec::new()),
            Err(error) if error.kind == Kind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, error.fields),
            Err(error) => return Err(error),
        };
        let again = Again { fields: Some((posted.fields.clone(), errors)), ..Again::default() };
        back::again(&posted, &id, status, &again).await
    };
    visit.answer(work).await
}

/// What was posted of the fields that whoever corrects them has changed, typed by the fields.
async fn deed(app: &App, posted: &Posted, ticket: Id) -> Result<Deed> {
    let desk = &app.desk;
    let view =
        view::of_ticket(&mut desk.read().await?, &desk.ground, &desk.handbooks, posted.visit.scope()?, ticket).await?;
    let playbook = view.handbook.playbook(&view.ticket.playbook);
    let declared = playbook.map(|playbook| playbook.fields().values()).into_iter().flatten();
    let (mut fields, mut was, mut wrong) = (Map::new(), Map::new(), Vec::new());
    for field in declared {
        let name = format!("{POSTED}{}", field.name);
        if !posted.fields.contains_key(&name) {
            continue;
        }
        let known: Option<Value> =
            posted.fields.get(&format!("{WAS}{}", field.name)).and_then(|was| serde_json::from_str(was).ok());
        match answer(posted, &name, Some(field), false) {
            Ok(value) if known.as_ref() == Some(&value) => {}
            Ok(value) => {
                fields.insert(field.name.clone(), value);
                was.extend(known.map(|known| (field.name.clone(), known)));
            }
            Err(error) => wrong.push(FieldError::new(&field.name, "invalid", error.message)),
        }
    }
    if wrong.is_empty() { Ok(Deed::Fields { fields, was }) } else { Err(Error::invalid_fields(wrong)) }
}
