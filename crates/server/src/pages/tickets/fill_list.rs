//! The list as its page shows it.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::Result;
use desk::tickets::views::{SOON, may_share};
use desk::tickets::{self, Order, Priority, Summary, seen};
use playbook::{Handbook, Status as Stands};
use store::{Conn, Id};

use super::asked::Asked;
use super::chip::{Clock, Nearness};
use super::list::{Bar, Bulk, Sorting, TicketList, TicketRow};
use super::standing::{Standing, Status, WaitingOn};
use super::{fill_cuts, fill_deeds, fill_views};
use crate::pages::moments::Moments;
use crate::pages::visit::Visit;

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
    let views = fill_views::views(visit, words, &format!("/tickets{}", asked.unsorted)).await?;
    let mut conn = visit.read().await?;
    let filter = asked.filter(&mut conn, visit).await?;
    let listed = tickets::list_by(&mut conn, scope, &filter, asked.order, asked.page).await?;
    let shown: Vec<&tickets::Ticket> = listed.items.iter().map(|row| &row.ticket).collect();
    let unread = seen::unread(&mut conn, &visit.actor(), &shown).await?;
    let chips = fill_cuts::chips(&mut conn, visit, words, asked).await?;
    let here = format!("/tickets{}", asked.query);
    let bulk = match open {
        Some(_) => Bulk::At(format!("/tickets/bulk{}", asked.query)),
        None => Bulk::Shown(bar(&mut conn, visit, words, asked).await?),
    };
    drop(conn);
    let first = asked.page.after.is_none();
    let sorting =
        |order: Order| Sorting { key: order_key(order), href: asked.sorted_by(order), current: order == asked.order };
    let own = |view: &desk::tickets::views::View| Some(view.owner) == visit.actor().agent_id();
    Ok(TicketList {
        views,
        rows: listed.items.iter().map(|summary| row(words, summary, &asked.place, open, &unread)).collect(),
        query: asked.query.clone(),
        cut: asked.is_cut_out.then(|| fill_cuts::title(&asked.cut, &chips)).flatten(),
        note: asked.cut.clock_soon.then_some("clocks-counted"),
        filters: open.is_none().then(|| fill_cuts::filters(visit, words, asked, &chips)),
        is_own: asked.kept.is_some(),
        chips: if open.is_none() && (asked.kept.is_some() || asked.is_cut_out) { chips } else { Vec::new() },
        restore: fill_cuts::restore(visit, asked),
        first,
        older: listed.next.map(|next| asked.older(next)),
        newest: (!first).then_some(here),
        // Beside a ticket the list is to go through; it is put in order where it has the page to itself.
        sortings: if open.is_some() { Vec::new() } else { Order::ALL.map(sorting).to_vec() },
        kept: asked.kept.as_ref().filter(|view| own(view)).map(|view| (view.id.to_string(), view.name.clone())),
        gone: asked.gone,
        may_keep: visit.actor().agent_id().is_some(),
        shared_with: shareable(visit, words),
        bulk,
    })
}

/// The bar of what can be done to what is selected.
pub async fn bar(conn: &mut Conn, visit: &Visit, words: &Words, asked: &Asked) -> Result<Bar> {
    let here = format!("/tickets{}", asked.query);
    let deeds = fill_deeds::of_selection(&words.moments, &here);
    Ok(Bar { query: asked.query.clone(), me: fill_deeds::me(conn, visit).await?, deeds })
}

/// The text of an order's name.
fn order_key(order: Order) -> &'static str {
    match order {
        Order::Newest => "sort-newest",
        Order::Oldest => "sort-oldest",
        Order::Priority => "sort-priority",
        Order::Due => "sort-due",
        Order::Clock => "sort-clock",
    }
}

/// The teams that the viewer may share a view with: its name and its title.
fn shareable(visit: &Visit, words: &Words) -> Vec<(String, String)> {
    if !may_share(&visit.actor()) {
        return Vec::new();
    }
    words.handbook.desk.teams.keys().map(|team| (team.clone(), words.team(team))).collect()
}

/// One row, under the viewer's rights.
pub async fn row_of(conn: &mut Conn, visit: &Visit, words: &Words, asked: &Asked, id: Id) -> Result<TicketRow> {
    let summary = tickets::summary(conn, visit.scope()?, id).await?;
    let unread = seen::unread(conn, &visit.actor(), &[&summary.ticket]).await?;
    Ok(row(words, &summary, &asked.place, None, &unread))
}

fn row(words: &Words, summary: &Summary, query: &str, open: Option<Id>, unread: &BTreeSet<Id>) -> TicketRow {
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
        clock: running(words, summary).or_else(|| next(words, summary)),
        merged: ticket.merged_into.is_some(),
        priority: raised(ticket.priority),
        snoozed: ticket.snoozed_until.map(|until| words.moments.point(until)),
        // What is open beside the list is being read.
        unread: unread.contains(&ticket.id) && open != Some(ticket.id),
        current: open == Some(ticket.id),
    }
}

/// A priority that a list marks: one above the usual.
pub fn raised(priority: Priority) -> Option<&'static str> {
    matches!(priority, Priority::High | Priority::Urgent).then(|| priority.as_str())
}

/// The clock of an instant that something is due at.
pub fn clock(words: &Words, due: jiff::Timestamp) -> Clock {
    let left = due.duration_since(words.moments.now());
    let nearness = match left {
        _ if left.is_negative() => Nearness::Over,
        _ if left < SOON => Nearness::Soon,
        _ => Nearness::Calm,
    };
    Clock { due: words.moments.left(due), nearness, left: Some(left.as_secs()), title: None }
}

/// The chip of an instant at which something happens by itself, which is no promise.
pub fn by_itself(words: &Words, due: jiff::Timestamp) -> Clock {
    Clock { nearness: Nearness::Itself, ..clock(words, due) }
}

/// The chip of the clock that runs out first, called as today's handbook calls it.
pub fn running(words: &Words, summary: &Summary) -> Option<Clock> {
    let first = summary.clock.as_ref().filter(|_| summary.ticket.merged_into.is_none())?;
    let chip = clock(words, first.due);
    let title =
        words.handbook.playbook(&summary.ticket.playbook).and_then(|playbook| playbook.clock_title(&first.name));
    Some(match title {
        Some(title) => chip.called(title.text(words.language)),
        None => chip,
    })
}

/// The chip of what happens first by itself. What was merged into another ticket goes on there.
fn next(words: &Words, summary: &Summary) -> Option<Clock> {
    summary.next_due.filter(|_| summary.ticket.merged_into.is_none()).map(|due| by_itself(words, due))
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
