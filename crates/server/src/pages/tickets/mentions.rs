//! `GET /tickets/{id}/mentions`: whom a note on the ticket can tell, for the composer's menu when it is opened.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::rights::{self, Verb};
use desk::{agents, tickets};

use super::show::read_id;
use crate::pages::person::Person;
use crate::pages::visit::{Visit, page};

/// What the menu is filled with.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_mentions.html")]
pub struct MentionsPart {
    /// The colleagues who see the ticket, but for the viewer.
    pub colleagues: Vec<Person>,
}

/// What the menu is filled with.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::WorkOnTickets)?;
        let (ticket, me) = (read_id(&id)?, visit.actor().agent_id());
        let mut conn = visit.read().await?;
        tickets::show(&mut conn, visit.scope()?, ticket).await?;
        let everybody = agents::all(&mut conn).await?;
        let seeing = rights::who_see(&mut conn, ticket, &everybody).await?;
        let colleagues = seeing.iter().filter(|agent| Some(agent.id) != me).map(|agent| Person::named(&agent.name));
        Ok(page(StatusCode::OK, &MentionsPart { colleagues: colleagues.collect() }))
    };
    visit.answer(work).await
}
