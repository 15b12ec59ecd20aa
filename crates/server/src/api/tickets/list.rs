//! `GET /api/v1/tickets`: tickets, the newest change first.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets::views::{self, Cut, Standing, Whose};
use desk::tickets::{self, Filter, Order, seen};
use desk::{Actor, Error, agents, organizations, search};
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

use super::shape::{self, Ticket};
use crate::api::views::shape::Sort;
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
        ("view" = Option<String>, Query, description = "A view: `mine`, `unassigned`, `teams`, `us`, `due`, `snoozed`, `solved`, `all`, or the id of one that is kept. What else is asked for takes the place of its cuts"),
        ("sort" = Option<Sort>, Query, description = "`newest` change first when left out; by `priority`, by what is `due` next and by the `clock` that runs out first stand unfinished tickets alone"),
        ("status" = Option<String>, Query, description = "open, pending, solved, closed, or unfinished (open or pending)"),
        ("team" = Option<String>, Query, description = "A team of the handbook, or `mine`"),
        ("assignee" = Option<String>, Query, description = "An agent's id, `me` or `none`"),
        ("playbook" = Option<String>, Query),
        ("state" = Option<String>, Query, description = "A state or one that holds it: `testing` finds `testing.first`"),
        ("organization" = Option<String>, Query, description = "Its key or its id"),
        ("component" = Option<String>, Query, description = "What it is about"),
        ("priority" = Option<shape::Priority>, Query),
        ("tag" = Option<String>, Query),
        ("waiting_on" = Option<String>, Query, description = "`us`, `requester`, `third_party`, …"),
        ("due" = Option<String>, Query, description = "`soon`: something happens by itself within four hours, or should have"),
        ("clock" = Option<String>, Query, description = "`soon`: a clock runs out within a day, or has run out"),
        ("quiet" = Option<u16>, Query, description = "Nothing has changed for so many days"),
        ("snoozed" = Option<String>, Query, description = "`yes` or `no`"),
        ("q" = Option<String>, Query, description = "Words and operators, as `GET /api/v1/search` takes them; of the newest 2,000 tickets that these find"),
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
    let (filter, order) = filter(&app, &mut conn, &actor, &mut parameters).await?;
    parameters.finish()?;
    let listed = tickets::list_by(&mut conn, scope, &filter, order, page).await?;
    let shown: Vec<&desk::tickets::Ticket> = listed.items.iter().map(|row| &row.ticket).collect();
    let unread = seen::unread(&mut conn, &actor, &shown).await?;
    let mut items = Vec::with_capacity(listed.items.len());
    for row in listed.items {
        items.push(shape::of_row(&app.desk, &mut conn, scope, row.ticket).await?.unread(&actor, &unread));
    }
    Ok(Json(Tickets { items, next: listed.next.map(|cursor| cursor.to_string()) }))
}

/// The cuts of a view, where one is named, with those of the other parameters in their place; and the order.
async fn filter(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    parameters: &mut Parameters,
) -> Result<(Filter, Order), Problem> {
    let (mut cut, mut order) = (Cut::default(), Order::default());
    if let Some(name) = parameters.take("view") {
        let kept = match name.parse() {
            Ok(id) => views::find(conn, actor, id).await.ok().map(|view| (view.cut, view.order)),
            Err(_) => Standing::named(&name).map(|view| (view.cut(), view.order())),
        };
        match kept {
            Some(kept) => (cut, order) = kept,
            None => parameters.refuse("view", "is a view of the desk or the id of one that is kept"),
        }
    }
    if let Some(sort) = parameters.read("sort", |text| text.parse::<Order>().map_err(|error| error.to_string())) {
        order = sort;
    }
    for name in [
        "status",
        "assignee",
        "team",
        "playbook",
        "state",
        "component",
        "priority",
        "tag",
        "waiting_on",
        "due",
        "clock",
        "quiet",
        "snoozed",
    ] {
        parameters.read(name, |word| cut.take(name, word).map_err(|error| wrong(&error)));
    }
    if let Some(team) = &cut.team {
        let handbook = app.desk.handbooks.current(conn).await?;
        if !handbook.desk.teams.contains_key(team) {
            parameters.refuse("team", format!("the handbook has no team {team:?}"));
        }
    }
    if let Some(key) = parameters.take("organization") {
        cut.organization = organization(conn, &key).await?;
        if cut.organization.is_none() {
            parameters.refuse("organization", format!("there is no organization {key:?}"));
        }
    }
    if let Some(Whose::Of(id)) = cut.whose
        && agents::find(conn, id).await?.is_none()
    {
        parameters.refuse("assignee", "is an agent's id, `me` or `none`");
    }
    if cut.whose == Some(Whose::Mine) && actor.agent_id().is_none() {
        parameters.refuse("assignee", "`me` needs a token that acts as an agent");
        cut.whose = None;
    }
    let mut filter = cut.filter(conn, actor, app.desk.now()).await?;
    if let Some(wanted) = parameters.wanted() {
        let zone = app.desk.handbooks.current(conn).await?.desk.zone.clone();
        filter.among = Some(search::tickets(&app.desk.ground, conn, actor, &wanted, &zone, search::TICKETS_MAX).await?);
    }
    Ok((filter, order))
}

/// What is wrong with a parameter, in words.
fn wrong(error: &Error) -> String {
    error.fields.first().map_or_else(|| error.to_string(), |field| field.message.clone())
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
