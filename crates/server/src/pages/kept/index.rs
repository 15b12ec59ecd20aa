//! `GET /kept`, `GET /kept/list` and `GET /kept/count`: the mails that moved nothing.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use desk::Result;
use desk::mailboxes::{self, Kept};
use desk::page::{Cursor, Page};
use serde::Deserialize;

use super::view::{Became, KeptPage, KeptPart, KeptRow};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::{Words, views_of_kept};
use crate::pages::visit::{Visit, page};

/// How many a page shows.
const SHOWN: u32 = 50;

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(place): Query<Place>) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let list = views_of_kept(&visit, &words).await?;
        let after = place.after.as_deref().map(str::parse::<Cursor>).transpose()?;
        let KeptPart { frame, rows, older } = part(&visit, &words, after).await?;
        Ok(page(StatusCode::OK, &KeptPage { frame, list, rows, older, first: after.is_none() }))
    };
    visit.answer(work).await
}

/// The first page's mails alone, for live updates.
pub async fn get_list(visit: Visit) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        Ok(page(StatusCode::OK, &part(&visit, &words, None).await?))
    };
    visit.answer(work).await
}

/// How many wait for somebody to look at them, for live updates.
pub async fn get_count(visit: Visit) -> Response {
    let work = async {
        let count = mailboxes::set_aside(&mut visit.read().await?, &visit.actor()).await?;
        Ok(([(CACHE_CONTROL, "no-store")], count.to_string()).into_response())
    };
    visit.answer(work).await
}

async fn part(visit: &Visit, words: &Words, after: Option<Cursor>) -> Result<KeptPart> {
    let page_of = Page { after, limit: SHOWN };
    let kept = mailboxes::kept(&mut visit.read().await?, &visit.actor(), page_of).await?;
    let rows = kept.items.iter().map(|kept| row(words, kept)).collect();
    let older = kept.next.map(|next| format!("/kept?after={next}"));
    Ok(KeptPart { frame: visit.frame(Section::Tickets).await?, rows, older })
}

/// A mail as its row shows it.
pub(super) fn row(words: &Words, kept: &Kept) -> KeptRow {
    KeptRow {
        id: kept.id.to_string(),
        href: format!("/kept/{}", kept.id),
        became: match kept.outcome.as_str() {
            "set_aside" => Became::SetAside,
            "opened" => Became::Opened,
            _ => Became::Filed,
        },
        reason: kept.reason.clone(),
        sender: kept.sender.clone(),
        subject: kept.subject.clone(),
        at: words.moments.when(kept.received_at),
    }
}
