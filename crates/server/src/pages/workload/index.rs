//! `GET /workload`, `GET /workload/figures` and `GET /workload.csv`: a team's work as a page, its charts and tables alone, and as CSV.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::tickets::workload;

use super::fill;
use super::view::{FiguresPart, WorkloadPage};
use crate::edge::download::download;
use crate::pages::csv::CSV;
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = Query<BTreeMap<String, String>>;

/// The page.
pub async fn get(visit: Visit, Query(query): Asked) -> Response {
    let work = async {
        visit.scope()?;
        let words = Words::of(&visit).await?;
        let (_, work) = fill::work(&mut visit.read().await?, &visit, &words, team(&query)).await?;
        let list = fill_views::around(&visit, &words, "/workload").await?;
        Ok(page(StatusCode::OK, &WorkloadPage { frame: visit.frame(Section::Tickets).await?, list, work }))
    };
    visit.answer(work).await
}

/// The charts and tables alone, for live updates.
pub async fn get_figures(visit: Visit, Query(query): Asked) -> Response {
    let work = async {
        visit.scope()?;
        let words = Words::of(&visit).await?;
        let (_, work) = fill::work(&mut visit.read().await?, &visit, &words, team(&query)).await?;
        Ok(page(StatusCode::OK, &FiguresPart { frame: visit.frame(Section::Tickets).await?, work }))
    };
    visit.answer(work).await
}

/// The numbers as a file for spreadsheets.
pub async fn get_csv(visit: Visit, Query(query): Asked) -> Response {
    let work = async {
        visit.scope()?;
        let words = Words::of(&visit).await?;
        let mut conn = visit.read().await?;
        let (team, _) = fill::work(&mut conn, &visit, &words, team(&query)).await?;
        let csv = fill::csv(&workload::of_team(&mut conn, visit.scope()?, &team).await?);
        Ok(download(csv, CSV, &format!("workload-{team}.csv")))
    };
    visit.answer(work).await
}

fn team(query: &BTreeMap<String, String>) -> Option<&str> {
    query.get("team").map(String::as_str).filter(|team| !team.is_empty())
}
