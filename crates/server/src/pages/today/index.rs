//! `GET /today` and `GET /today/parts`: what is about to break, as a page and its parts alone.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::today::Of;
use desk::{Result, agents};

use super::fill;
use super::view::{TodayPage, TodayPart};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = Query<BTreeMap<String, String>>;

/// The page.
pub async fn get(visit: Visit, Query(query): Asked) -> Response {
    let work = async {
        let of = of(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let today = fill::today(&visit, &words, of).await?;
        let list = fill_views::around(&visit, &words, "/today").await?;
        Ok(page(StatusCode::OK, &TodayPage { frame: visit.frame(Section::Tickets).await?, list, today }))
    };
    visit.answer(work).await
}

/// The parts alone, for live updates.
pub async fn get_parts(visit: Visit, Query(query): Asked) -> Response {
    let work = async {
        let of = of(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let today = fill::today(&visit, &words, of).await?;
        Ok(page(StatusCode::OK, &TodayPart { frame: visit.frame(Section::Tickets).await?, today }))
    };
    visit.answer(work).await
}

/// Whose tickets are asked for, by somebody who may see tickets. When they do not say, those of their teams; all for whoever is in none, who
/// would be told that nothing is about to break.
async fn of(visit: &Visit, query: &BTreeMap<String, String>) -> Result<Of> {
    visit.scope()?;
    if let Some(of) = query.get("of") {
        return of.parse();
    }
    let teams = match visit.actor().agent_id() {
        Some(agent) => agents::teams_of(&mut visit.read().await?, agent).await?,
        None => Vec::new(),
    };
    Ok(if teams.is_empty() { Of::All } else { Of::default() })
}
