//! `GET /tickets`, `GET /tickets/list`, `GET /tickets/views` and `GET /tickets/{id}/row`: the list, its rows alone, its views alone, and
//! one row.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Error;

use super::asked::Asked;
use super::fill_list::{self, Words};
use super::fill_views;
use super::list::{BulkPart, ListPage, ListPart, RowPart, ViewsPart};
use crate::pages::frame::Section;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let list = fill_list::list(&visit, &words, &asked, None).await?;
        Ok(page(StatusCode::OK, &ListPage { frame: visit.frame(Section::Tickets).await?, list }))
    };
    visit.answer(work).await
}

/// The list alone, for live updates.
pub async fn get_list(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?.there()?;
        let words = Words::of(&visit).await?;
        let list = fill_list::list(&visit, &words, &asked, None).await?;
        Ok(page(StatusCode::OK, &ListPart { frame: visit.frame(Section::Tickets).await?, list }))
    };
    visit.answer(work).await
}

/// The views alone, with their counts, for live updates.
pub async fn get_views(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?.there()?;
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, &format!("/tickets{}", asked.unsorted)).await?;
        Ok(page(StatusCode::OK, &ViewsPart { frame: visit.frame(Section::Tickets).await?, list }))
    };
    visit.answer(work).await
}

/// The bar of what can be done to what is selected, alone.
pub async fn get_bulk(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?;
        let words = Words::of(&visit).await?;
        let bar = fill_list::bar(&mut visit.read().await?, &visit, &words, &asked).await?;
        Ok(page(StatusCode::OK, &BulkPart { frame: visit.frame(Section::Tickets).await?, bar }))
    };
    visit.answer(work).await
}

/// One row alone, for live updates.
pub async fn get_row(visit: Visit, Path(id): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let asked = Asked::read(&visit, &query).await?;
        let id = id.parse().map_err(|_| Error::not_found("ticket"))?;
        let words = Words::of(&visit).await?;
        let row = fill_list::row_of(&mut visit.read().await?, &visit, &words, &asked, id).await?;
        Ok(page(StatusCode::OK, &RowPart { frame: visit.frame(Section::Tickets).await?, row }))
    };
    visit.answer(work).await
}
