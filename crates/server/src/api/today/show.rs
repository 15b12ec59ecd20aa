//! `GET /api/v1/today`: what is about to break.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::sendings::Held;
use desk::tickets::Summary;
use desk::today::{self, Of, PartName};
use jiff::Timestamp;
use playbook::Handbook;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::api::tickets::shape::{Priority, Status};
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// What is about to break at this moment. Of each list the first six are told, and how many there are; 100 may be more.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Today {
    #[schema(value_type = Whose)]
    of: &'static str,
    /// A clock runs out within a day, or has run out; the first due first.
    clocks: SomeTickets,
    /// Nobody has them.
    unassigned: SomeTickets,
    /// They have waited on us for two days.
    waiting: SomeTickets,
    /// They have waited on others for five days.
    paused: SomeTickets,
    /// Replies that are held back, those first that were to leave first; six at most.
    held: Vec<HeldReply>,
    /// How many questions are put to the agent that the token acts as: `GET /api/v1/questions`.
    questions: i64,
}

/// Whose tickets.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum Whose {
    Mine,
    Teams,
    All,
}

/// Some tickets.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::api) struct SomeTickets {
    /// How many there are.
    count: i64,
    items: Vec<Brief>,
}

/// A ticket in a few words.
#[derive(Serialize, ToSchema)]
#[schema(as = BriefTicket)]
pub(in crate::api) struct Brief {
    #[schema(value_type = String)]
    id: Id,
    number: i64,
    subject: String,
    #[schema(value_type = Status)]
    status: &'static str,
    waiting_on: String,
    #[schema(value_type = Priority)]
    priority: &'static str,
    team: Option<String>,
    /// The name of the agent who has it; null while nobody has.
    assignee: Option<String>,
    /// The clock that runs out first, or ran out first and was not stopped since; null where there is none.
    clock: Option<BriefClock>,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A clock in a few words.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct BriefClock {
    name: String,
    /// What people call it, in the desk's first language.
    title: String,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
}

/// A reply that is held back.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct HeldReply {
    #[schema(value_type = String)]
    id: Id,
    #[schema(value_type = String)]
    ticket: Id,
    number: i64,
    subject: String,
    /// Who wrote it.
    author: String,
    /// `crossed`, `closed`, …
    why: String,
    #[schema(value_type = String, format = DateTime)]
    send_at: Timestamp,
}

/// What is about to break: clocks that run out, tickets that nobody has or that stand still, replies held back, and questions.
#[utoipa::path(get, path = "/api/v1/today", tag = "tickets",
    params(("of" = Option<Whose>, Query, description = "Whose tickets; those of the agent's `teams` when left out. A program has none of its own")),
    responses(
        (status = 200, description = "What is about to break", body = Today),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Today>, Problem> {
    let scope = Scope::of(&actor)?;
    let of = parameters.read("of", |text| text.parse::<Of>().map_err(|_| "is mine, teams or all".to_owned()));
    parameters.finish()?;
    let of = of.unwrap_or_default();
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let found = today::of(&mut conn, &actor, scope, of, app.desk.now()).await?;
    let mut parts = found.parts.into_iter();
    let mut part = |name: PartName| {
        let part = parts.next().filter(|part| part.name == name);
        part.map(|part| SomeTickets {
            count: part.count,
            items: part.tickets.into_iter().map(|row| Brief::of(row, &handbook)).collect(),
        })
        .unwrap_or_default()
    };
    Ok(Json(Today {
        of: of.as_str(),
        clocks: part(PartName::Clocks),
        unassigned: part(PartName::Unassigned),
        waiting: part(PartName::Waiting),
        paused: part(PartName::Paused),
        held: found.held.0.into_iter().map(HeldReply::from).collect(),
        questions: found.asked,
    }))
}

impl Brief {
    fn of(row: Summary, handbook: &Handbook) -> Self {
        let (ticket, language) = (row.ticket, handbook.desk.languages.first().map_or("", String::as_str));
        let clock = row.clock.map(|clock| {
            let title = handbook.playbook(&ticket.playbook).and_then(|playbook| playbook.clock_title(&clock.name));
            let title = title.map_or_else(|| clock.name.clone(), |title| title.text(language).to_owned());
            BriefClock { title, name: clock.name, due_at: clock.due }
        });
        Self {
            id: ticket.id,
            number: ticket.number,
            subject: ticket.subject,
            status: ticket.status.as_str(),
            waiting_on: ticket.waiting_on,
            priority: ticket.priority.as_str(),
            team: ticket.team,
            assignee: row.assignee_name,
            clock,
            updated_at: ticket.updated_at,
        }
    }
}

impl From<Held> for HeldReply {
    fn from(held: Held) -> Self {
        Self {
            id: held.sending,
            ticket: held.ticket,
            number: held.number,
            subject: held.subject,
            author: held.writer,
            why: held.why,
            send_at: held.send_at,
        }
    }
}
