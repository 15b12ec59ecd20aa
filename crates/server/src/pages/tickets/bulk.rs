//! `POST /tickets/bulk` and `POST /tickets/bulk/{id}/undo`: the same is done to the tickets that are selected, or to one; and undone.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::handle::Done;
use desk::rights::{self, Verb};
use desk::tickets::bulk::{Deed, TICKETS_MAX};
use desk::{Error, Result, agents, tickets};
use serde_json::json;
use store::Id;

use super::asked::{Asked, pairs_of};
use super::deeds::priority_key;
use super::fill_deeds;
use super::owner::Colleague;
use crate::pages::frame::{Frame, Section};
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// What came of it, for those without scripts.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/bulk_page.html")]
pub struct BulkPage {
    /// The page's frame.
    pub frame: Frame,
    /// What was done, in words.
    pub words: String,
    /// What it was not done to: the ticket's id, and why.
    pub refused: Vec<(String, String)>,
    /// Under which it can be undone.
    pub undo: Option<String>,
    /// Where it was done.
    pub back: String,
}

/// To whom they are given, for those without scripts.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/bulk_assign_page.html")]
pub struct BulkAssignPage {
    /// The page's frame.
    pub frame: Frame,
    /// The tickets that were selected.
    pub tickets: Vec<String>,
    /// The query of the list that they were selected in.
    pub list: String,
    /// Whether all of that list are meant, as it was posted.
    pub all: String,
    /// Where they were selected.
    pub back: String,
    /// Whom they can be given to.
    pub colleagues: Vec<Colleague>,
}

/// What the menu is filled with when it is opened.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_bulk_colleagues.html")]
pub struct BulkColleaguesPart {
    /// Whom tickets can be given to, beside the viewer.
    pub colleagues: Vec<Colleague>,
}

/// `GET /tickets/bulk/colleagues`: what the menu is filled with.
pub async fn get_colleagues(visit: Visit) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::WorkOnTickets)?;
        let colleagues = fill_deeds::others(&mut visit.read().await?, &visit).await?;
        Ok(page(StatusCode::OK, &BulkColleaguesPart { colleagues }))
    };
    visit.answer(work).await
}

/// Does it; with `do=assign-to` asks first to whom they are given.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        if posted.field("do") == "assign-to" {
            return ask_whom(&posted).await;
        }
        let deed = deed(visit, &posted).await?;
        let chosen = chosen(visit, &posted).await?;
        let done = app.desk.bulk(&visit.actor(), &chosen, &deed).await?;
        let words = words(visit, &deed, &done).await?;
        answer(&posted, words, done).await
    };
    visit.answer(work).await
}

/// Takes it back; with `ticket` for that one alone.
pub async fn undo(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("bulk change"))?;
        let only = match posted.field("ticket") {
            "" => None,
            ticket => Some(read_id(ticket)?),
        };
        let done = app.desk.undo_bulk(&visit.actor(), id, only).await?;
        let words = counted(visit, visit.texts.get("deed-undone"), &done);
        answer(&posted, words, done).await
    };
    visit.answer(work).await
}

async fn ask_whom(posted: &Posted) -> Result<Response> {
    let visit = &posted.visit;
    rights::require(&visit.actor(), Verb::WorkOnTickets)?;
    let tickets: Vec<Id> = if posted.field("all").is_empty() { chosen(visit, posted).await? } else { Vec::new() };
    let mut conn = visit.read().await?;
    let mut colleagues = fill_deeds::others(&mut conn, visit).await?;
    colleagues.splice(..0, fill_deeds::me(&mut conn, visit).await?);
    drop(conn);
    let view = BulkAssignPage {
        frame: visit.frame(Section::Tickets).await?,
        tickets: tickets.iter().map(ToString::to_string).collect(),
        list: posted.field("list").to_owned(),
        all: posted.field("all").to_owned(),
        back: posted.back("/tickets").to_owned(),
        colleagues,
    };
    Ok(page(StatusCode::OK, &view))
}

/// A page for those without scripts, for others what a toast says.
async fn answer(posted: &Posted, words: String, done: Done) -> Result<Response> {
    let visit = &posted.visit;
    let mut refused: Vec<(String, String)> =
        done.refused.iter().map(|(ticket, error)| (ticket.to_string(), refusal(visit, error))).collect();
    let mut words = words;
    // Of one ticket there is one thing to say.
    if let (true, true, [(_, why)]) = (done.changed.is_empty(), done.unchanged.is_empty(), refused.as_slice()) {
        words.clone_from(why);
        refused.clear();
    }
    let undo = done.bulk.map(|bulk| bulk.to_string());
    if posted.field("answer") == "json" {
        let why: Vec<&String> = refused.iter().map(|(_, why)| why).collect();
        return Ok(Json(json!({"words": words, "undo": undo, "refused": why})).into_response());
    }
    let frame = visit.frame(Section::Tickets).await?;
    let back = posted.back("/tickets").to_owned();
    Ok(page(StatusCode::OK, &BulkPage { frame, words, refused, undo, back }))
}

fn refusal(visit: &Visit, error: &Error) -> String {
    match error.code {
        "changed-since" => visit.texts.get("deed-changed-since"),
        "choice-not-available" | "choice-unknown" => visit.texts.get("deed-no-such-choice"),
        "over" => visit.texts.get("deed-over"),
        _ if error.fields.iter().any(|field| field.code == "bad-snooze") => visit.texts.get("deed-bad-snooze"),
        _ => error.to_string(),
    }
}

/// What is to be done: `do=NAME:VALUE`.
async fn deed(visit: &Visit, posted: &Posted) -> Result<Deed> {
    let (name, value) = posted.field("do").split_once(':').unwrap_or((posted.field("do"), ""));
    let unknown = || Error::invalid("no-such-deed", "This cannot be done to tickets.");
    Ok(match (name, value) {
        ("assign", "") => Deed::Assign { agent: None },
        ("assign", "me") => Deed::Assign { agent: visit.actor().agent_id() },
        ("assign", agent) => Deed::Assign { agent: Some(agent.parse().map_err(|_| Error::not_found("agent"))?) },
        ("priority", priority) => Deed::Priority { priority: priority.parse()? },
        ("tag", "") => Deed::Tag { tags: tags(posted.field("tag")) },
        ("tag", tag) => Deed::Tag { tags: tags(tag) },
        ("untag", tag) => Deed::Untag { tags: vec![tag.to_owned()] },
        ("snooze", "off") => Deed::Snooze { until: None },
        ("snooze", when) => {
            let moments = visit.moments().await?;
            let until = match when {
                "at" => fill_deeds::written(&moments, posted.field("until")),
                preset => fill_deeds::instant(&moments, preset),
            };
            let missing = || Error::invalid("bad-snooze", visit.texts.get("deed-snooze-when"));
            Deed::Snooze { until: Some(until.ok_or_else(missing)?) }
        }
        ("choose", choice) if !choice.is_empty() => Deed::Choose { choice: choice.to_owned() },
        ("read", _) => Deed::Read,
        ("unread", _) => Deed::Unread,
        _ => return Err(unknown()),
    })
}

/// Tags with commas between them.
fn tags(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// The tickets that were selected; with `all` the first of the list that they were selected in.
async fn chosen(visit: &Visit, posted: &Posted) -> Result<Vec<Id>> {
    if posted.field("all").is_empty() {
        let chosen: Vec<Id> = posted.values("ticket").map(read_id).collect::<Result<_>>()?;
        let none = || Error::invalid("nothing-selected", visit.texts.get("deed-nothing-selected"));
        return if chosen.is_empty() { Err(none()) } else { Ok(chosen) };
    }
    let asked = Asked::read(visit, &pairs_of(posted.field("list"))).await?.there()?;
    let mut conn = visit.read().await?;
    let filter = asked.filter(&mut conn, visit).await?;
    Ok(tickets::first(&mut conn, visit.scope()?, &filter, asked.order, TICKETS_MAX).await?.0)
}

fn read_id(text: &str) -> Result<Id> {
    text.parse().map_err(|_| Error::not_found("ticket"))
}

/// What was done, in words.
async fn words(visit: &Visit, deed: &Deed, done: &Done) -> Result<String> {
    let texts = visit.texts;
    let what = match deed {
        Deed::Assign { agent: None } => texts.get("deed-unassigned"),
        Deed::Assign { agent: Some(agent) } => {
            let agent = agents::find(&mut visit.read().await?, *agent).await?;
            texts.with("deed-assigned", &[("who", agent.as_ref().map_or("", |agent| agent.name.as_str()))])
        }
        Deed::Priority { priority } => {
            texts.with("deed-prioritised", &[("priority", &texts.get(priority_key(priority.as_str())))])
        }
        Deed::Tag { tags } | Deed::Tags { tags } => texts.with("deed-tagged", &[("tags", &tags.join(", "))]),
        Deed::Untag { tags } => texts.with("deed-untagged", &[("tags", &tags.join(", "))]),
        Deed::Snooze { until: Some(until) } => {
            let until = visit.moments().await?.point(*until);
            texts.with("deed-snoozed", &[("until", &until.relative)])
        }
        Deed::Snooze { until: None } => texts.get("deed-woken"),
        Deed::Choose { .. } => texts.get("deed-chosen"),
        Deed::Fields { .. } => texts.get("deed-corrected"),
        Deed::Read => texts.get("deed-read"),
        Deed::Unread => texts.get("deed-unread"),
    };
    Ok(counted(visit, what, done))
}

/// The words, with to how many tickets it was done where that is not one, and to how many it was not.
fn counted(visit: &Visit, what: String, done: &Done) -> String {
    let texts = visit.texts;
    let count = done.changed.len() + done.unchanged.len();
    match (count, done.refused.len()) {
        (0, _) => texts.get("deed-none"),
        (1, 0) => what,
        (_, 0) => format!("{what} · {}", texts.count("deed-tickets", count)),
        (_, refused) => {
            let (done, all) = (count.to_string(), (count + refused).to_string());
            format!("{what} · {}", texts.with("deed-partly", &[("done", &done), ("all", &all)]))
        }
    }
}
