//! The list as its page shows it.

use std::sync::Arc;

use desk::mailboxes::watch;
use desk::rights::{self, Verb};
use desk::tickets::{self, Summary};
use desk::{Result, agents};
use playbook::{Handbook, Status as Stands};
use store::{Conn, Id};

use super::asked::Asked;
use super::list::{Clock, Nearness, TicketList, TicketRow, View, ViewName, Views};
use super::standing::{Standing, Status, WaitingOn};
use crate::pages::moments::Moments;
use crate::pages::visit::Visit;

/// From how many hours on a clock is near.
const SOON_HOURS: i64 = 4;

/// What rows are filled in from: the handbook's titles, the viewer's language and present.
pub struct Words {
    /// Today's handbook.
    pub handbook: Arc<Handbook>,
    /// The viewer's language.
    pub language: &'static str,
    /// The viewer's present.
    pub moments: Moments,
}

impl Words {
    /// What this visit reads by.
    pub async fn of(visit: &Visit) -> Result<Self> {
        let handbook = visit.app.desk.handbooks.current(&mut visit.read().await?).await?;
        Ok(Self { handbook, language: visit.texts.tag(), moments: visit.moments().await? })
    }

    /// A team's title.
    pub fn team(&self, key: &str) -> String {
        let team = self.handbook.desk.teams.get(key);
        team.map_or_else(|| key.to_owned(), |team| team.title.text(self.language).to_owned())
    }

    /// The title of a playbook's state, as today's handbook calls it.
    pub fn state(&self, playbook: &str, state: &str) -> String {
        let standing = self.handbook.playbook(playbook).and_then(|playbook| playbook.standing(state));
        standing.map_or_else(|| state.to_owned(), |standing| standing.title.text(self.language).to_owned())
    }
}

/// A page of the list; `open` is the ticket beside it.
pub async fn list(visit: &Visit, words: &Words, asked: &Asked, open: Option<Id>) -> Result<TicketList> {
    let scope = visit.scope()?;
    let mut conn = visit.read().await?;
    let listed = tickets::list(&mut conn, scope, &asked.filter, asked.page).await?;
    let cut = cut_by(&mut conn, visit, words, asked).await?;
    drop(conn);
    let first = asked.page.after.is_none();
    Ok(TicketList {
        views: views(words, &format!("/tickets{}", asked.query), &Beside::of(visit).await?),
        rows: listed.items.iter().map(|summary| row(words, summary, &asked.query, open)).collect(),
        query: asked.query.clone(),
        cut,
        first,
        older: listed.next.map(|next| asked.older(next)),
        newest: (!first).then(|| format!("/tickets{}", asked.query)),
    })
}

/// One row, under the viewer's rights.
pub async fn row_of(conn: &mut Conn, visit: &Visit, words: &Words, id: Id) -> Result<TicketRow> {
    Ok(row(words, &tickets::summary(conn, visit.scope()?, id).await?, "", None))
}

/// What stands beside the tickets for a viewer.
struct Beside {
    /// How many questions are put to them.
    questions: i64,
    /// How many mails were set aside and wait; `None` where they see none.
    set_aside: Option<i64>,
    /// Whether they have anything to see or do about mailboxes.
    mailboxes: bool,
}

impl Beside {
    async fn of(visit: &Visit) -> Result<Self> {
        let mailboxes = shows_mailboxes(&mut visit.read().await?, visit).await?;
        Ok(Self { questions: visit.asked().await?, set_aside: visit.set_aside().await?, mailboxes })
    }
}

/// Whether the viewer has anything to see or do about mailboxes.
async fn shows_mailboxes(conn: &mut Conn, visit: &Visit) -> Result<bool> {
    let may_connect = rights::may(&visit.actor(), Verb::KeepMailboxes);
    Ok(may_connect || !watch::all(conn, visit.scope()?).await?.is_empty())
}

/// The views around the list of questions, which is the one shown.
pub async fn views_of_questions(visit: &Visit, words: &Words) -> Result<TicketList> {
    Ok(only_views(views(words, "/questions", &Beside::of(visit).await?)))
}

/// The views around the mailboxes, which are among them here even when there are none.
pub async fn views_of_mailboxes(visit: &Visit, words: &Words) -> Result<TicketList> {
    visit.scope()?;
    Ok(only_views(views(words, "/mailboxes", &Beside { mailboxes: true, ..Beside::of(visit).await? })))
}

/// The views around the mail that was kept.
pub async fn views_of_kept(visit: &Visit, words: &Words) -> Result<TicketList> {
    Ok(only_views(views(words, "/kept", &Beside::of(visit).await?)))
}

/// The views around what was found, none of which is the one shown.
pub async fn views_of_search(visit: &Visit, words: &Words) -> Result<TicketList> {
    Ok(only_views(views(words, "/search", &Beside::of(visit).await?)))
}

/// The views around a team's work, which is the one shown.
pub async fn views_of_workload(visit: &Visit, words: &Words) -> Result<TicketList> {
    Ok(only_views(views(words, "/workload", &Beside::of(visit).await?)))
}

/// What the list is cut by, where the address names somebody or something of which there is no view.
async fn cut_by(conn: &mut Conn, visit: &Visit, words: &Words, asked: &Asked) -> Result<Option<String>> {
    let filter = &asked.filter;
    if !asked.is_cut_out {
        return Ok(None);
    }
    let person = match filter.assignee {
        Some(id) => agents::find(conn, id).await?.map(|agent| agent.name),
        None if filter.unassigned => Some(visit.texts.get("nobody")),
        None => None,
    };
    let team = filter.team.as_deref().map(|team| words.team(team));
    let parts: Vec<String> = team.into_iter().chain(person).chain(filter.component.clone()).collect();
    Ok((!parts.is_empty()).then(|| parts.join(" · ")))
}

fn only_views(views: Views) -> TicketList {
    TicketList { views, rows: Vec::new(), query: String::new(), cut: None, first: false, older: None, newest: None }
}

/// The views; `shown` is the address of the one that is shown.
fn views(words: &Words, shown: &str, beside: &Beside) -> Views {
    let elsewhere = |name, href: &str, count| View { name, href: href.to_owned(), count, current: href == shown };
    let view = |name, query: &str| elsewhere(name, &format!("/tickets{query}"), None);
    let count = |some: i64| usize::try_from(some).ok().filter(|count| *count > 0);
    let asked = elsewhere(ViewName::Questions, "/questions", count(beside.questions));
    let workload = elsewhere(ViewName::Workload, "/workload", None);
    let kept = beside.set_aside.map(|waiting| elsewhere(ViewName::Kept, "/kept", count(waiting)));
    let mailboxes = beside.mailboxes.then(|| elsewhere(ViewName::Mailboxes, "/mailboxes", None));
    let titled = |key: &str, name: &str, title: String| view(ViewName::Titled(title), &format!("?{key}={name}"));
    let teams = words.handbook.desk.teams.keys().map(|team| titled("team", team, words.team(team)));
    let playbooks = words
        .handbook
        .playbooks
        .iter()
        .map(|(name, playbook)| titled("playbook", name, playbook.title().text(words.language).to_owned()));
    let standing = vec![
        view(ViewName::Mine, "?mine=1"),
        asked,
        view(ViewName::Unassigned, "?unassigned=1"),
        view(ViewName::Open, "?status=open"),
        view(ViewName::Pending, "?status=pending"),
        view(ViewName::Solved, "?status=solved"),
        view(ViewName::Closed, "?status=closed"),
        workload,
    ];
    Views {
        standing: standing.into_iter().chain(mailboxes).chain(kept).collect(),
        teams: teams.collect(),
        playbooks: playbooks.collect(),
    }
}

fn row(words: &Words, summary: &Summary, query: &str, open: Option<Id>) -> TicketRow {
    let ticket = &summary.ticket;
    TicketRow {
        id: ticket.id.to_string(),
        version: u64::try_from(ticket.version).unwrap_or_default(),
        href: format!("/tickets/{}{query}", ticket.id),
        number: ticket.number.to_string(),
        requester: summary.requester_name.clone(),
        organization: summary.organization_name.clone(),
        subject: ticket.subject.clone(),
        standing: standing(ticket.status, &ticket.waiting_on),
        state: words.state(&ticket.playbook, &ticket.state),
        assignee: summary.assignee_name.clone(),
        team: ticket.team.as_deref().map(|team| words.team(team)),
        updated: words.moments.when(ticket.updated_at),
        clock: summary.next_due.map(|due| clock(words, due)),
        unread: false,
        current: open == Some(ticket.id),
    }
}

/// The clock of an instant that something is due at.
pub fn clock(words: &Words, due: jiff::Timestamp) -> Clock {
    let left = due.duration_since(words.moments.now());
    let nearness = match left.as_hours() {
        _ if left.is_negative() => Nearness::Over,
        0..SOON_HOURS => Nearness::Soon,
        _ => Nearness::Calm,
    };
    Clock { due: words.moments.left(due), nearness }
}

/// How a ticket stands, as its chip says it.
pub fn standing(status: Stands, waiting_on: &str) -> Standing {
    let waiting_on = match (status, waiting_on) {
        (Stands::Solved | Stands::Closed, _) => None,
        (_, "us") => Some(WaitingOn::Us),
        (_, "requester") => Some(WaitingOn::Requester),
        (_, "third_party") => Some(WaitingOn::Other(None)),
        (_, party) => Some(WaitingOn::Other(Some(party.to_owned()))),
    };
    let status = match status {
        Stands::Open => Status::Open,
        Stands::Pending => Status::Pending,
        Stands::Solved => Status::Solved,
        Stands::Closed => Status::Closed,
    };
    Standing { status, waiting_on }
}
