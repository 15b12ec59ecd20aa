//! `GET /sendings`: one's own replies that wait, those of one's teams, or all that one may see.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::page::{Cursor, Page};
use desk::sendings::{self, Listing};
use desk::today::{self, Of};
use desk::{Error, Result, messages};
use serde::Deserialize;

use super::view::{SendingRow, SendingsPage};
use crate::pages::frame::Section;
use crate::pages::tickets::beside::Waiting;
use crate::pages::tickets::fill_beside::{presets, waiting};
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::today::view::Tab;
use crate::pages::visit::{Visit, page};

/// How many characters of a reply are shown.
const WORDS_SHOWN: usize = 160;

/// Whose, and where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    of: Option<String>,
    after: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<Asked>) -> Response {
    visit.answer(show(&visit, &asked)).await
}

async fn show(visit: &Visit, asked: &Asked) -> Result<Response> {
    let of = asked.of.as_deref().map_or(Ok(Of::Mine), str::parse)?;
    let after = asked.after.as_deref().map(str::parse::<Cursor>).transpose();
    let after = after.map_err(|_: Error| Error::invalid_field("after", "no-cursor", "this is no place in the list"))?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/sendings").await?;
    let (scope, page_of) = (visit.scope()?, Page { after, ..Page::default() });
    let mut conn = visit.read().await?;
    let listed = match today::whose(&mut conn, &visit.actor(), of).await? {
        Some(whose) => sendings::list(&mut conn, scope, &whose, page_of).await?,
        None => desk::page::Listed { items: Vec::new(), next: None },
    };
    let mut rows = Vec::with_capacity(listed.items.len());
    for listing in &listed.items {
        let said = messages::newest_public(&mut conn, listing.sending.ticket).await?;
        let files = sendings::files(&mut conn, listing.sending.id).await?;
        let files = files.into_iter().map(|file| file.name).collect();
        rows.push(row(visit, &words, listing, files, said > listing.sending.seen));
    }
    drop(conn);
    let tab = |each: Of| Tab { key: key(each), href: format!("/sendings?of={}", each.as_str()), current: each == of };
    let later = listed.next.map(|next| format!("/sendings?of={}&after={next}", of.as_str()));
    let view = SendingsPage {
        frame: visit.frame(Section::Tickets).await?,
        list,
        tabs: Of::ALL.map(tab).to_vec(),
        of: of.as_str(),
        rows,
        presets: presets(visit, &words),
        later,
    };
    Ok(page(StatusCode::OK, &view))
}

/// The text of a tab's name.
fn key(of: Of) -> &'static str {
    match of {
        Of::Mine => "sendings-of-mine",
        Of::Teams => "sendings-of-teams",
        Of::All => "sendings-of-all",
    }
}

fn row(visit: &Visit, words: &Words, listing: &Listing, files: Vec<String>, crossed: bool) -> SendingRow {
    let text = mail::markdown::to_text(&listing.sending.text);
    let mut first: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if first.chars().count() > WORDS_SHOWN {
        first = first.chars().take(WORDS_SHOWN).chain(['…']).collect();
    }
    let sending = waiting(visit, words, &listing.sending, crossed && listing.sending.party.is_empty());
    SendingRow {
        ticket: listing.sending.ticket.to_string(),
        number: listing.number.to_string(),
        subject: listing.subject.clone(),
        words: first,
        sending: Waiting { files, to: sending.to.clone().or_else(|| Some(listing.requester.clone())), ..sending },
    }
}
