//! `GET /kept`: the mails that moved nothing.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::mailboxes::{self, Kept};
use desk::page::{Cursor, Page};
use serde::Deserialize;

use super::view::{Became, KeptPage, KeptRow};
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
        let page_of = Page { after, limit: SHOWN };
        let kept = mailboxes::kept(&mut visit.read().await?, &visit.actor(), page_of).await?;
        let rows = kept.items.iter().map(|kept| row(&words, kept)).collect();
        let older = kept.next.map(|next| format!("/kept?after={next}"));
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(StatusCode::OK, &KeptPage { frame, list, rows, older }))
    };
    visit.answer(work).await
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
