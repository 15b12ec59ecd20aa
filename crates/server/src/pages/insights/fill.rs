//! Figures filled in: numbers and lengths of time in the viewer's words, each beside the span before.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use desk::Error;
use desk::insights::span::{BAD_ORDER, Recent, TOO_LONG};
use desk::insights::{self, Grain, Pair, Span};
use jiff::SignedDuration;

use super::asked::Asked;
use super::chart::{Columns, Line, Shares};
use super::sort::Column;
use super::view::{Chosen, Cut, Figure, Heading, Insights, Part, Row, SpanChoice, Table};
use super::{csv, procedure, sort};
use crate::pages::moments::Moments;
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::pages::workload::chart::Chart;
use crate::texts::Texts;

/// How many lines of a table are shown; its file has the rest.
const SHOWN: usize = 50;
/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// A line of figures with its name.
struct Named {
    /// As files have it.
    key: String,
    /// As people call it.
    name: String,
    /// What is asked for when just it is.
    narrowed: Option<Asked>,
    /// Where it is told what happened, of a playbook that is in use.
    procedure: Option<String>,
    figures: Pair,
}

/// What figures are told with.
struct Telling<'a> {
    texts: &'static Texts,
    words: &'a Words,
    asked: &'a Asked,
}

/// The page's figures.
pub fn shown(visit: &Visit, words: &Words, asked: &Asked, found: &insights::Insights) -> Insights {
    let telling = Telling { texts: visit.texts, words, asked };
    let dates = |part: &insights::Volume| telling.date(part.days.first, found.grain);
    let columns: Vec<(String, [i64; 2])> =
        found.parts.iter().map(|part| (dates(part), [part.opened, part.closed])).collect();
    let line: Vec<(String, i64)> = found.parts.iter().map(|part| (dates(part), part.open)).collect();
    let total = &found.total.now;
    Insights {
        chosen: chosen(asked, "/insights"),
        words: telling.days(found.span),
        before: telling.days(found.before),
        cuts: telling.cuts(found),
        is_partial: found.is_partial,
        figures: telling.figures(&found.total),
        columns: Columns::of(&columns),
        line: Line::of(&line),
        shares: Shares::of(total.waited_us, total.waited_them),
        part_key: match found.grain {
            Grain::Day => "insights-day",
            Grain::Week => "insights-week",
            Grain::Month => "insights-month",
        },
        parts: found.parts.iter().map(|part| telling.part(part)).collect(),
        csv_href: asked.address("/insights/volume.csv"),
        tables: vec![
            telling.table(
                ("by-playbook", "insights-by-playbook", "insights-playbook"),
                "playbooks",
                telling.playbooks(found),
            ),
            telling.table(("by-team", "insights-by-team", "insights-team"), "teams", telling.teams(found)),
            telling.table(
                ("by-organization", "insights-by-organization", "insights-organization"),
                "organizations",
                telling.organizations(found),
            ),
        ],
    }
}

/// The days that were asked for, on the page of that address.
pub fn chosen(asked: &Asked, path: &str) -> Chosen {
    let choice = |(recent, key): (Recent, &'static str)| {
        let there = Asked { recent: Some(recent), ..asked.clone() };
        SpanChoice { key, href: there.address(path), current: asked.recent == Some(recent) }
    };
    let spans = Recent::ALL.into_iter().zip(["insights-7d", "insights-28d", "insights-90d", "insights-12m"]);
    Chosen {
        action: path.to_owned(),
        spans: spans.map(choice).collect(),
        days: (asked.span.first.to_string(), asked.span.last.to_string()),
        mistake: None,
        carried: asked.rest(),
    }
}

/// Days in words: `1 Nov 2026 – 17 Nov 2026`.
pub fn days(moments: &Moments, span: Span) -> String {
    let day = |day: jiff::civil::Date| format!("{} {}", moments.short_day(day), day.year());
    if span.first == span.last { day(span.first) } else { format!("{} – {}", day(span.first), day(span.last)) }
}

/// Shows days that make no sense as they were given, with what is wrong with them; says the status of the page.
pub fn refuse(
    chosen: &mut Chosen,
    texts: &'static Texts,
    error: Option<&Error>,
    query: &BTreeMap<String, String>,
) -> StatusCode {
    let Some(error) = error else { return StatusCode::OK };
    let given = |name: &str| query.get(name).cloned().unwrap_or_default();
    (chosen.mistake, chosen.days) = (Some(mistake(texts, error)), (given("from"), given("to")));
    StatusCode::UNPROCESSABLE_ENTITY
}

fn mistake(texts: &'static Texts, error: &Error) -> String {
    let code = error.fields.first().map(|wrong| wrong.code.as_str());
    texts.get(match code.unwrap_or_default() {
        BAD_ORDER => "insights-bad-order",
        TOO_LONG => "insights-too-long",
        _ => "insights-bad-day",
    })
}

/// One of the tables as CSV; `None` when there is none of that name.
pub fn csv(visit: &Visit, words: &Words, asked: &Asked, found: &insights::Insights, table: &str) -> Option<String> {
    let telling = Telling { texts: visit.texts, words, asked };
    let (cut, named) = match table {
        "volume" => return Some(csv::volume(found)),
        "playbooks" => ("playbook", telling.playbooks(found)),
        "teams" => ("team", telling.teams(found)),
        "organizations" => ("organization", telling.organizations(found)),
        _ => return None,
    };
    Some(csv::table(cut, named.into_iter().map(|line| ((line.key, line.name), line.figures))))
}

impl Telling<'_> {
    fn moments(&self) -> &Moments {
        &self.words.moments
    }

    /// `17 Nov`, or `Nov` of a part that is a month.
    fn date(&self, day: jiff::civil::Date, grain: Grain) -> String {
        match grain {
            Grain::Day | Grain::Week => self.moments().short_day(day),
            Grain::Month => self.moments().short_month(day),
        }
    }

    fn days(&self, span: Span) -> String {
        days(self.moments(), span)
    }

    fn length(&self, seconds: i64) -> String {
        if seconds == 0 { NOTHING.to_owned() } else { self.moments().length(SignedDuration::from_secs(seconds)) }
    }

    fn cell(&self, column: Column, figures: &insights::Figures) -> String {
        match column.of(figures) {
            None => NOTHING.to_owned(),
            // An answer within the same minute is one nevertheless.
            Some(seconds) if matches!(column, Column::Answer | Column::Ninetieth) => {
                self.moments().length(SignedDuration::from_secs(seconds))
            }
            Some(seconds) if column.is_time() => self.length(seconds),
            Some(number) => number.to_string(),
        }
    }

    fn figures(&self, total: &Pair) -> Vec<Figure> {
        let figure = |key: &'static str, column: Column, more: Option<String>| Figure {
            key,
            now: self.cell(column, &total.now),
            more,
            before: self.cell(column, &total.before),
        };
        let now = &total.now;
        let answered = now.first_answer.map(|_| {
            let count = self.texts.count("insights-answered", usize::try_from(now.answered).unwrap_or_default());
            let ninetieth = self.texts.with("insights-nine-of-ten", &[("length", &self.cell(Column::Ninetieth, now))]);
            format!("{ninetieth} {count}")
        });
        vec![
            figure("insights-opened", Column::Opened, None),
            figure("insights-closed", Column::Closed, None),
            figure("insights-open", Column::Open, None),
            figure("insights-reopened", Column::Reopened, None),
            figure("insights-answer", Column::Answer, answered),
            figure("insights-us", Column::Us, None),
            figure("insights-them", Column::Them, None),
        ]
    }

    fn part(&self, part: &insights::Volume) -> Part {
        let days = match part.days {
            Span { first, last } if first == last => self.moments().civil_day(first),
            Span { first, last } => {
                format!("{} – {}", self.moments().short_day(first), self.moments().short_day(last))
            }
        };
        Part { days, numbers: [part.opened, part.closed, part.reopened, part.open] }
    }

    fn playbook(&self, name: &str) -> String {
        let known = self.words.handbook.playbook(name);
        known.map_or_else(|| name.to_owned(), |playbook| playbook.title().text(self.words.language).to_owned())
    }

    fn playbooks(&self, found: &insights::Insights) -> Vec<Named> {
        let named = |line: &insights::Line<String>| Named {
            key: line.key.clone(),
            name: self.playbook(&line.key),
            narrowed: Some(Asked { playbook: Some(line.key.clone()), ..self.asked.clone() }),
            procedure: self
                .words
                .handbook
                .playbook(&line.key)
                .map(|_| self.asked.address_of_days(&procedure::address(&line.key))),
            figures: line.figures.clone(),
        };
        self.sorted(found.playbooks.iter().map(named).collect())
    }

    fn teams(&self, found: &insights::Insights) -> Vec<Named> {
        let named = |line: &insights::Line<Option<String>>| Named {
            key: line.key.clone().unwrap_or_default(),
            name: line.key.as_ref().map_or_else(|| self.texts.get("insights-no-team"), |team| self.words.team(team)),
            procedure: None,
            narrowed: line.key.as_ref().map(|team| Asked { team: Some(team.clone()), ..self.asked.clone() }),
            figures: line.figures.clone(),
        };
        self.sorted(found.teams.iter().map(named).collect())
    }

    fn organizations(&self, found: &insights::Insights) -> Vec<Named> {
        let named = |line: &insights::Line<Option<insights::Named>>| Named {
            key: line.key.as_ref().map(|known| known.key.clone()).unwrap_or_default(),
            name: match &line.key {
                Some(known) => known.name.clone(),
                None => self.texts.get("insights-no-organization"),
            },
            procedure: None,
            narrowed: line.key.as_ref().map(|known| Asked { organization: Some(known.id), ..self.asked.clone() }),
            figures: line.figures.clone(),
        };
        self.sorted(found.organizations.iter().map(named).collect())
    }

    fn sorted(&self, mut lines: Vec<Named>) -> Vec<Named> {
        self.asked.sort.sort(&mut lines, |line| line.name.clone(), |line| line.figures.now.clone());
        lines
    }

    fn table(
        &self,
        (id, key, cut): (&'static str, &'static str, &'static str),
        file: &str,
        lines: Vec<Named>,
    ) -> Table {
        let heading = |column: Column| Heading {
            key: column.key().unwrap_or(cut),
            href: format!(
                "{}#{id}",
                Asked { sort: self.asked.sort.next(column), ..self.asked.clone() }.address("/insights")
            ),
            sorted: self.asked.sort.direction(column),
            is_number: column != Column::Name,
        };
        let more = lines.len().saturating_sub(SHOWN);
        let mut opened: Vec<(&str, i64)> =
            lines.iter().map(|line| (line.name.as_str(), line.figures.now.opened)).collect();
        opened.retain(|(_, count)| *count > 0);
        opened.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Table {
            id,
            key,
            chart: (opened.len() > 1).then(|| Chart::of(opened.into_iter())),
            headings: sort::Column::ALL.into_iter().map(heading).collect(),
            lines: lines.iter().take(SHOWN).map(|line| self.row(line)).collect(),
            more: (more > 0).then(|| self.texts.count("insights-more", more)),
            csv_href: self.asked.address(&format!("/insights/{file}.csv")),
        }
    }

    fn row(&self, line: &Named) -> Row {
        let cells = Column::ALL.into_iter().skip(1);
        let cell = |column: Column| (self.cell(column, &line.figures.now), self.cell(column, &line.figures.before));
        Row {
            name: line.name.clone(),
            procedure: line.procedure.clone(),
            href: line
                .narrowed
                .as_ref()
                .filter(|narrowed| *narrowed != self.asked)
                .map(|narrowed| narrowed.address("/insights")),
            cells: cells.map(cell).collect(),
        }
    }

    fn cuts(&self, found: &insights::Insights) -> Vec<Cut> {
        let asked = self.asked;
        let playbook = asked.playbook.as_ref().map(|name| Cut {
            name: self.playbook(name),
            href: Asked { playbook: None, ..asked.clone() }.address("/insights"),
        });
        let team = asked.team.as_ref().map(|name| Cut {
            name: self.words.team(name),
            href: Asked { team: None, ..asked.clone() }.address("/insights"),
        });
        let organization = asked.organization.map(|id| {
            let known = found.organizations.iter().filter_map(|line| line.key.as_ref()).find(|known| known.id == id);
            Cut {
                name: known.map_or_else(|| id.to_string(), |known| known.name.clone()),
                href: Asked { organization: None, ..asked.clone() }.address("/insights"),
            }
        });
        playbook.into_iter().chain(team).chain(organization).collect()
    }
}
