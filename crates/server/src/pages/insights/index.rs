//! `GET /insights` and `GET /insights/TABLE.csv`: figures as a page, and its tables as files.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::rights::{self, Verb};
use desk::{Error, Result, insights};

use super::asked::Asked;
use super::fill;
use super::view::InsightsPage;
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::ReadInsights)?;
        let words = Words::of(&visit).await?;
        let (asked, mistake) = Asked::read_leniently(&query, words.moments.here().date())?;
        let found = found(&visit, &words, &asked).await?;
        let mut shown = fill::shown(&visit, &words, &asked, &found);
        let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        if let Some(error) = &mistake {
            shown.chosen.refuse(fill::mistake(visit.texts, error), &query);
        }
        let list = fill_views::around(&visit, &words, "/insights").await?;
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(status, &InsightsPage { frame, list, insights: shown }))
    };
    visit.answer(work).await
}

/// A table as a file for spreadsheets.
pub async fn get_csv(
    visit: Visit,
    Path(file): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::ReadInsights)?;
        let words = Words::of(&visit).await?;
        let asked = Asked::read(&query, words.moments.here().date())?;
        let found = found(&visit, &words, &asked).await?;
        let table = file.strip_suffix(".csv").and_then(|table| fill::csv(&visit, &words, &asked, &found, table));
        let csv = table.ok_or_else(|| Error::not_found("table"))?;
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"insights-{file}\"")),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, csv).into_response())
    };
    visit.answer(work).await
}

async fn found(visit: &Visit, words: &Words, asked: &Asked) -> Result<insights::Insights> {
    let asking = asked.of_the_desk(words.moments.zone().clone());
    insights::of(&mut visit.read().await?, &visit.actor(), &asking, words.moments.now()).await
}
