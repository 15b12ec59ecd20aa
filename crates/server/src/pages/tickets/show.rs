//! `GET /tickets/{id}` and `GET /tickets/{id}/panes`: a ticket beside its list, and the parts of it that change.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::{Error, Result};
use store::Id;

use super::asked::Asked;
use super::fill_list::{self, Words};
use super::fill_ticket::{self, Again, Wanted};
use super::view::{PanesPart, TicketPage};
use crate::pages::frame::Section;
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
        let asked = Asked::read(&query, &visit.actor())?;
        let words = Words::of(&visit).await?;
        let ticket =
            fill_ticket::ticket(&visit, &words, read_id(&id)?, Wanted::Panes(&asked.query), &Again::default()).await?;
        Ok(page(StatusCode::OK, &PanesPart { frame: visit.frame(Section::Tickets).await?, ticket }))
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
    let asked = Asked::read(query, &visit.actor())?;
    let words = Words::of(visit).await?;
    let list = fill_list::list(visit, &words, &asked, Some(id)).await?;
    let ticket = fill_ticket::ticket(visit, &words, id, Wanted::Page(&asked.query), again).await?;
    Ok(page(status, &TicketPage { frame: visit.frame(Section::Tickets).await?, list, ticket }))
}

/// A ticket's id as an address holds it.
pub fn read_id(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::not_found("ticket"))
}
