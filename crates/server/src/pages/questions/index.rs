//! `GET /questions`, `GET /questions/list` and `GET /questions/count`: the open questions that are put to the viewer.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use desk::page::{Cursor, Page};
use desk::questions::{self, Listing};
use desk::{Error, Result};
use serde::Deserialize;

use super::view::{QuestionRow, QuestionsPage, QuestionsPart};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_asked::colleagues;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(place): Query<Place>) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let (questions, older) = listed(&visit, &words, &place).await?;
        let list = fill_views::around(&visit, &words, "/questions").await?;
        let frame = visit.frame(Section::Questions).await?;
        Ok(page(StatusCode::OK, &QuestionsPage { frame, list, questions, older }))
    };
    visit.answer(work).await
}

/// The questions alone, for live updates.
pub async fn get_list(visit: Visit, Query(place): Query<Place>) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let (questions, older) = listed(&visit, &words, &place).await?;
        let frame = visit.frame(Section::Questions).await?;
        Ok(page(StatusCode::OK, &QuestionsPart { frame, questions, older }))
    };
    visit.answer(work).await
}

/// How many there are, for live updates.
pub async fn get_count(visit: Visit) -> Response {
    let work = async {
        let count = questions::count_put_to(&mut visit.read().await?, visit.scope()?, &visit.actor()).await?;
        Ok(([(CACHE_CONTROL, "no-store")], count.to_string()).into_response())
    };
    visit.answer(work).await
}

async fn listed(visit: &Visit, words: &Words, place: &Place) -> Result<(Vec<QuestionRow>, Option<String>)> {
    let after = place
        .after
        .as_deref()
        .map(str::parse::<Cursor>)
        .transpose()
        .map_err(|_: Error| Error::invalid_field("after", "no-cursor", "this is no place in the list"))?;
    let page = Page { after, ..Page::default() };
    let listed = questions::put_to(&mut visit.read().await?, visit.scope()?, &visit.actor(), page).await?;
    let rows = listed.items.iter().map(|listing| row(visit, words, listing)).collect();
    Ok((rows, listed.next.map(|next| format!("/questions?after={next}"))))
}

/// A question as lists show it.
pub fn row(visit: &Visit, words: &Words, listing: &Listing) -> QuestionRow {
    let question = &listing.question;
    QuestionRow {
        id: question.id.to_string(),
        href: format!("/tickets/{}", question.ticket),
        text: question.text.clone(),
        asked: colleagues(visit, words, &question.asked),
        number: listing.number.to_string(),
        subject: listing.subject.clone(),
        at: words.moments.when(question.asked_at),
    }
}
