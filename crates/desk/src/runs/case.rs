//! A ticket with everything that a step needs, loaded and locked once for a command and stored once at its end.

use std::collections::VecDeque;
use std::sync::Arc;

use playbook::{Done, Event, Handbook, Memory, Playbook, Run, Timer};
use store::{Conn, Id};

use super::facts::Surroundings;
use super::{fan_out, queries};
use crate::contacts::{self, Contact};
use crate::handbook::Handbooks;
use crate::tickets::{self, FirstClock, Ticket};
use crate::{Actor, Context, Error, Result, timers};

/// How much of what came of a step's actions is kept in its line.
const DONE_MAX: usize = 20;

/// A moment of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMoment {
    /// It is about to run out.
    Warning,
    /// It ran out.
    Breach,
}

impl ClockMoment {
    /// The moment that a timer is, if it is one of a clock.
    pub fn of(timer: &Timer) -> Option<Self> {
        let is_clock = timer.state.starts_with('@');
        is_clock.then_some(if timer.position == 0 { Self::Breach } else { Self::Warning })
    }
}

/// A ticket at work.
pub struct Case {
    /// The ticket's row, locked.
    pub ticket: Ticket,
    /// Its run.
    pub run: Run,
    /// Whether the run has entered its first state.
    pub begun: bool,
    /// The number of the handbook revision that it is pinned to.
    pub revision: i64,
    /// That revision.
    pub handbook: Arc<Handbook>,
    /// Today's handbook: calendars are its, whatever revision the run is pinned to.
    pub today: Arc<Handbook>,
    /// Who asked.
    pub requester: Contact,
    /// Events that this command's effects raised on the same ticket and that are judged next.
    pub raised: VecDeque<Event>,
    /// Whether a mail from outside is what moves it now: answers to mail are counted, for a program may be writing.
    pub by_mail: bool,
    /// Which moment of a clock moves it now: what its playbook says then is about that.
    pub by_clock: Option<ClockMoment>,
    /// Whether whoever opens the ticket by hand said who gets it: no first step gives it to another.
    pub given_by_hand: bool,
    /// What came of the actions of the step that is being kept.
    pub(super) done: Vec<Done>,
    /// What stands around the ticket, once it was read; see [`Case::around`].
    pub(super) around: Option<Surroundings>,
    ticket_stored: Ticket,
    timers_stored: Vec<Timer>,
    clock_stored: Option<FirstClock>,
    /// Whether lists may know a clock that does not count where the run is, as earlier versions kept them.
    clock_unsure: bool,
    is_new: bool,
    changed: bool,
}

impl Case {
    /// The case of a ticket whose row this command has just made, in today's handbook.
    pub fn new(ticket: Ticket, requester: Contact, handbook: Arc<Handbook>, revision: i64) -> Self {
        let run = Run {
            playbook: ticket.playbook.clone(),
            state: String::new(),
            fields: ticket.fields.clone(),
            timers: Vec::new(),
            step: 0,
            ended: None,
            memory: Memory::default(),
        };
        Self {
            ticket_stored: ticket.clone(),
            ticket,
            run,
            begun: false,
            revision,
            today: Arc::clone(&handbook),
            handbook,
            requester,
            raised: VecDeque::new(),
            by_mail: false,
            by_clock: None,
            given_by_hand: false,
            done: Vec::new(),
            around: None,
            timers_stored: Vec::new(),
            clock_stored: None,
            clock_unsure: false,
            is_new: true,
            changed: true,
        }
    }

    /// Loads a ticket and locks it until the transaction ends.
    ///
    /// # Errors
    /// `merged` for whoever would work on a ticket that was merged into another one. What the desk itself does finds its run
    /// suspended: no event is judged there; see [`merging`](super::merging).
    pub async fn load(context: &mut Context<'_>, handbooks: &Handbooks, ticket: Id) -> Result<Self> {
        let ticket = tickets::lock(context, ticket).await?;
        if let Some(into) = ticket.merged_into
            && *context.actor != Actor::Desk
        {
            return Err(merged(context, &ticket, into).await);
        }
        Self::read(context.tx, handbooks, ticket).await
    }

    /// What belongs to a ticket whose row was read already; to look at when its row is not locked.
    pub async fn read(conn: &mut Conn, handbooks: &Handbooks, ticket: Ticket) -> Result<Self> {
        let stored = queries::find(conn, ticket.id).await?;
        let stored = stored.ok_or_else(|| Error::internal("a ticket without a run"))?;
        let handbook = handbooks.revision(conn, stored.revision).await?;
        let today = handbooks.current(conn).await?;
        let requester = contacts::find(conn, ticket.requester).await?;
        let requester = requester.ok_or_else(|| Error::internal("a ticket without a requester"))?;
        let timers = timers::of_ticket(conn, ticket.id).await?;
        let run = Run {
            playbook: stored.playbook,
            state: ticket.state.clone(),
            fields: ticket.fields.clone(),
            timers: timers.clone(),
            step: stored.step,
            ended: stored.ended_at,
            memory: stored.memory,
        };
        let playbook = handbook.playbook(&run.playbook);
        let clock_stored = playbook.and_then(|playbook| first_clock(playbook, &run));
        let clock_unsure = playbook.is_some_and(|playbook| playbook.has_quiet_clock(&run));
        Ok(Self {
            ticket_stored: ticket.clone(),
            ticket,
            run,
            clock_stored,
            clock_unsure,
            begun: stored.begun,
            revision: stored.revision,
            handbook,
            today,
            requester,
            raised: VecDeque::new(),
            by_mail: false,
            by_clock: None,
            given_by_hand: false,
            done: Vec::new(),
            around: None,
            timers_stored: timers,
            is_new: false,
            changed: false,
        })
    }

    /// The playbook that the run is in.
    pub fn playbook(&self) -> Result<Arc<Playbook>> {
        self.handbook
            .playbook(&self.run.playbook)
            .cloned()
            .ok_or_else(|| Error::internal(format!("revision {} has no playbook {}", self.revision, self.run.playbook)))
    }

    /// Which clock the firing of `timer` counted for at `now`, by its title in the desk's first language; `None` where it was no clock's,
    /// or its time did not count.
    pub fn clock_counted(&self, timer: &Timer, now: jiff::Timestamp) -> Result<Option<(ClockMoment, String)>> {
        let Some(moment) = ClockMoment::of(timer) else { return Ok(None) };
        let name = timer.state.trim_start_matches('@');
        let ran = self.run.memory.clocks.get(name);
        let happened = ran.and_then(|ran| if moment == ClockMoment::Breach { ran.breached } else { ran.warned });
        if happened != Some(now) {
            return Ok(None);
        }
        let language = self.today.desk.languages.first().map_or("", String::as_str);
        let playbook = self.playbook()?;
        let title = playbook.clock_title(name).map_or(name, |title| title.text(language));
        Ok(Some((moment, title.to_owned())))
    }

    /// What stands around the ticket, read once for a command: nothing there changes under its lock but by the command itself, which
    /// says so by [`Case::look_again`]. It is taken out; whoever has looked puts it back.
    pub(super) async fn around(&mut self, conn: &mut Conn) -> Result<Surroundings> {
        let playbook = self.playbook()?;
        match self.around.take() {
            Some(around) if around.is_of(&self.ticket) => Ok(around),
            _ => Surroundings::needed_by(conn, &self.ticket, &playbook, self.is_new).await,
        }
    }

    /// Whether a ticket was opened under `alias` with this key, as far as what stands around the ticket was read.
    pub(super) fn has_linked(&self, alias: &str, key: &str) -> bool {
        self.around.as_ref().is_some_and(|around| fan_out::has_key(&around.children, alias, key))
    }

    /// The language that the organization is written to in, as far as what stands around the ticket was read.
    pub(super) fn organization_language(&self) -> Option<&str> {
        self.around.as_ref()?.organization.as_ref()?.language.as_deref()
    }

    /// Says that the organization, the assignee or a linked ticket is no longer as it was read.
    pub fn look_again(&mut self) {
        self.around = None;
    }

    /// Notes what came of an action, for the line that history keeps of its step.
    pub(super) fn note_done(&mut self, done: Done) {
        if self.done.len() < DONE_MAX && !self.done.contains(&done) {
            self.done.push(done);
        }
    }

    /// Says that the ticket's row, run or conversation is no longer as it was loaded.
    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// Takes over what a step made of the run.
    pub fn take(&mut self, run: Run, standing: &playbook::Standing, now: jiff::Timestamp) {
        self.run = run;
        self.begun = true;
        self.ticket.fields = self.run.fields.clone();
        tickets::take_standing(&mut self.ticket, standing, now);
        self.touch();
    }

    /// Says that the run goes on at today's revision, which has this number.
    pub fn go_to_revision(&mut self, revision: i64) {
        self.look_again();
        self.revision = revision;
        self.handbook = Arc::clone(&self.today);
        self.touch();
    }

    /// Says that the ticket goes on in another playbook, and with its team where it names one.
    pub fn move_to(&mut self, playbook: &Playbook) {
        self.look_again();
        self.ticket.playbook = playbook.name().to_owned();
        if let Some(team) = playbook.team() {
            self.ticket.team = Some(team.to_owned());
        }
        self.touch();
    }

    /// Stores what changed.
    pub async fn store(&mut self, context: &mut Context<'_>) -> Result<()> {
        if !self.changed {
            return Ok(());
        }
        if self.is_new {
            queries::insert(context.tx, self).await?;
            self.is_new = false;
        } else {
            queries::update(context.tx, self).await?;
        }
        let playbook = self.playbook().ok();
        let punctual = |timer: &Timer| playbook.as_ref().is_some_and(|playbook| playbook.is_punctual(timer));
        timers::keep(context, self.ticket.id, &self.timers_stored, &self.run.timers, punctual).await?;
        self.timers_stored = self.run.timers.clone();
        let clock = playbook.as_ref().and_then(|playbook| first_clock(playbook, &self.run));
        if self.clock_unsure || clock != self.clock_stored {
            tickets::set_clock(context, self.ticket.id, clock.as_ref()).await?;
            (self.clock_stored, self.clock_unsure) = (clock, false);
        }
        tickets::save(context, &self.ticket_stored, &mut self.ticket).await?;
        self.ticket_stored = self.ticket.clone();
        self.changed = false;
        Ok(())
    }
}

/// The clock of a run that runs out first, or ran out first and was not stopped since.
fn first_clock(playbook: &Playbook, run: &Run) -> Option<FirstClock> {
    let open = playbook.open_clocks(run).min_by(|(_, one), (_, other)| one.due.cmp(&other.due));
    open.map(|(name, ran)| FirstClock { name: name.to_owned(), due: ran.due })
}

async fn merged(context: &mut Context<'_>, ticket: &Ticket, into: Id) -> Error {
    match tickets::find(context.tx, into).await {
        Ok(Some(into)) => {
            let words = format!("Ticket {} was merged into ticket {}.", ticket.number, into.number);
            Error::conflict("merged", words).advise("Go on there, or take the two apart first.")
        }
        Ok(None) => Error::internal("a ticket was merged into none"),
        Err(error) => error,
    }
}
