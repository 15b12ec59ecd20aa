//! `GET /palette?q=WORDS&ticket=ID…`: the options for what was typed, about the tickets that are open or selected.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;

use super::fill;
use super::view::OptionsPart;
use crate::pages::frame::Section;
use crate::pages::visit::{Visit, page};

/// The longest that is looked for, in characters.
const WORDS_MAX: usize = 200;

/// The options.
pub async fn get(visit: Visit, Query(query): Query<Vec<(String, String)>>) -> Response {
    let work = async {
        visit.scope()?;
        let words = query.iter().find(|(name, _)| name == "q").map_or("", |(_, words)| words.trim());
        let words: String = words.chars().take(WORDS_MAX).collect();
        let tickets = query.iter().filter(|(name, _)| name == "ticket").filter_map(|(_, id)| id.parse().ok()).collect();
        let is_open = query.iter().any(|(name, _)| name == "open");
        let groups = fill::groups(&visit, &words, tickets, is_open).await?;
        Ok(page(StatusCode::OK, &OptionsPart { frame: visit.frame(Section::Elsewhere).await?, groups }))
    };
    visit.answer(work).await
}
