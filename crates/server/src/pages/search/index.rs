//! `GET /search`: the box, and what holds the words that were typed into it.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::search::{self, Hit, Kind, Place, Wanted};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::view::{FoundKind, FoundRow, Outcome, Refusal, SearchPage};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::{Words, views_of_search};
use crate::pages::visit::{Visit, page};

/// How many a page shows.
const SHOWN: u32 = 30;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let typed = query.get("q").map(String::as_str).unwrap_or_default();
        let after = query.get("after").map(|place| place.parse::<Place>()).transpose()?;
        let words = Words::of(&visit).await?;
        let list = views_of_search(&visit, &words).await?;
        let outcome = outcome(&visit, typed, after).await?;
        let status = match outcome {
            Outcome::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Outcome::Nothing | Outcome::Found { .. } => StatusCode::OK,
        };
        let frame = visit.frame(Section::Search).await?;
        Ok(page(status, &SearchPage { frame, list, typed: typed.to_owned(), outcome }))
    };
    visit.answer(work).await
}

async fn outcome(visit: &Visit, typed: &str, after: Option<Place>) -> Result<Outcome> {
    if typed.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let wanted = match Wanted::read(typed) {
        Ok(wanted) => wanted,
        Err(error) => {
            let no_words = error.fields.iter().any(|wrong| wrong.code == "no-words");
            return Ok(Outcome::Refused(if no_words { Refusal::NoWords } else { Refusal::TooMuch }));
        }
    };
    let found = search::find(&visit.app.desk.ground, &visit.actor(), &wanted, after, SHOWN).await?;
    let first = format!("/search?q={}", utf8_percent_encode(typed, NON_ALPHANUMERIC));
    Ok(Outcome::Found {
        rows: found.items.into_iter().map(row).collect(),
        more: found.next.map(|place| format!("{first}&after={place}")),
        best: after.map(|_| first.clone()),
    })
}

fn row(hit: Hit) -> FoundRow {
    let kind = match hit.kind {
        Kind::Ticket => FoundKind::Ticket,
        Kind::Message => FoundKind::Message,
        Kind::Contact => FoundKind::Contact,
        Kind::Organization => FoundKind::Organization,
    };
    // A message is shown where it stands in its ticket.
    let href = hit.ticket.as_ref().map(|ticket| match kind {
        FoundKind::Message => format!("/tickets/{}#message-{}", ticket.id, hit.id),
        _ => format!("/tickets/{}", ticket.id),
    });
    let number = hit.ticket.map(|ticket| ticket.number.to_string());
    FoundRow { kind, href, number, title: hit.title, snippet: hit.snippet }
}
