//! Tickets: what a client asked for and how it stands. Where it stands comes from its run; only `handle` changes one.

pub mod assign;
pub mod bulk;
pub mod facts;
pub mod filter;
pub mod followers;
pub mod links;
mod listing;
pub mod merges;
pub mod participants;
pub mod priorities;
mod queries;
pub mod related;
pub mod seen;
pub mod snooze;
pub mod tags;
pub mod views;
pub mod workload;

use jiff::Timestamp;
use playbook::{Standing, Status};
use serde_json::{Map, Value};
use store::{Conn, Id, News};

pub use filter::{Filter, Order};
pub use listing::{COUNTED_MAX, counts, first, list, list_by, states_within, summary};
pub use tags::{TAGS_MAX, check_tags};

use crate::rights::Scope;
use crate::words::{self, Document};
use crate::{Context, Error, Result};

/// The longest subject that is kept, in characters; mail subjects beyond it are cut.
pub const SUBJECT_MAX: usize = 500;

/// The field of a playbook that says what a ticket is about: for document changes the company whose documents they are. Lists are
/// cut and workloads counted by it.
pub const COMPONENT: &str = "component";

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Can wait.
    Low,
    /// The usual.
    #[default]
    Normal,
    /// Before the usual.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// The priority's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Priority::Low => "low",
            Priority::Normal => "normal",
            Priority::High => "high",
            Priority::Urgent => "urgent",
        }
    }

    /// Every priority, the most urgent first.
    pub const ALL: [Priority; 4] = [Priority::Urgent, Priority::High, Priority::Normal, Priority::Low];

    /// Its place in a list by priority: 0 for urgent.
    pub(crate) fn rank(self) -> i64 {
        match self {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
            Priority::Low => 3,
        }
    }
}

impl std::str::FromStr for Priority {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Priority::Low, Priority::Normal, Priority::High, Priority::Urgent]
            .into_iter()
            .find(|priority| priority.as_str() == text)
            .ok_or_else(|| {
                Error::invalid_field("priority", "no-such-priority", format!("{text:?} is no priority"))
                    .advise("Use low, normal, high or urgent.")
            })
    }
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// Its id.
    pub id: Id,
    /// The number people call it by.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Open, pending, solved or closed; follows from the state.
    pub status: Status,
    /// Whom it waits on; follows from the state.
    pub waiting_on: String,
    /// How urgent.
    pub priority: Priority,
    /// The procedure it runs.
    pub playbook: String,
    /// The dotted path of its state; empty until its run has begun.
    pub state: String,
    /// The organization it is for.
    pub organization: Option<Id>,
    /// Who asked.
    pub requester: Id,
    /// The team that looks after it.
    pub team: Option<String>,
    /// The agent who does.
    pub assignee: Option<Id>,
    /// The playbook's fields.
    pub fields: Map<String, Value>,
    /// Until when it is hidden from inboxes; see [`snooze`](mod@snooze).
    pub snoozed_until: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The ticket that it was merged into; see [`merges`].
    pub merged_into: Option<Id>,
}

impl Ticket {
    /// What it is about, where its playbook has a field of that name and something is known; see [`COMPONENT`].
    pub fn component(&self) -> Option<&str> {
        self.fields.get(COMPONENT).and_then(Value::as_str).filter(|component| !component.is_empty())
    }
}

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket<'a> {
    /// What it is about.
    pub subject: &'a str,
    /// How urgent.
    pub priority: Priority,
    /// The procedure.
    pub playbook: &'a str,
    /// The team that looks after it.
    pub team: Option<&'a str>,
    /// The organization it is for.
    pub organization: Option<Id>,
    /// Who asks.
    pub requester: Id,
    /// Tags.
    pub tags: &'a [String],
    /// What the playbook's fields begin with, until its run does.
    pub fields: Map<String, Value>,
}

/// One row of the list, with the names that a person reads there.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The ticket.
    pub ticket: Ticket,
    /// The requester's name or address.
    pub requester_name: String,
    /// The requester's address.
    pub requester_address: Option<String>,
    /// The organization's name.
    pub organization_name: Option<String>,
    /// The assignee's name.
    pub assignee_name: Option<String>,
    /// When the first thing happens by itself: a timer fires, a draft is sent, colleagues are asked again.
    pub next_due: Option<Timestamp>,
    /// The clock that runs out first, or ran out first and was not stopped since.
    pub clock: Option<FirstClock>,
}

/// A clock of a ticket's playbook, as lists know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstClock {
    /// Its name.
    pub name: String,
    /// When it runs out, or ran out.
    pub due: Timestamp,
}

/// Makes the ticket's row. It has no state until its run begins.
pub async fn open(context: &mut Context<'_>, new: NewTicket<'_>) -> Result<Ticket> {
    let ticket = Ticket {
        id: context.ids.next(),
        number: queries::next_number(context.tx).await?,
        subject: subject(new.subject),
        status: Status::Open,
        waiting_on: "us".to_owned(),
        priority: new.priority,
        playbook: new.playbook.to_owned(),
        state: String::new(),
        organization: new.organization,
        requester: new.requester,
        team: new.team.map(str::to_owned),
        assignee: None,
        fields: new.fields,
        snoozed_until: None,
        version: 1,
        created_at: context.now,
        updated_at: context.now,
        closed_at: None,
        merged_into: None,
    };
    queries::insert(context.tx, &ticket).await?;
    facts::begin(context, &ticket).await?;
    words::add(context, &found_as(&ticket)).await?;
    for tag in new.tags {
        queries::tag(context.tx, ticket.id, tag).await?;
    }
    context.tx.announce(News::of("ticket", ticket.id, ticket.version));
    Ok(ticket)
}

/// A subject as it is kept: one line, not empty, not too long.
pub fn subject(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT_MAX).collect();
    if line.is_empty() { "(no subject)".to_owned() } else { line }
}

/// The ticket with its row locked until the transaction ends, for a command that may change it.
pub async fn lock(context: &mut Context<'_>, id: Id) -> Result<Ticket> {
    queries::lock(context.tx, id).await?.ok_or_else(|| Error::not_found("ticket"))
}

/// The ticket with this id, read within a command.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Ticket>> {
    Ok(queries::find(conn, id).await?)
}

/// How often a ticket has changed by now.
pub async fn version(conn: &mut Conn, id: Id) -> Result<Option<i64>> {
    Ok(queries::version(conn, id).await?)
}

/// The ticket that `scope` may see under this id.
pub async fn show(conn: &mut Conn, scope: Scope, id: Id) -> Result<Ticket> {
    scope.require(conn, id).await?;
    find(conn, id).await?.ok_or_else(|| Error::not_found("ticket"))
}

/// The ticket that `scope` may see under this number.
pub async fn show_by_number(conn: &mut Conn, scope: Scope, number: i64) -> Result<Ticket> {
    let ticket = queries::find_by_number(conn, number).await?.ok_or_else(|| Error::not_found("ticket"))?;
    scope.require(conn, ticket.id).await?;
    Ok(ticket)
}

/// What is stored for the instant of something that never happens.
const NEVER_DUE: Timestamp = Timestamp::constant(253_402_207_200, 0);

/// The ticket's tags.
pub async fn tags(conn: &mut Conn, id: Id) -> Result<Vec<String>> {
    Ok(queries::tags(conn, id).await?)
}

/// The most that [`changed_since`] tells of.
pub const CHANGED_MAX: usize = 1000;

/// Tickets changed since `since`, with their versions, the first [`CHANGED_MAX`]: for whoever hears of changes by looking.
pub async fn changed_since(conn: &mut Conn, since: Timestamp) -> Result<Vec<News>> {
    Ok(queries::changed_since(conn, since).await?)
}

/// Takes over where the run now stands. Says nothing to the database; see [`save`].
pub fn take_standing(ticket: &mut Ticket, standing: &Standing, now: Timestamp) {
    ticket.state = standing.state.clone();
    ticket.status = standing.status;
    ticket.waiting_on = standing.waiting_on.clone();
    ticket.closed_at = match (standing.status, ticket.closed_at) {
        (Status::Closed, None) => Some(now),
        (Status::Closed, kept) => kept,
        _ => None,
    };
}

/// Stores what is different from `before`, the ticket as it is stored, with a new version, and tells everybody that it changed.
pub async fn save(context: &mut Context<'_>, before: &Ticket, ticket: &mut Ticket) -> Result<()> {
    ticket.version += 1;
    ticket.updated_at = context.now;
    seen::keep_up(context, ticket.id).await?;
    queries::update(context.tx, before, ticket).await?;
    facts::follow(context, before, ticket).await?;
    if before.subject != ticket.subject {
        words::change(context, &found_as(before), &found_as(ticket)).await?;
    }
    context.tx.announce(News::of("ticket", ticket.id, ticket.version));
    Ok(())
}

/// What a search finds the ticket by.
fn found_as(ticket: &Ticket) -> Document {
    Document::ticket(ticket.id, ticket.number, &ticket.subject)
}

/// Says which clock of a ticket runs out first, for lists.
pub async fn set_clock(context: &mut Context<'_>, id: Id, clock: Option<&FirstClock>) -> Result<()> {
    let (name, due) = (clock.map(|clock| clock.name.as_str()), clock.map_or(NEVER_DUE, |clock| clock.due));
    Ok(queries::set_clock(context.tx, id, name, due).await?)
}

/// What the ticket would do by itself was put off, or is no more: lists know its next instant.
pub async fn look_at_due(context: &mut Context<'_>, id: Id) -> Result<()> {
    Ok(queries::look_at_due(context.tx, id).await?)
}

/// Counts a change that is nobody's doing, such as how a mail fares: pages show it, and the ticket keeps its place in lists.
pub async fn mark_changed(context: &mut Context<'_>, id: Id) -> Result<()> {
    if let Some(version) = queries::mark_changed(context.tx, id).await? {
        context.tx.announce(News::of("ticket", id, version));
    }
    Ok(())
}

/// Counts a change beside the ticket's row, such as a note that another ticket wrote on it.
pub async fn touch(context: &mut Context<'_>, id: Id) -> Result<()> {
    seen::keep_up(context, id).await?;
    let version = queries::touch(context.tx, id, context.now).await?.ok_or_else(|| Error::not_found("ticket"))?;
    context.tx.announce(News::of("ticket", id, version));
    Ok(())
}
