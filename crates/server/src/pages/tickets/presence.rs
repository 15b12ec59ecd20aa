//! `GET` and `POST /tickets/{id}/presence`: who else is on a ticket, and that the viewer is.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::{Result, agents, tickets};
use store::Id;

use super::show::read_id;
use crate::pages::frame::{Frame, Section};
use crate::pages::person::Person;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::presence::{Doing, Told};
use crate::state::App;

/// How many are shown; of more only the first.
const SHOWN: usize = 5;

/// Those who are on a ticket beside the viewer.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_presence.html")]
pub struct PresencePart {
    /// The page's frame.
    pub frame: Frame,
    /// Who, those who write first.
    pub present: Vec<Present>,
}

/// Somebody who is on a ticket.
#[derive(Debug, Clone)]
pub struct Present {
    /// Who.
    pub person: Person,
    /// Whether they write to somebody outside.
    pub writes: bool,
}

/// Who is there.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    visit.answer(async { show(&visit, read_id(&id)?).await }).await
}

/// Says what the viewer does there; the answer is who else is.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let ticket = read_id(&id)?;
        tickets::show(&mut visit.read().await?, visit.scope()?, ticket).await?;
        if let Some(agent) = visit.actor().agent_id() {
            app.presence.tell(&app.desk, ticket, agent, Told::named(posted.field("doing"))).await?;
        }
        show(visit, ticket).await
    };
    visit.answer(work).await
}

async fn show(visit: &Visit, ticket: Id) -> Result<Response> {
    let frame = visit.frame(Section::Tickets).await?;
    let me = visit.actor().agent_id();
    let mut conn = visit.read().await?;
    tickets::show(&mut conn, visit.scope()?, ticket).await?;
    let mut present = Vec::new();
    for (agent, doing) in visit.app.presence.on(ticket).into_iter().filter(|(agent, _)| Some(*agent) != me).take(SHOWN)
    {
        if let Some(agent) = agents::find(&mut conn, agent).await? {
            present.push(Present { person: Person::named(&agent.name), writes: doing == Doing::Writes });
        }
    }
    Ok(page(StatusCode::OK, &PresencePart { frame, present }))
}
