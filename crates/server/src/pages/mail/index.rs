//! `GET /mail` and `GET /mail/{id}`: what the mail catcher holds.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::outbox::catcher::{self, Caught};
use desk::page::{Cursor, Page};
use desk::{Error, Result, messages, tickets};
use serde::Deserialize;
use store::Id;

use super::view::{Mail, MailFile, MailPage, MailRow, MailsPart};
use crate::pages::frame::Section;
use crate::pages::moments::Moments;
use crate::pages::prose::Prose;
use crate::pages::tickets::fill_composer::size;
use crate::pages::visit::{Visit, page};

/// How much of a mail its row shows, in characters.
const SNIPPET: usize = 120;

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

/// The list, with no mail open.
pub async fn get(visit: Visit, Query(place): Query<Place>) -> Response {
    visit.answer(show(&visit, &place, None)).await
}

/// The list with one mail open beside it.
pub async fn get_one(visit: Visit, Path(id): Path<String>, Query(place): Query<Place>) -> Response {
    let work = async {
        let id: Id = id.parse().map_err(|_| Error::not_found("mail"))?;
        show(&visit, &place, Some(id)).await
    };
    visit.answer(work).await
}

/// Where in the list, and which mail is open beside it.
#[derive(Debug, Default, Deserialize)]
pub struct Beside {
    open: Option<String>,
}

/// The first of the list alone, for live updates.
pub async fn get_list(visit: Visit, Query(beside): Query<Beside>) -> Response {
    let work = async {
        let open = beside.open.as_deref().and_then(|id| id.parse().ok());
        let (rows, older) = rows(&visit, &Place::default(), open).await?;
        let frame = visit.frame(Section::Mail).await?;
        Ok(page(StatusCode::OK, &MailsPart { frame, rows, older }))
    };
    visit.answer(work).await
}

async fn show(visit: &Visit, place: &Place, open: Option<Id>) -> Result<Response> {
    let (rows, older) = rows(visit, place, open).await?;
    let open = match open {
        Some(id) => {
            let mut conn = visit.read().await?;
            let (caught, raw) = catcher::show(&mut conn, &visit.actor(), id).await?;
            let number = tickets::find(&mut conn, caught.ticket).await?.map(|ticket| ticket.number);
            Some(opened(&caught, &raw, number, &visit.moments().await?))
        }
        None => None,
    };
    let first = place.after.is_none();
    let frame = visit.frame(Section::Mail).await?;
    Ok(page(StatusCode::OK, &MailPage { frame, rows, older, first, open }))
}

/// A page of the list, and where the next one is.
async fn rows(visit: &Visit, place: &Place, open: Option<Id>) -> Result<(Vec<MailRow>, Option<String>)> {
    let moments = visit.moments().await?;
    let after = place.after.as_deref().map(str::parse::<Cursor>).transpose()?;
    let mut conn = visit.read().await?;
    let listed = catcher::list(&mut conn, &visit.actor(), Page { after, limit: 50 }).await?;
    let mut rows = Vec::with_capacity(listed.items.len());
    for caught in &listed.items {
        let words = messages::find(&mut conn, caught.message).await?.map(|message| message.text).unwrap_or_default();
        rows.push(row(caught, &words, open, &moments));
    }
    Ok((rows, listed.next.map(|next| format!("/mail?after={next}"))))
}

fn row(caught: &Caught, words: &str, open: Option<Id>, moments: &Moments) -> MailRow {
    let words = mail::markdown::to_text(words);
    MailRow {
        id: caught.id.to_string(),
        href: format!("/mail/{}", caught.id),
        to: caught.recipient.clone(),
        subject: caught.subject.clone(),
        snippet: words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SNIPPET).collect(),
        at: moments.when(caught.caught_at),
        current: open == Some(caught.id),
    }
}

fn opened(caught: &Caught, raw: &[u8], number: Option<i64>, moments: &Moments) -> Mail {
    let read = mail::parse(raw);
    Mail {
        id: caught.id.to_string(),
        subject: caught.subject.clone(),
        from: read.from.as_ref().map(ToString::to_string).unwrap_or_default(),
        to: caught.recipient.clone(),
        at: moments.when(caught.caught_at),
        headers: headers(raw),
        text: Prose::from_text(read.text.as_deref().unwrap_or_default()),
        html_href: read.html.is_some().then(|| format!("/mail/{}/html", caught.id)),
        raw_href: format!("/mail/{}/raw", caught.id),
        files: files(caught, &read),
        ticket: number.map(|number| (number.to_string(), format!("/tickets/{}", caught.ticket))),
    }
}

fn files(caught: &Caught, read: &mail::Incoming) -> Vec<MailFile> {
    let file = |(place, file): (usize, &mail::Attachment)| MailFile {
        name: file.name.clone(),
        size: size(i64::try_from(file.size).unwrap_or(i64::MAX)),
        href: format!("/mail/{}/files/{place}", caught.id),
    };
    read.attachments.iter().enumerate().map(file).collect()
}

/// The header fields as they stand in the mail, folded lines put together (RFC 5322, section 2.2.3).
fn headers(raw: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(raw);
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().take_while(|line| !line.is_empty()) {
        match (line.strip_prefix([' ', '\t']), fields.last_mut()) {
            (Some(more), Some((_, value))) => {
                value.push(' ');
                value.push_str(more.trim());
            }
            _ => {
                if let Some((name, value)) = line.split_once(':') {
                    fields.push((name.to_owned(), value.trim().to_owned()));
                }
            }
        }
    }
    fields
}
