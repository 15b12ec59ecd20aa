//! The stage: a desk, a clock that jumps, and what was seen so far.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use playbook::{Deed, DeedKind, Expectation, ExpectationKind, Files, Place, Scenario};
use store::{Chance, Clock, Conn, Id, Location};

use super::directory::Rehearsed;
use super::mailbox::Mailbox;
use super::outages::{Outages, Sender};
use super::{Failure, Report, cast, deeds, directory, expectations, left, timeline};
use crate::outbox::catcher::Catcher;
use crate::page::Page;
use crate::rights::Scope;
use crate::tickets::{self, Filter};
use crate::{Actor, Desk, Error, Opening, Result, Role};

/// How many due moments a rehearsal may pass before it is given up: a week of a timer that fires each minute.
const MOMENTS_MAX: usize = 20_000;

/// A rehearsal at work.
pub(super) struct Stage {
    pub(super) desk: Desk,
    pub(super) outages: Outages,
    pub(super) mailbox: Mailbox,
    sender: Sender<Catcher>,
    pub(super) starts: Timestamp,
    passed: usize,
    failed: Vec<Failure>,
}

/// What a story does or expects at an instant; what was away is back before deeds, and they come before expectations.
enum Cue<'s> {
    Back,
    Deed(&'s Deed),
    Expectation(&'s Expectation),
}

impl Stage {
    /// Opens the desk and lets in everybody who is there from the start.
    pub(super) async fn set(files: &Files, scenario: &Scenario, location: Location) -> Result<Self> {
        let starts = scenario.starts.timestamp();
        let opening = Opening {
            location,
            attachments: None,
            handbook: Some(files.clone()),
            address: None,
            clock: Clock::standing_at(starts),
            chance: Chance::seeded(1),
            holder: "rehearsal".to_owned(),
        };
        let desk = Desk::open(opening).await?;
        cast::let_in(&desk, &scenario.given).await?;
        let outages = Outages::none(desk.ground.clock.clone());
        let handbook = desk.handbooks.current(&mut desk.read().await?).await?;
        let desk = desk.asking(Arc::new(Rehearsed::new(&scenario.given, outages.clone())));
        let sender = Sender { carrier: Catcher::new(desk.ground.clone()), outages: outages.clone() };
        let mailbox = Mailbox::new(outages.clone());
        let mut stage = Self { desk, outages, mailbox, sender, starts, passed: 0, failed: Vec::new() };
        for message in directory::unsuitable(&scenario.given, &handbook) {
            stage.fail(&scenario.place, message);
        }
        Ok(stage)
    }

    /// Whoever looks on: may see everything and changes nothing.
    pub(super) fn onlooker() -> Actor {
        Actor::Program { name: "rehearsal".to_owned(), role: Role::Owner }
    }

    /// Plays the whole story.
    pub(super) async fn play(&mut self, scenario: &Scenario) -> Result<()> {
        self.refuse_idle(scenario).await?;
        let mut cues: Vec<(SignedDuration, u8, Cue<'_>)> = Vec::new();
        cues.extend(scenario.when.iter().filter_map(|deed| match deed.kind {
            DeedKind::Fails { lasts, .. } => Some((deed.at.checked_add(lasts)?, 0, Cue::Back)),
            _ => None,
        }));
        cues.extend(scenario.when.iter().map(|deed| (deed.at, 1, Cue::Deed(deed))));
        let timed = scenario.then.iter().filter_map(|wanted| wanted.at.map(|at| (at, 2, Cue::Expectation(wanted))));
        cues.extend(timed);
        cues.sort_by_key(|(at, order, _)| (*at, *order));
        let never: Vec<&Expectation> =
            scenario.then.iter().filter(|wanted| matches!(wanted.kind, ExpectationKind::Never(_))).collect();

        for (at, _, cue) in cues {
            self.wait_until(self.starts + at, &never).await?;
            match cue {
                Cue::Back => self.settle(&never).await?,
                Cue::Deed(deed) => {
                    if let Err(error) = deeds::perform(self, deed).await {
                        self.fail(&deed.place, format!("this could not be done: {error}"));
                    }
                    self.settle(&never).await?;
                }
                Cue::Expectation(wanted) => self.check(wanted).await?,
            }
        }
        for wanted in scenario.then.iter().filter(|wanted| wanted.at.is_none()) {
            self.check(wanted).await?;
        }
        self.check_nothing_waits(&scenario.place).await
    }

    /// A story whose expectations hold before anything was done shows nothing.
    async fn refuse_idle(&mut self, scenario: &Scenario) -> Result<()> {
        for wanted in &scenario.then {
            if expectations::unmet(self, &wanted.kind).await?.is_some() {
                return Ok(());
            }
        }
        self.fail(
            &scenario.place,
            "every expectation holds before anything is done: this scenario shows nothing".to_owned(),
        );
        Ok(())
    }

    /// Lets time pass until `at`, stopping wherever something is due.
    async fn wait_until(&mut self, at: Timestamp, never: &[&Expectation]) -> Result<()> {
        for _ in 0..MOMENTS_MAX {
            match self.desk.next_due().await? {
                Some(due) if due < at => {
                    self.desk.ground.clock.advance_to(due);
                    self.settle(never).await?;
                }
                _ => {
                    self.desk.ground.clock.advance_to(at);
                    return Ok(());
                }
            }
        }
        Err(Error::conflict("endless", "Timers fall due without end: the rehearsal was given up."))
    }

    /// Reads the mailbox and does everything that is due now.
    async fn turn(&self) -> Result<()> {
        self.mailbox.fetch(&self.desk).await?;
        self.desk.settle(&self.sender).await
    }

    /// Does everything that is due now, and looks whether something happened that never should.
    async fn settle(&mut self, never: &[&Expectation]) -> Result<()> {
        self.turn().await?;
        for unwanted in never {
            if let ExpectationKind::Never(kind) = &unwanted.kind
                && expectations::unmet(self, kind).await?.is_none()
            {
                let message = format!("this should never be so, and is at {}", self.desk.now());
                if !self.failed.iter().any(|failure| failure.place == unwanted.place.to_string()) {
                    self.fail(&unwanted.place, message);
                }
            }
        }
        Ok(())
    }

    async fn check(&mut self, wanted: &Expectation) -> Result<()> {
        self.turn().await?;
        if let ExpectationKind::Never(_) = wanted.kind {
            let place = wanted.place.to_string();
            self.passed += usize::from(!self.failed.iter().any(|failure| failure.place == place));
            return Ok(());
        }
        match expectations::unmet(self, &wanted.kind).await? {
            None => self.passed += 1,
            Some(message) => self.fail(&wanted.place, message),
        }
        Ok(())
    }

    /// No story may end with effects that were begun and not carried out: what comes of them would not be seen.
    async fn check_nothing_waits(&mut self, place: &Place) -> Result<()> {
        self.turn().await?;
        for undone in left::undone(self).await? {
            let advice = "let the story go on until then, with an expectation at that time";
            self.fail(place, format!("the story ends too early: {undone} ({advice})"));
        }
        Ok(())
    }

    fn fail(&mut self, place: &Place, message: String) {
        self.failed.push(Failure { place: place.to_string(), message });
    }

    /// The first ticket of the story, or the newest that it opened under an alias, of many by `ALIAS/KEY`. `2` is the second of
    /// those that nobody opened but the world, `2.config` the one that it opened as `config`.
    pub(super) async fn ticket(&self, name: Option<&str>) -> Result<Option<tickets::Ticket>> {
        let (number, alias) = name.map_or((1, None), named);
        let mut all = self.all_tickets().await?;
        all.sort_unstable();
        // A rehearsal has one connection, so it is asked for last.
        let mut conn = self.desk.read().await?;
        let mut from_outside = 0;
        for id in all {
            from_outside += usize::from(tickets::links::opener(&mut conn, id).await?.is_none());
            if from_outside == number {
                return match alias {
                    None => tickets::find(&mut conn, id).await,
                    Some(alias) => linked(&mut conn, id, alias).await,
                };
            }
        }
        Ok(None)
    }

    /// Every ticket.
    pub(super) async fn all_tickets(&self) -> Result<Vec<Id>> {
        let scope = Scope::of(&Self::onlooker())?;
        let mut conn = self.desk.read().await?;
        let mut ids = Vec::new();
        let mut page = Page { after: None, limit: 200 };
        loop {
            let listed = tickets::list(&mut conn, scope, &Filter::default(), page).await?;
            ids.extend(listed.items.iter().map(|row| row.ticket.id));
            match listed.next {
                Some(next) => page.after = Some(next),
                None => return Ok(ids),
            }
        }
    }

    /// Notes that something went wrong with the story as a whole.
    pub(super) fn give_up(&mut self, scenario: &Scenario, message: String) {
        self.fail(&scenario.place, message);
    }

    /// How many expectations were met, and what was not.
    pub(super) fn verdict(&self) -> (usize, Vec<Failure>) {
        (self.passed, self.failed.clone())
    }

    /// What was seen.
    pub(super) async fn report(&self) -> Result<Report> {
        let timeline = timeline::of(self).await?;
        Ok(Report { timeline, passed: self.passed, failed: self.failed.clone() })
    }

    /// Takes everything down.
    pub(super) async fn strike(self) -> Result<()> {
        self.desk.ground.db.erase().await?;
        self.desk.ground.db.close().await;
        Ok(())
    }
}

/// Which ticket from outside a story means, counted from 1, and which of those that it opened.
fn named(name: &str) -> (usize, Option<&str>) {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    first.parse().map_or((1, Some(name)), |number| (number, rest))
}

/// The newest ticket that `opener` opened under an alias, or the one of that key: `ALIAS/KEY`. An alias has no slash.
async fn linked(conn: &mut Conn, opener: Id, alias: &str) -> Result<Option<tickets::Ticket>> {
    let (alias, key) = alias.split_once('/').map_or((alias, None), |(alias, key)| (alias, Some(key)));
    let children = tickets::links::children(conn, opener).await?;
    let is_meant =
        |link: &tickets::links::Linked| link.alias == alias && key.is_none_or(|key| link.key.as_deref() == Some(key));
    Ok(children.into_iter().rfind(is_meant).map(|link| link.ticket))
}
