//! `GET /tickets/{id}/drawing` and `GET /tickets/{id}/drawing/figure`: the ticket's procedure as a drawing, with its present
//! state and the way it took lit. Drawn on demand, so that the ticket's own page stays light.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::runs::{history, view};
use desk::{Error, Result};
use playbook::drawing::{Marks, Setting, svg};

use super::show::read_id;
use crate::pages::frame::{Frame, Section};
use crate::pages::visit::{Visit, page};

/// How many steps of a ticket's history are lit at most, the newest.
const STEPS: u32 = 500;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/drawing_page.html")]
pub struct DrawingPage {
    /// The page's frame.
    pub frame: Frame,
    /// What it shows.
    pub drawing: Drawing,
}

/// The drawing alone, for the ticket's page.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_drawing.html")]
pub struct FigurePart {
    /// What it shows.
    pub drawing: Drawing,
}

/// A drawing of a ticket's procedure.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The ticket's id.
    pub ticket: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// The playbook's title.
    pub playbook: String,
    /// The drawing as SVG, every text in it escaped.
    pub svg: String,
}

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let drawing = drawing(&visit, &id).await?;
        Ok(page(StatusCode::OK, &DrawingPage { frame: visit.frame(Section::Tickets).await?, drawing }))
    };
    visit.answer(work).await
}

/// The drawing alone.
pub async fn get_figure(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async { Ok(page(StatusCode::OK, &FigurePart { drawing: drawing(&visit, &id).await? })) };
    visit.answer(work).await
}

async fn drawing(visit: &Visit, id: &str) -> Result<Drawing> {
    let desk = &visit.app.desk;
    let mut conn = visit.read().await?;
    let view = view::of_ticket(&mut conn, &desk.ground, &desk.handbooks, visit.scope()?, read_id(id)?).await?;
    let steps = history::of_ticket(&mut conn, visit.scope()?, view.ticket.id, STEPS).await?;
    let playbook = view.handbook.playbook(&view.ticket.playbook).ok_or_else(|| Error::not_found("playbook"))?;
    let traces = steps.iter().filter_map(|step| step.trace.as_ref());
    let marks = Marks::of_history(playbook, &view.ticket.state, traces);
    let language = visit.texts.tag();
    Ok(Drawing {
        ticket: view.ticket.id.to_string(),
        number: view.ticket.number.to_string(),
        subject: view.ticket.subject.clone(),
        playbook: playbook.title().text(language).to_owned(),
        svg: svg(playbook, &marks, language, Setting::Page),
    })
}
