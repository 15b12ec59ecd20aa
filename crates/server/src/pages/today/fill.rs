//! Today filled in: each part with the list that has all of it.

use desk::sendings::Held;
use desk::tickets::views::{Cut, Standing};
use desk::tickets::{Order, Summary, workload};
use desk::today::{self, Of, PartName};
use desk::{Actor, Result, agents};
use store::Conn;

use super::view::{Brief, HeldRow, Load, Part, Tab, Today};
use crate::pages::questions::index::row as question;
use crate::pages::tickets::fill_list::{Words, raised, running};
use crate::pages::tickets::fill_views::COUNTED;
use crate::pages::visit::Visit;

/// Of how many teams, and of how many people in each, the load is shown.
const TEAMS_MAX: usize = 6;
const PEOPLE_MAX: usize = 8;

/// What is about to break, for the viewer.
pub async fn today(visit: &Visit, words: &Words, of: Of) -> Result<Today> {
    let (actor, scope, now) = (visit.actor(), visit.scope()?, visit.app.desk.now());
    let mut conn = visit.read().await?;
    let found = today::of(&mut conn, &actor, scope, of, now).await?;
    let loads = if scope.is_everything() { loads(&mut conn, visit, words, of).await? } else { Vec::new() };
    drop(conn);
    let tab = |tab: Of| Tab { key: key(tab), href: format!("/today?of={}", tab.as_str()), current: tab == of };
    Ok(Today {
        tabs: Of::ALL.map(tab).to_vec(),
        parts: found.parts.iter().map(|found| part(words, of, found)).collect(),
        held: found.held.0.iter().map(|held| held_row(words, held)).collect(),
        held_more: found.held.1,
        held_href: format!("/sendings?of={}", of.as_str()),
        whose: whose(of),
        questions: found.questions.iter().map(|listing| question(visit, words, listing)).collect(),
        asked: usize::try_from(found.asked).unwrap_or_default(),
        loads,
    })
}

/// The text of a tab's name.
fn key(of: Of) -> &'static str {
    match of {
        Of::Mine => "today-of-mine",
        Of::Teams => "today-of-teams",
        Of::All => "today-of-all",
    }
}

/// The text that says whose tickets are counted.
fn whose(of: Of) -> &'static str {
    match of {
        Of::Mine => "today-whose-mine",
        Of::Teams => "today-whose-teams",
        Of::All => "today-whose-all",
    }
}

fn part(words: &Words, of: Of, part: &today::Part) -> Part {
    let (cut, order) = part.name.cut(of);
    let about_clocks = part.name == PartName::Clocks;
    let count = usize::try_from(part.count).unwrap_or_default();
    Part {
        name: part.name.as_str(),
        count: if count >= COUNTED { format!("{}+", COUNTED - 1) } else { count.to_string() },
        href: list(&cut, order),
        rows: part.tickets.iter().map(|summary| brief(words, summary, about_clocks)).collect(),
    }
}

/// A ticket in a few words.
pub fn brief(words: &Words, summary: &Summary, about_clocks: bool) -> Brief {
    let ticket = &summary.ticket;
    Brief {
        href: format!("/tickets/{}", ticket.id),
        number: ticket.number.to_string(),
        subject: ticket.subject.clone(),
        who: [Some(summary.requester_name.clone()), summary.organization_name.clone()].into_iter().flatten().collect(),
        state: words.state(&ticket.playbook, &ticket.state),
        assignee: summary.assignee_name.clone(),
        clock: about_clocks.then(|| running(words, summary)).flatten(),
        priority: raised(ticket.priority),
        updated: words.moments.when(ticket.updated_at),
    }
}

fn held_row(words: &Words, held: &Held) -> HeldRow {
    HeldRow {
        href: format!("/tickets/{}", held.ticket),
        number: held.number.to_string(),
        subject: held.subject.clone(),
        writer: held.writer.clone(),
        at: words.moments.when(held.send_at),
    }
}

/// The address of a list: of the view that is the same, where there is one.
fn list(cut: &Cut, order: Order) -> String {
    if let Some(view) = Standing::like(cut, order) {
        return format!("/tickets?view={}", view.as_str());
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in cut.pairs() {
        query.append_pair(name, &value);
    }
    format!("/tickets?{}", query.append_pair("sort", order.as_str()).finish())
}

/// How much the members of the teams have that are looked at; of one's own tickets nothing is compared.
async fn loads(conn: &mut Conn, visit: &Visit, words: &Words, of: Of) -> Result<Vec<Load>> {
    let known = &words.handbook.desk.teams;
    let teams: Vec<String> = match (of, visit.actor()) {
        (Of::Mine, _) => Vec::new(),
        (Of::All, _) => known.keys().cloned().collect(),
        (Of::Teams, Actor::Agent { id, .. }) => agents::teams_of(conn, id).await?,
        (Of::Teams, _) => Vec::new(),
    };
    let mut loads = Vec::new();
    for team in teams.into_iter().filter(|team| known.contains_key(team)).take(TEAMS_MAX) {
        let work = workload::of_team(conn, visit.scope()?, &team).await?;
        let person = |person: &workload::Person| {
            let href = format!("/tickets?assignee={}&status=unfinished", person.agent.id);
            (person.agent.name.clone(), person.tickets.count, href)
        };
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("team", &team).finish();
        loads.push(Load {
            team: words.team(&team),
            href: format!("/workload?{query}"),
            people: work.people.iter().rev().take(PEOPLE_MAX).map(person).collect(),
            unassigned: work.unassigned.count,
            nobodys: format!("/tickets?assignee=none&status=unfinished&{query}"),
        });
    }
    Ok(loads)
}
