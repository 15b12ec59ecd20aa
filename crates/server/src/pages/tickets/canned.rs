//! `GET /tickets/{id}/canned-list` and `GET /tickets/{id}/canned`: the canned replies that fit a ticket, for the composer's menu when it is
//! opened, and as a page for those without scripts. A ticket's page is not longer where a handbook has many.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::drafts::Kind;
use desk::rights::{self, Verb};
use desk::runs::view::TicketView;

use super::choice::CannedReply;
use super::fill_composer::canned;
use super::show::read_id;
use crate::pages::frame::{Frame, Section};
use crate::pages::visit::{Visit, page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/canned_page.html")]
pub struct CannedPage {
    /// The page's frame.
    pub frame: Frame,
    /// The ticket's id.
    pub ticket: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// What is being written: `reply` or `note`.
    pub kind: &'static str,
    /// The party that it is for; empty for the requester.
    pub to: String,
    /// The replies.
    pub replies: Vec<CannedReply>,
}

/// What the menu is filled with when it is opened.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_canned.html")]
pub struct CannedPart {
    /// The replies.
    pub replies: Vec<CannedReply>,
}

/// The page; what is chosen is put behind the words of the draft.
pub async fn get(visit: Visit, Path(id): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let view = ticket(&visit, &id).await?;
        let named = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        let view = CannedPage {
            frame: visit.frame(Section::Tickets).await?,
            ticket: view.ticket.id.to_string(),
            number: view.ticket.number.to_string(),
            subject: view.ticket.subject.clone(),
            kind: Kind::named(named("kind")).as_str(),
            to: named("to").to_owned(),
            replies: canned(&visit, &view),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// What the menu is filled with.
pub async fn get_list(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let replies = canned(&visit, &ticket(&visit, &id).await?);
        Ok(page(StatusCode::OK, &CannedPart { replies }))
    };
    visit.answer(work).await
}

async fn ticket(visit: &Visit, id: &str) -> Result<TicketView> {
    rights::require(&visit.actor(), Verb::WorkOnTickets)?;
    visit.app.desk.view(&mut visit.read().await?, visit.scope()?, read_id(id)?).await
}
