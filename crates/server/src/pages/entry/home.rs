//! `GET /`: the demo's walk; elsewhere the tickets.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::page::Page;
use desk::rights::Scope;
use desk::tickets::{self, Filter};
use desk::{Actor, Result, Role};

use super::view::HomePage;
use crate::pages::demo::bar::FORM;
use crate::pages::frame::Section;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// The page.
pub async fn get(State(app): State<App>, visit: Visit) -> Response {
    let work = async {
        if !app.demo {
            return Ok(see_other("/tickets"));
        }
        let frame = visit.frame(Section::Home).await?;
        Ok(page(StatusCode::OK, &HomePage { frame, form_href: FORM.to_owned(), done: steps_done(&visit).await? }))
    };
    visit.answer(work).await
}

/// How far somebody has walked, read off the newest document change request.
async fn steps_done(visit: &Visit) -> Result<usize> {
    let onlooker = Actor::Program { name: "demo".to_owned(), role: Role::Agent };
    let filter = Filter { playbook: Some("document-change".to_owned()), ..Filter::default() };
    let newest = Page { after: None, limit: 1 };
    let mut conn = visit.read().await?;
    let listed = tickets::list(&mut conn, Scope::of(&onlooker)?, &filter, newest).await?;
    let Some(ticket) = listed.items.into_iter().next().map(|row| row.ticket) else { return Ok(0) };
    let config = tickets::links::child(&mut conn, ticket.id, "config").await?;
    Ok(match (ticket.state.as_str(), config.map(|config| config.state).as_deref()) {
        ("closed", _) => 5,
        ("published", _) => 4,
        (_, Some("publishing" | "on_hold")) => 3,
        (_, Some(_)) => 2,
        _ => 1,
    })
}
