//! `GET /search`: the box, and what is found by what was typed into it.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::search::grammar::{Operator, Term, Typed, What};
use desk::search::{self, Hit, Kind, Notice, Place, Wanted};
use desk::words::fill;

use super::view::{Chip, FoundKind, FoundRow, FoundTicket, Outcome, Refusal, Remark, SearchPage, address};
use crate::pages::frame::Section;
use crate::pages::organizations::fill::organization_href;
use crate::pages::tickets::asked::written;
use crate::pages::tickets::fill_list::{self, Words};
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// How many a page shows.
const SHOWN: u32 = 30;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let typed = query.get("q").map(String::as_str).unwrap_or_default();
        let after = query.get("after").map(|place| place.parse::<Place>()).transpose()?;
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/search").await?;
        let (chips, outcome) = outcome(&visit, &words, typed, after).await?;
        let status = match outcome {
            Outcome::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Outcome::Nothing | Outcome::Found { .. } => StatusCode::OK,
        };
        let as_list = as_list(&visit, &words, typed).await?;
        let frame = visit.frame(Section::Search).await?;
        let filling = fill::is_under_way(&mut visit.read().await?).await?;
        Ok(page(status, &SearchPage { frame, list, typed: typed.to_owned(), filling, chips, as_list, outcome }))
    };
    visit.answer(work).await
}

/// The list of tickets that are as operators say, where nothing else was typed.
async fn as_list(visit: &Visit, words: &Words, typed: &str) -> Result<Option<String>> {
    let Ok(wanted) = Wanted::read(typed) else { return Ok(None) };
    let zone = words.moments.here().time_zone().clone();
    let mut conn = visit.read().await?;
    let cut = search::as_list(&mut conn, &visit.actor(), &wanted, visit.app.desk.now(), &zone).await?;
    Ok(cut.map(|cut| {
        let pairs = cut.pairs();
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("/tickets{}", written(&pairs))
    }))
}

async fn outcome(visit: &Visit, words: &Words, typed: &str, after: Option<Place>) -> Result<(Vec<Chip>, Outcome)> {
    if typed.is_empty() {
        return Ok((Vec::new(), Outcome::Nothing));
    }
    let wanted = match Wanted::read(typed) {
        Ok(wanted) => wanted,
        Err(error) => {
            let no_words = error.fields.iter().any(|wrong| wrong.code == "no-words");
            return Ok((Vec::new(), Outcome::Refused(if no_words { Refusal::NoWords } else { Refusal::TooMuch })));
        }
    };
    let zone = words.moments.here().time_zone().clone();
    let found = search::find(&visit.app.desk.ground, &visit.actor(), &wanted, &zone, after, SHOWN).await?;
    let first = address(typed);
    let remarks = wanted.notices().iter().chain(&found.notices).map(|notice| remark(wanted.typed(), notice)).collect();
    let outcome = Outcome::Found {
        remarks,
        rows: found.items.into_iter().map(|hit| row(words, hit)).collect(),
        more: found.next.map(|place| format!("{first}&after={place}")),
        newest: after.map(|_| first.clone()),
    };
    Ok((chips(wanted.typed()), outcome))
}

/// What was understood of it beside plain words, each with the question that is left without it.
fn chips(typed: &Typed) -> Vec<Chip> {
    let said = |(_, term): &(usize, &Term)| term.is_not || !matches!(term.what, What::Word(_) | What::Unknown { .. });
    let chip = |(place, term): (usize, &Term)| {
        let (operator, value) = match &term.what {
            What::Operator(_, value) if value.is_empty() => return None,
            What::Operator(operator, value) if is_understood(*operator, value) => (Some(*operator), value.clone()),
            What::Operator(..) | What::Unknown { .. } => return None,
            What::Number(number) => (None, format!("#{number}")),
            What::Phrase(words) => (None, format!("“{words}”")),
            What::Word(word) => (None, word.clone()),
        };
        Some(Chip {
            operator: operator.map(Operator::name),
            value,
            is_not: term.is_not,
            without: left(&typed.without(place)),
        })
    };
    typed.terms.iter().enumerate().filter(said).filter_map(chip).collect()
}

fn is_understood(operator: Operator, value: &str) -> bool {
    match operator.takes_a_day() {
        true => desk::search::grammar::Day::read(value).is_some(),
        false => operator.values().is_empty() || operator.value(value).is_some(),
    }
}

fn left(typed: &Typed) -> String {
    if typed.terms.is_empty() { "/search".to_owned() } else { address(&typed.to_string()) }
}

/// What is to be said, with the question that was probably meant.
fn remark(typed: &Typed, notice: &Notice) -> Remark {
    let meant = notice.meant();
    let corrected = meant.as_ref().map(|meant| {
        let mut typed = typed.clone();
        for term in &mut typed.terms {
            if Some(term_of(term)) == Some(notice.term()) {
                term.what = Typed::read(meant).terms.pop().map_or_else(|| term.what.clone(), |term| term.what);
            }
        }
        address(&typed.to_string())
    });
    let takes = match notice {
        Notice::UnknownValue { operator, .. } => operator.values().join(", "),
        Notice::TooMany { taken, .. } => taken.to_string(),
        _ => String::new(),
    };
    Remark { code: notice.code(), term: notice.term(), takes, meant: meant.zip(corrected) }
}

/// A term as a notice calls it.
fn term_of(term: &Term) -> String {
    match &term.what {
        What::Operator(operator, value) => format!("{}:{value}", operator.name()),
        What::Unknown { name, value } => format!("{name}:{value}"),
        What::Word(_) | What::Phrase(_) | What::Number(_) => String::new(),
    }
}

fn row(words: &Words, hit: Hit) -> FoundRow {
    let kind = match hit.kind {
        Kind::Ticket => FoundKind::Ticket,
        Kind::Message => FoundKind::Message,
        Kind::Contact => FoundKind::Contact,
        Kind::Organization => FoundKind::Organization,
    };
    let ticket = hit.ticket.map(|ticket| FoundTicket {
        // A message is shown where it stands in its ticket.
        href: match kind {
            FoundKind::Message => format!("/tickets/{}?from={}#message-{}", ticket.id, hit.id, hit.id),
            _ => format!("/tickets/{}", ticket.id),
        },
        number: ticket.number.to_string(),
        standing: fill_list::standing(ticket.status, &ticket.waiting_on),
        requester: ticket.requester,
        organization: ticket.organization,
        merged_into: ticket.merged_into.map(|(_, number)| number.to_string()),
        at: hit.at.map(|at| words.moments.when(at)),
    });
    let href = match (kind, &hit.key) {
        (FoundKind::Organization, Some(key)) => Some(organization_href(key)),
        (FoundKind::Contact, _) => Some(format!("/contacts/{}", hit.id)),
        _ => None,
    };
    FoundRow { kind, href, ticket, title: hit.title, heading: hit.heading, snippet: hit.snippet }
}
