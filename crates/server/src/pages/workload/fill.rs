//! The workload filled in: the desk's counts, each with the list of the tickets behind it.

use desk::agents::Agent;
use desk::rights::Scope;
use desk::tickets::workload::{self, Component, Share, Workload};
use desk::{Actor, Error, Result, agents};
use store::Conn;

use super::chart::Chart;
use super::view::{Line, Part, TeamChoice, Work};
use crate::pages::csv::{self, field};
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::texts::Texts;

/// The work of the team that is asked for; without one that of the viewer's own team, else of the handbook's first.
///
/// # Errors
/// Not found, when the handbook has no such team.
pub async fn work(conn: &mut Conn, visit: &Visit, words: &Words, asked: Option<&str>) -> Result<(String, Work)> {
    let team = match asked {
        Some(team) => team.to_owned(),
        None => own_team(conn, visit, words).await?.ok_or_else(|| Error::not_found("team"))?,
    };
    if !words.handbook.desk.teams.contains_key(&team) {
        return Err(Error::not_found("team"));
    }
    let counted = workload::of_team(conn, visit.scope()?, &team).await?;
    let teams = words.handbook.desk.teams.keys().map(|name| TeamChoice {
        title: words.team(name),
        href: address("/workload", &[("team", name)]),
        current: *name == team,
    });
    let lines = Lines { texts: visit.texts, team: &team };
    let (people, components) = (lines.people(&counted), lines.components(&counted.components()));
    let bars = |lines: &[Line]| Chart::of(lines.iter().map(|line| (line.name.as_str(), line.count)));
    let work = Work {
        teams: teams.collect(),
        count: counted.count(),
        people_chart: bars(&people),
        components_chart: bars(&components),
        people,
        components,
        csv_href: address("/workload.csv", &[("team", &team)]),
    };
    Ok((team, work))
}

async fn own_team(conn: &mut Conn, visit: &Visit, words: &Words) -> Result<Option<String>> {
    Scope::of(&visit.actor())?;
    let teams = &words.handbook.desk.teams;
    let own = match visit.actor() {
        Actor::Agent { id, .. } => agents::teams_of(conn, id).await?,
        _ => Vec::new(),
    };
    Ok(own.into_iter().find(|team| teams.contains_key(team)).or_else(|| teams.keys().next().cloned()))
}

/// What lines are made with.
struct Lines<'a> {
    texts: &'static Texts,
    team: &'a str,
}

impl Lines<'_> {
    fn people(&self, work: &Workload) -> Vec<Line> {
        let person = |(place, person): (usize, &workload::Person)| Line {
            name: person.agent.name.clone(),
            nameless: false,
            next: place == 0,
            count: person.tickets.count,
            href: list(&[("assignee", &person.agent.id.to_string())]),
            parts: self.parts(&person.tickets, Some(&person.agent)),
        };
        let people = work.people.iter().enumerate().map(person);
        let nobody = (work.unassigned.count > 0).then(|| Line {
            name: self.texts.get("nobody"),
            nameless: true,
            next: false,
            count: work.unassigned.count,
            href: list(&[("team", self.team), ("unassigned", "1")]),
            parts: self.parts(&work.unassigned, None),
        });
        people.chain(nobody).collect()
    }

    /// What somebody's tickets are about; tickets that name no component are no part of their own.
    fn parts(&self, share: &Share, agent: Option<&Agent>) -> Vec<Part> {
        let whose = agent.map(|agent| agent.id.to_string());
        let part = |(component, count): &(Option<String>, i64)| {
            let name = component.as_deref()?;
            let href = match &whose {
                Some(id) => list(&[("assignee", id), ("component", name)]),
                None => list(&[("team", self.team), ("unassigned", "1"), ("component", name)]),
            };
            Some(Part { name: name.to_owned(), count: *count, href })
        };
        share.components.iter().filter_map(part).collect()
    }

    /// Those that have a name; what has none is no line, for no list holds just those.
    fn components(&self, components: &[Component]) -> Vec<Line> {
        let line = |component: &Component| {
            let name = component.name.as_deref()?;
            let people = component.people.iter().map(|(agent, count)| Part {
                name: agent.name.clone(),
                count: *count,
                href: list(&[("assignee", &agent.id.to_string()), ("component", name)]),
            });
            let nobody = (component.unassigned > 0).then(|| Part {
                name: self.texts.get("nobody"),
                count: component.unassigned,
                href: list(&[("team", self.team), ("unassigned", "1"), ("component", name)]),
            });
            Some(Line {
                name: name.to_owned(),
                nameless: false,
                next: false,
                count: component.count,
                href: list(&[("component", name)]),
                parts: people.chain(nobody).collect(),
            })
        };
        components.iter().filter_map(line).collect()
    }
}

/// The list of the unfinished tickets with these cuts.
fn list(cuts: &[(&str, &str)]) -> String {
    let cuts: Vec<(&str, &str)> = cuts.iter().copied().chain([("status", "unfinished")]).collect();
    address("/tickets", &cuts)
}

fn address(path: &str, query: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}

/// The work as CSV (RFC 4180): who, about what, how many. A field that a spreadsheet would take for a formula is marked as text.
pub fn csv(work: &Workload) -> String {
    let mut lines = vec!["person,component,tickets".to_owned()];
    let mut add = |who: &str, share: &Share| {
        for (component, count) in &share.components {
            lines.push(format!("{},{},{count}", field(who), field(component.as_deref().unwrap_or_default())));
        }
        if share.components.is_empty() {
            lines.push(format!("{},,{}", field(who), share.count));
        }
    };
    for person in &work.people {
        add(&person.agent.name, &person.tickets);
    }
    if work.unassigned.count > 0 {
        add("", &work.unassigned);
    }
    csv::file(&lines)
}
