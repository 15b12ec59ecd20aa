//! What figures are made of: on which side each ticket stands, and every turn that it took, written in the transaction of the event. A
//! turn stays what it was, so what a day came to does not change later; only a merge takes a ticket's turns out of every count, and
//! taking the two apart puts them back.

mod queries;

use std::collections::BTreeMap;

use jiff::Timestamp;
use playbook::Status;
use store::{Conn, Id, Tx};

use super::{Ticket, participants};
use crate::{Context, Result};

/// Whom a ticket waits on, as figures have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It waits on us.
    Us,
    /// It waits on somebody else.
    Them,
    /// It is solved or closed.
    Done,
}

impl Side {
    /// The side of a ticket that stands so.
    pub fn of(status: Status, waiting_on: &str) -> Self {
        match (status, waiting_on) {
            (Status::Solved | Status::Closed, _) => Side::Done,
            (_, "us") => Side::Us,
            _ => Side::Them,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Side::Us => "us",
            Side::Them => "them",
            Side::Done => "done",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "us" => Side::Us,
            "them" => Side::Them,
            _ => Side::Done,
        }
    }

    /// By how many more wait on us, and on others, for a ticket that begins to stand here.
    fn counts(self) -> (i64, i64) {
        match self {
            Side::Us => (1, 0),
            Side::Them => (0, 1),
            Side::Done => (0, 0),
        }
    }
}

/// What tickets are cut by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cuts {
    /// The procedure.
    pub playbook: String,
    /// The team.
    pub team: Option<String>,
    /// The organization.
    pub organization: Option<Id>,
}

impl Cuts {
    /// What this ticket is cut by.
    pub fn of(ticket: &Ticket) -> Self {
        Self { playbook: ticket.playbook.clone(), team: ticket.team.clone(), organization: ticket.organization }
    }
}

/// What happened to a ticket in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was opened.
    Opened,
    /// It was solved or closed.
    Closed,
    /// It came back.
    Reopened,
    /// It waits on the other side from now on.
    Turned,
    /// It is no longer of this playbook, team and organization.
    Left,
    /// It is from now on.
    Joined,
    /// The client got the first answer.
    Answered,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Kind::Opened, Kind::Closed, Kind::Reopened, Kind::Turned, Kind::Left, Kind::Joined, Kind::Answered];

    fn as_str(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Closed => "closed",
            Kind::Reopened => "reopened",
            Kind::Turned => "turned",
            Kind::Left => "left",
            Kind::Joined => "joined",
            Kind::Answered => "answered",
        }
    }
}

/// A turn, or several that are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: Kind,
    /// By how many more wait on us from then on.
    pub us: i64,
    /// By how many more wait on others.
    pub them: i64,
    /// Microseconds from the opening to the first answer.
    pub answered_after: Option<i64>,
    /// What it was cut by then; see [`all_cuts`].
    pub cut: Id,
}

/// What is told of a span; see [`told`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A turn within it.
    Turn(Turn),
    /// How many wait on us and on others as it ends, by what they are cut by. Told in parts, which may be negative.
    Standing(Id, i64, i64),
}

/// How a ticket stands, as it is stored.
struct Facts {
    opened_at: Timestamp,
    turned_at: Timestamp,
    is_answered: bool,
    side: Side,
    cut: Id,
}

/// A ticket was opened: its row was just made.
pub(super) async fn begin(context: &mut Context<'_>, ticket: &Ticket) -> Result<()> {
    let (side, cut) = (Side::of(ticket.status, &ticket.waiting_on), cut_of(context, ticket).await?);
    queries::insert(context.tx, ticket, side, cut).await?;
    write(context, ticket.id, turn(Kind::Opened, ticket.created_at, (Side::Done, side), cut)).await
}

/// A ticket changed. What waits to be filled in is found there as it is then.
pub(super) async fn follow(context: &mut Context<'_>, before: &Ticket, ticket: &Ticket) -> Result<()> {
    if stands(before) == stands(ticket) {
        return Ok(());
    }
    let is_merged = ticket.merged_into.is_some();
    if before.merged_into.is_some() != is_merged {
        queries::set_merged(context.tx, ticket.id, is_merged).await?;
    }
    // A merged ticket stands as it stood until it goes on.
    if is_merged {
        return Ok(());
    }
    let Some(stored) = queries::find(context.tx, ticket.id).await? else { return Ok(()) };
    let at = context.now.max(stored.turned_at);
    let (side, cut) = (Side::of(ticket.status, &ticket.waiting_on), cut_of(context, ticket).await?);
    move_on(context, ticket.id, &stored, (side, cut), at).await
}

/// What the ticket is cut by, under its id.
async fn cut_of(context: &mut Context<'_>, ticket: &Ticket) -> Result<Id> {
    let cuts = Cuts::of(ticket);
    if let Some(known) = queries::find_cut(context.tx, &cuts).await? {
        return Ok(known);
    }
    let id = context.ids.next();
    Ok(queries::insert_cut(context.tx, id, &cuts).await?)
}

fn stands(ticket: &Ticket) -> (Side, &str, Option<&str>, Option<Id>, Option<Id>) {
    let side = Side::of(ticket.status, &ticket.waiting_on);
    (side, &ticket.playbook, ticket.team.as_deref(), ticket.organization, ticket.merged_into)
}

async fn move_on(
    context: &mut Context<'_>,
    ticket: Id,
    stored: &Facts,
    (side, cut): (Side, Id),
    at: Timestamp,
) -> Result<()> {
    if (stored.side, stored.cut) == (side, cut) {
        return Ok(());
    }
    if stored.cut != cut && stored.side != Side::Done {
        write(context, ticket, turn(Kind::Left, at, (stored.side, Side::Done), stored.cut)).await?;
        write(context, ticket, turn(Kind::Joined, at, (Side::Done, stored.side), cut)).await?;
    }
    if stored.side != side {
        let kind = match (stored.side, side) {
            (_, Side::Done) => Kind::Closed,
            (Side::Done, _) => Kind::Reopened,
            _ => Kind::Turned,
        };
        write(context, ticket, turn(kind, at, (stored.side, side), cut)).await?;
    }
    Ok(queries::update(context.tx, ticket, side, cut, at).await?)
}

fn turn(kind: Kind, at: Timestamp, (from, to): (Side, Side), cut: Id) -> Turn {
    let ((us, them), (was_us, was_them)) = (to.counts(), from.counts());
    Turn { at, kind, us: us - was_us, them: them - was_them, answered_after: None, cut }
}

async fn write(context: &mut Context<'_>, ticket: Id, turn: Turn) -> Result<()> {
    let id = context.ids.next();
    Ok(queries::insert_turn(context.tx, id, ticket, &turn).await?)
}

/// The client was written to, by a person or a playbook. The first time is the answer, unless it only says that the request came; see
/// [`acknowledges`].
pub async fn said(context: &mut Context<'_>, ticket: Id, by_playbook: bool, recipient: &str) -> Result<()> {
    let stored = match queries::find(context.tx, ticket).await? {
        None if queries::lock_if_to_fill(context.tx, ticket).await? => return Ok(()),
        None => queries::find(context.tx, ticket).await?,
        found => found,
    };
    let Some(stored) = stored.filter(|stored| !stored.is_answered) else { return Ok(()) };
    if !participants::is_requester(context.tx, ticket, recipient).await? {
        return Ok(());
    }
    if by_playbook && acknowledges(&queries::steps_at(context.tx, ticket, context.now).await?) {
        return Ok(());
    }
    let at = context.now.max(stored.opened_at);
    if queries::set_answered(context.tx, ticket, at).await? {
        write(context, ticket, answer(stored.opened_at, at, stored.cut)).await?;
    }
    Ok(())
}

fn answer(opened_at: Timestamp, at: Timestamp, cut: Id) -> Turn {
    let after = at.as_microsecond() - opened_at.as_microsecond();
    Turn { at, kind: Kind::Answered, us: 0, them: 0, answered_after: Some(after.max(0)), cut }
}

/// Whether what a playbook says in these steps of one instant (the event, and whether it was the run's first) is a plain
/// acknowledgement: the first step says that the request came, and what a timer or a clock sends was thought of by nobody.
pub fn acknowledges(steps: &[(String, bool)]) -> bool {
    steps.iter().any(|(event, is_first)| *is_first || event == "after" || event.starts_with("clock."))
}

/// The life of a ticket that was there before its facts were: the sides that it came to stand on, in order, and when it was answered.
pub struct Life {
    /// From when on it stood on which side; the first is its opening.
    pub sides: Vec<(Timestamp, Side)>,
    /// When the client got the first answer.
    pub answered_at: Option<Timestamp>,
}

/// Writes the facts of a ticket that has none. What it was cut by earlier is not known any more: it counts as it is cut now.
pub async fn replay(context: &mut Context<'_>, ticket: &Ticket, life: &Life) -> Result<()> {
    if queries::find(context.tx, ticket.id).await?.is_some() {
        return Ok(());
    }
    let (opened_at, cut) = (ticket.created_at, cut_of(context, ticket).await?);
    queries::insert(context.tx, ticket, Side::Us, cut).await?;
    write(context, ticket.id, turn(Kind::Opened, opened_at, (Side::Done, Side::Us), cut)).await?;
    let mut stored = Facts { opened_at, turned_at: opened_at, is_answered: false, side: Side::Us, cut };
    for (at, side) in &life.sides {
        let at = (*at).max(stored.turned_at);
        move_on(context, ticket.id, &stored, (*side, cut), at).await?;
        stored = Facts { turned_at: at, side: *side, ..stored };
    }
    if let Some(at) = life.answered_at.map(|at| at.max(opened_at))
        && queries::set_answered(context.tx, ticket.id, at).await?
    {
        write(context, ticket.id, answer(opened_at, at, cut)).await?;
    }
    if ticket.merged_into.is_some() {
        queries::set_merged(context.tx, ticket.id, true).await?;
    }
    Ok(())
}

/// Everything that tickets were ever cut by.
pub async fn all_cuts(conn: &mut Conn) -> Result<BTreeMap<Id, Cuts>> {
    Ok(queries::all_cuts(conn).await?)
}

/// Gives what happened in `[from, to)` to `take`, and how many wait on each side as that span ends, as they were at one moment.
pub async fn told(
    conn: &mut Conn,
    (from, to): (Timestamp, Timestamp),
    take: impl FnMut(Told) -> store::Result<()>,
) -> Result<()> {
    Ok(queries::told(conn, from, to, take).await?)
}

/// Whether some tickets have no facts yet, so that figures are too low.
pub async fn is_to_come(conn: &mut Conn) -> Result<bool> {
    Ok(queries::to_fill(conn).await?.is_some())
}

/// The next few tickets that have no facts, the newest first, for whoever fills them in; nobody else does so before this transaction
/// ends. `None` when all have.
pub async fn next_to_fill(tx: &mut Tx, limit: u32) -> Result<Option<Vec<Id>>> {
    match queries::lock_to_fill(tx).await? {
        Some(below) => Ok(Some(queries::below(tx, below, limit).await?)),
        None => Ok(None),
    }
}

/// Says how far the facts were filled in; all of them without an id.
pub async fn filled_down_to(tx: &mut Tx, lowest: Option<Id>) -> Result<()> {
    Ok(queries::filled_down_to(tx, lowest).await?)
}
