//! `GET /welcome`: what a desk that was just set up has, and what to do next: a mailbox, the handbook, the colleagues.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::rights::{self, Verb};

use crate::pages::frame::{Frame, Section};
use crate::pages::visit::{Visit, page};

/// The steps after the first.
#[derive(Debug, Clone, Template)]
#[template(path = "entry/welcome_page.html")]
pub struct WelcomePage {
    /// The page's frame.
    pub frame: Frame,
    /// What the desk is called.
    pub desk: String,
    /// The playbooks of its handbook: title and number of states.
    pub playbooks: Vec<(String, usize)>,
    /// The titles of its forms, each with its address.
    pub forms: Vec<(String, String)>,
    /// The titles of its teams.
    pub teams: Vec<String>,
}

/// The page.
pub async fn get(visit: Visit) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::KeepAgents)?;
        let handbook = visit.app.desk.handbooks.current(&mut visit.read().await?).await?;
        let language = visit.texts.tag();
        let forms =
            handbook.forms.values().map(|form| (form.title.text(language).to_owned(), format!("/forms/{}", form.name)));
        let view = WelcomePage {
            frame: visit.frame(Section::Elsewhere).await?,
            desk: handbook.desk.name.clone(),
            playbooks: handbook
                .playbooks
                .values()
                .map(|playbook| (playbook.title().text(language).to_owned(), playbook.outline().len()))
                .collect(),
            forms: forms.collect(),
            teams: handbook.desk.teams.values().map(|team| team.title.text(language).to_owned()).collect(),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}
