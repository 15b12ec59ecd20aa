//! `GET /handbook`, `/handbook/revisions` and `/handbook/revisions/{number}`: what was published.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::rights::{Verb, may};
use desk::runs::moving;
use playbook::drawing::Marks;

use super::fill::{self, Room};
use super::source::{Of, Source, address, read_number};
use super::view::{Map, ReadingPage, RevisionRow, RevisionsPage};
use crate::pages::frame::Section;
use crate::pages::insights;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = BTreeMap<String, String>;

/// How many lines of a file are shown, and how much of it, in bytes.
const LINES_MAX: usize = 10_000;
const SHOWN_MAX: usize = 512 * 1024;
/// How many revisions a page has.
const REVISIONS: u32 = 50;

/// Today's.
pub async fn get(visit: Visit, Query(query): Query<Asked>) -> Response {
    let of = Of::Revision(visit.app.desk.handbooks.current_number());
    visit.answer(reading(&visit, of, &query)).await
}

/// Any other.
pub async fn get_one(visit: Visit, Path(number): Path<String>, Query(query): Query<Asked>) -> Response {
    let work = async { reading(&visit, Of::Revision(read_number(&number)?), &query).await };
    visit.answer(work).await
}

async fn reading(visit: &Visit, of: Of, query: &Asked) -> Result<Response> {
    let source = Source::read(visit, of).await?;
    let words = Words::of(visit).await?;
    let path = source.chosen(query)?;
    let text = source.files.get(&path).unwrap_or_default();
    let mut size = 0;
    let fits = |line: &&str| {
        size += line.len();
        size <= SHOWN_MAX
    };
    let lines: Vec<String> = text.lines().take(LINES_MAX).take_while(fits).map(str::to_owned).collect();
    let all = text.lines().count();
    let edits = may(&visit.actor(), Verb::PublishHandbook) && source.number() == source.newest;
    let view = ReadingPage {
        frame: visit.frame(Section::Tickets).await?,
        list: fill_views::around(visit, &words, "/handbook").await?,
        head: fill::head(visit, &words, &source, Room::Reading).await?,
        groups: fill::groups(&source, &path),
        more: (all > lines.len()).then_some(all - lines.len()),
        edit_href: edits.then(|| address("/handbook/draft", &[("file", &path)])),
        happened_href: fill::playbook_of(&path)
            .filter(|name| may(&visit.actor(), Verb::ReadInsights) && words.handbook.playbook(name).is_some())
            .map(insights::procedure::address),
        map: map(visit, &source, &path).await?,
        lines,
        path,
    };
    Ok(page(StatusCode::OK, &view))
}

async fn map(visit: &Visit, source: &Source, path: &str) -> Result<Option<Map>> {
    let Some(name) = fill::playbook_of(path) else { return Ok(None) };
    let handbooks = &visit.app.desk.handbooks;
    let compiled = handbooks.revision(&mut visit.read().await?, source.number()).await;
    // A revision that was made for another version of the desk is only read.
    let Some(playbook) = compiled.ok().and_then(|handbook| handbook.playbook(name).cloned()) else { return Ok(None) };
    let language = visit.texts.tag();
    let drawn = visit.app.rehearsals.aside(move || fill::map(&playbook, &Marks::default(), language)).await?;
    Ok(Some(drawn))
}

/// Every revision, the newest first.
pub async fn get_all(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let source = Source::read(&visit, Of::Revision(visit.app.desk.handbooks.current_number())).await?;
        let words = Words::of(&visit).await?;
        let before = query.get("before").map(|before| read_number(before)).transpose()?;
        let mut conn = visit.read().await?;
        let handbooks = &visit.app.desk.handbooks;
        let (revisions, more) = handbooks.revisions_before(&mut conn, visit.scope()?, before, REVISIONS).await?;
        let standing = moving::standing(&mut conn, visit.scope()?).await?;
        drop(conn);
        let last = revisions.last().map(|revision| revision.number.to_string()).unwrap_or_default();
        let row = |revision: desk::handbook::Revision| {
            let running = standing.iter().filter(|row| row.revision == revision.number).map(|row| row.tickets);
            RevisionRow {
                number: revision.number,
                is_today: revision.number == source.newest,
                by: revision.published_by,
                at: words.moments.when(revision.published_at),
                note: revision.note,
                tickets: usize::try_from(running.sum::<i64>()).unwrap_or_default(),
            }
        };
        let view = RevisionsPage {
            frame: visit.frame(Section::Tickets).await?,
            list: fill_views::around(&visit, &words, "/handbook").await?,
            head: fill::head(&visit, &words, &source, Room::Revisions).await?,
            base: may(&visit.actor(), Verb::PublishHandbook).then(|| source.newest.to_string()),
            revisions: revisions.into_iter().map(row).collect(),
            more: more.then(|| address("/handbook/revisions", &[("before", &last)])),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}
