//! `GET /people/letters/{id}`: a letter that was caught instead of sent, for owners: whoever has its link has the account.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Error;
use desk::outbox::catcher::{self, CaughtLetter};
use store::Id;

use super::view::{LetterPage, LetterRow};
use crate::pages::frame::Section;
use crate::pages::moments::Moments;
use crate::pages::prose::Prose;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let id: Id = id.parse().map_err(|_| Error::not_found("letter"))?;
        let moments = visit.moments().await?;
        let (letter, raw) = catcher::show_letter(&mut visit.read().await?, &visit.actor(), id).await?;
        let text = mail::parse(&raw).text.unwrap_or_default();
        let frame = visit.frame(Section::People).await?;
        Ok(page(StatusCode::OK, &LetterPage { frame, letter: row(&moments, &letter), text: Prose::from_text(&text) }))
    };
    visit.answer(work).await
}

/// A caught letter as lists show it.
pub(super) fn row(moments: &Moments, letter: &CaughtLetter) -> LetterRow {
    LetterRow {
        href: format!("/people/letters/{}", letter.id),
        to: letter.recipient.clone(),
        subject: letter.subject.clone(),
        at: moments.when(letter.caught_at),
    }
}
