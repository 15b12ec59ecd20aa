//! `GET /today` and `GET /today/parts`: what is about to break, as a page and its parts alone.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::today::Of;

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
        let of = of(&visit, &query)?;
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
        let of = of(&visit, &query)?;
        let words = Words::of(&visit).await?;
        let today = fill::today(&visit, &words, of).await?;
        Ok(page(StatusCode::OK, &TodayPart { frame: visit.frame(Section::Tickets).await?, today }))
    };
    visit.answer(work).await
}

/// Whose tickets are asked for, by somebody who may see tickets; those of their teams when they do not say.
fn of(visit: &Visit, query: &BTreeMap<String, String>) -> Result<Of> {
    visit.scope()?;
    query.get("of").map_or(Ok(Of::default()), |of| of.parse())
}
