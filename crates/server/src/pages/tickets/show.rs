//! `GET /tickets/{id}` and `GET /tickets/{id}/panes`: a ticket beside its list, and the parts of it that change.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::handle::{Command, LookAt};
use desk::notifications::own;
use desk::tickets::{self, seen};
use desk::{Error, Result};
use jiff::Timestamp;
use store::Id;

use super::asked::Asked;
use super::fill_list::{self, Words};
use super::fill_ticket::{self, Again, Wanted};
use super::view::{PanesPart, TicketPage};
use super::window::Window;
use crate::pages::frame::Section;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    visit.answer(show(&visit, &id, &query, StatusCode::OK, &Again::default())).await
}

/// The panes alone, for live updates.
pub async fn get_panes(
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let id = read_id(&id)?;
        let wanted = Wanted { whole: false, query: &asked.place, window: Window::read(&query) };
        let ticket = fill_ticket::ticket(&visit, &words, id, wanted, &Again::default()).await?;
        look_at(&visit, id, ticket.changed_at).await?;
        Ok(page(StatusCode::OK, &PanesPart { frame: visit.frame(Section::Tickets).await?, ticket }))
    };
    visit.answer(work).await
}

/// `GET /numbers/{number}`: leads to the ticket that people call so.
pub async fn get_by_number(visit: Visit, Path(number): Path<String>) -> Response {
    let work = async {
        let number = number.parse().map_err(|_| Error::not_found("ticket"))?;
        let ticket = tickets::show_by_number(&mut visit.read().await?, visit.scope()?, number).await?;
        Ok(see_other(&format!("/tickets/{}", ticket.id)))
    };
    visit.answer(work).await
}

/// The page with what came back with a mistake, if anything did.
pub async fn show(
    visit: &Visit,
    id: &str,
    query: &BTreeMap<String, String>,
    status: StatusCode,
    again: &Again,
) -> Result<Response> {
    let id = read_id(id)?;
    let asked = Asked::read(visit, query).await?;
    let words = Words::of(visit).await?;
    let list = fill_list::list(visit, &words, &asked, Some(id)).await?;
    let wanted = Wanted { whole: true, query: &asked.place, window: Window::read(query) };
    let ticket = fill_ticket::ticket(visit, &words, id, wanted, again).await?;
    look_at(visit, id, ticket.changed_at).await?;
    Ok(page(status, &TicketPage { frame: visit.frame(Section::Tickets).await?, list, ticket }))
}

/// What stands there is read by its viewer, who is told so once.
async fn look_at(visit: &Visit, ticket: Id, changed_at: Timestamp) -> Result<()> {
    let actor = visit.actor();
    let Some(agent) = actor.agent_id() else { return Ok(()) };
    let mut conn = visit.read().await?;
    let is_seen = seen::last(&mut conn, agent, ticket).await? == Some(changed_at);
    if is_seen && !own::has_unread_on(&mut conn, agent, ticket).await? {
        return Ok(());
    }
    drop(conn);
    visit.app.desk.handle(&actor, Command::LookAt(LookAt { ticket, changed_at })).await.map(drop)
}

/// A ticket's id as an address holds it.
pub fn read_id(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::not_found("ticket"))
}
