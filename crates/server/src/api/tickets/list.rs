//! `GET /api/v1/tickets`: tickets, the newest change first.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets::{self, Filter};
use desk::{Actor, agents, organizations, search};
use playbook::Status;
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

use super::shape::{self, Ticket};
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of tickets.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Tickets {
    items: Vec<Ticket>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// Tickets, the newest change first.
#[utoipa::path(get, path = "/api/v1/tickets", tag = "tickets",
    params(
        ("status" = Option<shape::Status>, Query),
        ("team" = Option<String>, Query, description = "A team of the handbook"),
        ("assignee" = Option<String>, Query, description = "An agent's id, `me` or `none`"),
        ("playbook" = Option<String>, Query),
        ("state" = Option<String>, Query, description = "A state or one that holds it: `testing` finds `testing.first`"),
        ("organization" = Option<String>, Query, description = "Its key or its id"),
        ("q" = Option<String>, Query, description = "Words that stand together in the subject or a message, as `GET /api/v1/search` finds them"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Tickets),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Tickets>, Problem> {
    let scope = Scope::of(&actor)?;
    let mut conn = app.desk.read().await?;
    let page = parameters.page();
    let filter = filter(&app, &mut conn, &actor, &mut parameters).await?;
    parameters.finish()?;
    let listed = tickets::list(&mut conn, scope, &filter, page).await?;
    let mut items = Vec::with_capacity(listed.items.len());
    for row in listed.items {
        items.push(shape::of_row(&app.desk, &mut conn, scope, row.ticket).await?);
    }
    Ok(Json(Tickets { items, next: listed.next.map(|cursor| cursor.to_string()) }))
}

async fn filter(app: &App, conn: &mut Conn, actor: &Actor, parameters: &mut Parameters) -> Result<Filter, Problem> {
    let mut filter = Filter {
        status: parameters.read("status", |word| {
            Status::from_word(word).ok_or_else(|| "is one of open, pending, solved, closed".to_owned())
        }),
        team: parameters.take("team"),
        playbook: parameters.take("playbook"),
        state: parameters.take("state"),
        ..Filter::default()
    };
    if let Some(wanted) = parameters.wanted() {
        filter.among = Some(search::tickets(conn, Scope::of(actor)?, &wanted).await?);
    }
    if let Some(team) = &filter.team {
        let handbook = app.desk.handbooks.current(conn).await?;
        if !handbook.desk.teams.contains_key(team) {
            parameters.refuse("team", format!("the handbook has no team {team:?}"));
        }
    }
    if let Some(key) = parameters.take("organization") {
        filter.organization = organization(conn, &key).await?;
        if filter.organization.is_none() {
            parameters.refuse("organization", format!("there is no organization {key:?}"));
        }
    }
    match parameters.take("assignee").as_deref() {
        None => {}
        Some("none") => filter.unassigned = true,
        Some("me") => {
            filter.assignee = actor.agent_id();
            if filter.assignee.is_none() {
                parameters.refuse("assignee", "`me` needs a token that acts as an agent");
            }
        }
        Some(id) => {
            filter.assignee = agent(conn, id).await?;
            if filter.assignee.is_none() {
                parameters.refuse("assignee", "is an agent's id, `me` or `none`");
            }
        }
    }
    Ok(filter)
}

/// The organization with this key, or with this id when no key is like it.
async fn organization(conn: &mut Conn, text: &str) -> Result<Option<Id>, Problem> {
    if let Some(found) = organizations::find_by_key(conn, text).await? {
        return Ok(Some(found.id));
    }
    match text.parse() {
        Ok(id) => Ok(organizations::find(conn, id).await?.map(|found| found.id)),
        Err(_) => Ok(None),
    }
}

async fn agent(conn: &mut Conn, text: &str) -> Result<Option<Id>, Problem> {
    match text.parse() {
        Ok(id) => Ok(agents::find(conn, id).await?.map(|found| found.id)),
        Err(_) => Ok(None),
    }
}
