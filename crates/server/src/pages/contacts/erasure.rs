//! `GET /contacts/{id}/data`: all that is known of somebody. `GET` and `POST /contacts/{id}/erasure`: they are erased.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::exports::person;
use desk::rights::{self, Verb};
use desk::{Result, contacts, erasures};

use super::show;
use super::view::ErasurePage;
use crate::edge::download::download;
use crate::pages::frame::Section;
use crate::pages::person::Person;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// What the form posts when its box is ticked.
const CONFIRMED: &str = "yes";

/// All that is known of somebody, for those who may change it.
pub async fn data(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::KeepPeople)?;
        let found = show::find(&visit, &id).await?;
        let bytes = person::archive(&mut visit.read().await?, &app.desk.shelf, found.id).await?;
        Ok(download(bytes, "application/zip", &format!("contact-{}.zip", found.id)))
    };
    visit.answer(work).await
}

/// The question whether somebody is to be erased.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    visit.answer(ask(&visit, &id, false)).await
}

/// Erases somebody.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        rights::require(&visit.actor(), Verb::ErasePeople)?;
        if posted.field("confirmed") != CONFIRMED {
            return ask(visit, &id, true).await;
        }
        let found = show::find(visit, &id).await?;
        app.desk.erase_contact(&visit.actor(), found.id).await?;
        Ok(see_other(&format!("/contacts/{}?done=erased", found.id)))
    };
    visit.answer(work).await
}

async fn ask(visit: &Visit, id: &str, unconfirmed: bool) -> Result<Response> {
    rights::require(&visit.actor(), Verb::ErasePeople)?;
    let found = show::find(visit, id).await?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/contacts").await?;
    let mut conn = visit.read().await?;
    let extent = erasures::extent(&mut conn, found.id).await?;
    let addresses = contacts::addresses(&mut conn, found.id).await?;
    drop(conn);
    let count = |some: i64| usize::try_from(some).unwrap_or_default();
    let view = ErasurePage {
        frame: visit.frame(Section::Clients).await?,
        list,
        back: format!("/contacts/{}", found.id),
        person: Person { name: found.label().to_owned(), email: found.address.clone() },
        addresses: addresses.into_iter().map(|known| known.address).collect(),
        tickets: count(extent.tickets),
        messages: count(extent.messages),
        files: count(extent.files),
        unconfirmed,
    };
    Ok(page(if unconfirmed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &view))
}
