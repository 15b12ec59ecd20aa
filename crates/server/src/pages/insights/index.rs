//! `GET /insights` and `GET /insights/TABLE.csv`: figures as a page, and its tables as files.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use desk::rights::{self, Verb};
use desk::{Error, Result, insights};

use super::asked::Asked;
use super::fill;
use super::view::InsightsPage;
use crate::edge::download::download;
use crate::pages::csv::CSV;
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
        let status = fill::refuse(&mut shown.chosen, visit.texts, mistake.as_ref(), &query);
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
        Ok(download(csv, CSV, &format!("insights-{file}")))
    };
    visit.answer(work).await
}

async fn found(visit: &Visit, words: &Words, asked: &Asked) -> Result<insights::Insights> {
    let asking = asked.of_the_desk(words.moments.zone().clone());
    insights::of(&mut visit.read().await?, &visit.actor(), &asking, words.moments.now()).await
}
