//! `GET /sendings`: one's own replies that wait, those of one's teams, or all that one may see.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use desk::page::{Cursor, Page};
use desk::sendings::{self, Listing};
use desk::today::{self, Of};
use desk::{Error, Result, messages};
use serde::Deserialize;
use store::Id;

use super::view::{SendingRow, SendingsPage};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::tickets::asked::written;
use crate::pages::tickets::back;
use crate::pages::tickets::beside::{Late, Waiting};
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
    visit.answer(show(&visit, &asked, StatusCode::OK, None)).await
}

/// The page with a time that was entered for a reply and is none, under the page's own address.
pub async fn again(posted: &Posted, sending: Id, late: Late) -> Result<Response> {
    let (path, query) = posted.page.split_once('?').unwrap_or((&posted.page, ""));
    let query: BTreeMap<String, String> = match path {
        "/sendings" => form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        _ => BTreeMap::new(),
    };
    let asked = Asked {
        of: Some(posted.field("back").to_owned()),
        after: query.get("after").filter(|at| !at.is_empty()).cloned(),
    };
    let mut page = show(&posted.visit, &asked, StatusCode::UNPROCESSABLE_ENTITY, Some((sending, late))).await?;
    if let Ok(address) = HeaderValue::from_str(&asked.address()) {
        page.headers_mut().insert(back::REPLACE, address);
    }
    Ok(page)
}

impl Asked {
    fn address(&self) -> String {
        let named = [("of", &self.of), ("after", &self.after)];
        let pairs: Vec<(&str, &str)> =
            named.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
        format!("/sendings{}", written(&pairs))
    }
}

async fn show(visit: &Visit, asked: &Asked, status: StatusCode, late: Option<(Id, Late)>) -> Result<Response> {
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
        let mut row = row(visit, &words, listing, files, said > listing.sending.seen);
        row.sending.late = late.as_ref().filter(|(of, _)| *of == listing.sending.id).map(|(_, late)| late.clone());
        rows.push(row);
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
    Ok(page(status, &view))
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
