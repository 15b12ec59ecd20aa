//! `GET /insights/procedures/{playbook}`: what really happened in a procedure, written over its drawing; and
//! `GET /insights/procedures/{playbook}/FILE`: its tables as CSV, its steps as an event log.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use desk::mining::log::{self, Format};
use desk::mining::{self, Mined};
use desk::rights::{self, Verb};
use desk::{Error, Result};
use jiff::SignedDuration;
use playbook::Playbook;
use playbook::drawing::Marks;

use super::asked::Asked;
use super::fill;
use super::view::Chosen;
use crate::edge::download::download;
use crate::pages::csv::{self, CSV, field};
use crate::pages::frame::{Frame, Section};
use crate::pages::handbook;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::tickets::list::TicketList;
use crate::pages::visit::{Visit, page};

/// How many ways the page lists; the file has the rest.
const SHOWN: usize = 50;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "insights/procedure_page.html")]
pub struct ProcedurePage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What happened.
    pub procedure: Procedure,
}

/// What happened in a procedure.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// The playbook's title.
    pub title: String,
    /// The figures that it was opened from.
    pub back: String,
    /// Which days, and how others are chosen.
    pub chosen: Chosen,
    /// The days in words.
    pub words: String,
    /// How many tickets took a step, in words.
    pub tickets: String,
    /// Whether there were more steps than are counted.
    pub is_partial: bool,
    /// The drawing as SVG, every text in it escaped; none of a procedure that is too large to be drawn.
    pub svg: Option<String>,
    /// The states that some ticket came to.
    pub states: Vec<StateRow>,
    /// The ways, the most frequent first.
    pub moves: Vec<MoveRow>,
    /// How many ways are in the file alone, in words.
    pub more: Option<String>,
    /// Files: what each is called, its address.
    pub files: Vec<(&'static str, String)>,
}

/// A state that some ticket came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRow {
    /// What it is called.
    pub title: String,
    /// Whether the playbook has it, as it is today.
    pub is_known: bool,
    /// How often it was entered.
    pub entered: u64,
    /// How often by a ticket that had been there before.
    pub again: u64,
    /// How many are there still.
    pub present: u64,
    /// How long half of the stays were at most.
    pub median: String,
    /// The same for nine of ten.
    pub ninetieth: String,
}

/// A way from a state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// What the state is called that it leaves.
    pub from: String,
    /// What led there; empty where a guard alone did.
    pub event: String,
    /// What the state is called that it leads to.
    pub to: String,
    /// How often it was taken.
    pub times: u64,
}

/// Where the page of a playbook is.
#[must_use]
pub fn address(playbook: &str) -> String {
    format!("/insights/procedures/{playbook}")
}

/// The page.
pub async fn get(visit: Visit, Path(name): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::ReadInsights)?;
        let words = Words::of(&visit).await?;
        let (asked, mistake) = Asked::read_leniently(&query, words.moments.here().date())?;
        let playbook = words.handbook.playbook(&name).ok_or_else(|| Error::not_found("playbook"))?;
        let found = mined(&visit, &words, playbook, &asked).await?;
        let svg = drawn(&visit, &words, playbook, &found).await?;
        let mut shown = shown(&visit, &words, (playbook, svg), &asked, &found);
        let status = fill::refuse(&mut shown.chosen, visit.texts, mistake.as_ref(), &query);
        let list = fill_views::around(&visit, &words, "/insights").await?;
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(status, &ProcedurePage { frame, list, procedure: shown }))
    };
    visit.answer(work).await
}

/// A file: `states.csv`, `moves.csv`, or an event log.
pub async fn get_file(
    visit: Visit,
    Path((name, file)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::ReadInsights)?;
        let words = Words::of(&visit).await?;
        let asked = Asked::read(&query, words.moments.here().date())?;
        let playbook = words.handbook.playbook(&name).ok_or_else(|| Error::not_found("playbook"))?;
        let (kind, body) = match file.as_str() {
            "states.csv" => (CSV, states(&mined(&visit, &words, playbook, &asked).await?)),
            "moves.csv" => (CSV, moves(&mined(&visit, &words, playbook, &asked).await?)),
            log => {
                let is_it = |format: &Format| log == log_name(*format);
                let format = Format::ALL.into_iter().find(is_it).ok_or_else(|| Error::not_found("file"))?;
                let days = (asked.span, words.moments.zone());
                let log = log::of(&mut visit.read().await?, &visit.actor(), days, Some(&name)).await?;
                (format.media_type(), format.write(&log)?)
            }
        };
        Ok(download(body, kind, &format!("{name}-{file}")))
    };
    visit.answer(work).await
}

fn log_name(format: Format) -> String {
    format!("events.{}", format.ending())
}

async fn mined(visit: &Visit, words: &Words, playbook: &Playbook, asked: &Asked) -> Result<Mined> {
    let asking = mining::Asked { span: asked.span, zone: words.moments.zone().clone() };
    mining::of(&mut visit.read().await?, &visit.actor(), playbook, &asking).await
}

async fn drawn(visit: &Visit, words: &Words, playbook: &Playbook, found: &Mined) -> Result<Option<String>> {
    let (playbook, marks, language) = (playbook.clone(), Marks::of_many(found.counts()), words.language);
    let map = visit.app.rehearsals.aside(move || handbook::fill::map(&playbook, &marks, language)).await?;
    Ok(map.svg)
}

fn shown(
    visit: &Visit,
    words: &Words,
    (playbook, svg): (&Playbook, Option<String>),
    asked: &Asked,
    found: &Mined,
) -> Procedure {
    let here = address(playbook.name());
    let length = |length: Option<SignedDuration>| length.map_or_else(|| "–".to_owned(), |it| words.moments.length(it));
    let title = |path: &str| words.state(playbook.name(), path);
    let state = |state: &mining::State| StateRow {
        title: title(&state.path),
        is_known: state.is_known,
        entered: state.entered,
        again: state.again,
        present: state.present,
        median: length(state.median),
        ninetieth: length(state.ninetieth),
    };
    let moved = |each: &mining::Move| MoveRow {
        from: title(&each.passage.from),
        event: each.passage.event.clone().unwrap_or_default(),
        to: title(&each.passage.to),
        times: each.times,
    };
    let file = |name: &str| asked.address_of_days(&format!("{here}/{name}"));
    let more = found.moves.len().saturating_sub(SHOWN);
    Procedure {
        title: playbook.title().text(words.language).to_owned(),
        back: asked.address_of_days("/insights"),
        chosen: Chosen { carried: Vec::new(), ..fill::chosen(asked, &here) },
        words: fill::days(&words.moments, asked.span),
        tickets: visit.texts.count("procedure-tickets", usize::try_from(found.tickets).unwrap_or(usize::MAX)),
        is_partial: found.is_partial,
        svg,
        states: found.states.iter().map(state).collect(),
        moves: found.moves.iter().take(SHOWN).map(moved).collect(),
        more: (more > 0).then(|| visit.texts.count("insights-more", more)),
        files: vec![
            ("procedure-csv-states", file("states.csv")),
            ("procedure-csv-moves", file("moves.csv")),
            ("procedure-ocel", file(&log_name(Format::Ocel))),
            ("procedure-xes", file(&log_name(Format::Xes))),
        ],
    }
}

/// The states as a file; lengths of time are in seconds.
fn states(found: &Mined) -> String {
    let seconds = |length: Option<SignedDuration>| length.map(|it| it.as_secs().to_string()).unwrap_or_default();
    let mut lines = vec!["state,entered,again,present,median_seconds,90th_seconds".to_owned()];
    lines.extend(found.states.iter().map(|state| {
        let (median, ninetieth) = (seconds(state.median), seconds(state.ninetieth));
        format!("{},{},{},{},{median},{ninetieth}", field(&state.path), state.entered, state.again, state.present)
    }));
    csv::file(&lines)
}

/// The ways as a file.
fn moves(found: &Mined) -> String {
    let mut lines = vec!["from,event,to,times".to_owned()];
    lines.extend(found.moves.iter().map(|each| {
        let passage = &each.passage;
        let event = passage.event.as_deref().unwrap_or_default();
        format!("{},{},{},{}", field(&passage.from), field(event), field(&passage.to), each.times)
    }));
    csv::file(&lines)
}
