//! Whose a ticket is, and the menu to give it to somebody. The rest of the colleagues are fetched when the menu is opened
//! (`GET /tickets/{id}/assignee/others`), or stand on a page of their own (`GET /tickets/{id}/assignee`), so that a ticket's page is not
//! longer where more people work.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::runs::view;

use super::fill_owner;
use super::show::read_id;
use crate::pages::frame::{Frame, Section};
use crate::pages::person::Person;
use crate::pages::visit::{Visit, page};

/// The menu of whose a ticket is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// Whose it is; `None` while it is nobody's.
    pub present: Option<Person>,
    /// The viewer, when they can take it: first in the menu.
    pub me: Option<Colleague>,
    /// The other members of the ticket's team.
    pub team: Vec<Colleague>,
}

/// Somebody the ticket can be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Posted as `agent`.
    pub id: String,
    /// Who it is.
    pub person: Person,
    /// Whether it is theirs.
    pub chosen: bool,
}

/// Everybody whom the menu does not name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Others {
    /// The ticket's id.
    pub ticket: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// The menu that they are missing from.
    pub owner: Owner,
    /// They.
    pub colleagues: Vec<Colleague>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/assignee_page.html")]
pub struct AssigneePage {
    /// The page's frame.
    pub frame: Frame,
    /// What it shows.
    pub others: Others,
}

/// What the menu is filled with when it is opened.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_others.html")]
pub struct OthersPart {
    /// The page's frame.
    pub frame: Frame,
    /// What it shows.
    pub others: Others,
}

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let others = others(&visit, &id).await?;
        Ok(page(StatusCode::OK, &AssigneePage { frame: visit.frame(Section::Tickets).await?, others }))
    };
    visit.answer(work).await
}

/// What the menu is filled with.
pub async fn get_others(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let others = others(&visit, &id).await?;
        Ok(page(StatusCode::OK, &OthersPart { frame: visit.frame(Section::Tickets).await?, others }))
    };
    visit.answer(work).await
}

async fn others(visit: &Visit, id: &str) -> Result<Others> {
    let desk = &visit.app.desk;
    let mut conn = visit.read().await?;
    let view = view::of_ticket(&mut conn, &desk.ground, &desk.handbooks, visit.scope()?, read_id(id)?).await?;
    fill_owner::others(&mut conn, visit, &view).await
}
