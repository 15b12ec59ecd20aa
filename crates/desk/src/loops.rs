//! What turns a desk: functions that do some of what is due and say how much. A server calls them from its workers, a rehearsal
//! until nothing is left.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use directory::Answer;
use futures::FutureExt;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id, failpoint};

use crate::dispatches::Messenger;
use crate::error::Kind;
use crate::ground::Ground;
use crate::handle::work::{SendingDue, Work};
use crate::handle::{
    Chase, Command, FetchMail, Fetched, FireTimer, GiveWay, JudgeQueue, KeepClock, OpenScheduled, Outcome, Recount,
    RecountStep, SuggestionDue, TakeAnswer, Wake,
};
use crate::lookups::{self, Asking, Question};
use crate::mailboxes::{WhyKept, watch};
use crate::outbox::{self, Carrier, Ways};
use crate::runs::queue;
use crate::tickets::snooze;
use crate::{
    Actor, Desk, Error, Result, Settings, dispatches, letters, questions, recounts, schedules, sendings, suggestions,
    timers,
};

/// How many commands are put before the writer at once, so that they share commits.
const AT_ONCE: usize = 64;
/// How long until the desk goes on with a question or a schedule that it failed on.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

impl Desk {
    /// Does up to `limit` of what happens by itself at its time, in order of the instants: timers fire, suggestions are
    /// sent, colleagues are asked again, replies leave, schedules open tickets. Of one ticket only the first, so that the next sees what it did. Says how many.
    pub async fn fire_next(&self, limit: u32) -> Result<usize> {
        let mut due = due(&mut self.read().await?, self.now(), limit).await?;
        due.sort_by_key(|due| due.at);
        let mut tickets = HashSet::new();
        due.retain(|due| due.ticket.is_none_or(|ticket| tickets.insert(ticket)));
        due.truncate(limit as usize);
        let count = due.len();
        self.all(due.into_iter().map(|due| due.command).collect()).await?;
        Ok(count)
    }

    /// Takes the oldest recount of timers some tickets further; says whether there was one. A crash has it go on from
    /// where it was stored.
    pub async fn recount_next(&self) -> Result<usize> {
        let Some(recount) = recounts::first(&mut self.read().await?).await? else { return Ok(0) };
        let step = |step| Command::Recount(Recount { recount: recount.id, step });
        for by in [RecountStep::Some, RecountStep::One, RecountStep::Past] {
            match self.handle(&Actor::Desk, step(by)).await {
                // A ticket that the desk fails on keeps its timers, and does not hold up the others.
                Err(error) if error.kind != Kind::Unavailable && by != RecountStep::Past => {
                    tracing::error!(code = error.code, ?by, "timers could not be counted anew: {}", error.message);
                }
                outcome => return outcome.map(|_| 1),
            }
        }
        Ok(1)
    }

    /// Judges the queues of up to `limit` tickets; says of how many.
    pub async fn judge_next(&self, limit: u32) -> Result<usize> {
        let tickets = queue::tickets_to_judge(&mut self.read().await?, limit).await?;
        let count = tickets.len();
        let commands = tickets.into_iter().map(|ticket| Command::JudgeQueue(JudgeQueue { ticket }));
        self.all(commands.collect()).await?;
        Ok(count)
    }

    /// Carries out up to `limit` effects that are due, and as many letters and mails with notices; says how many.
    pub async fn deliver_next(&self, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
        let mails = outbox::deliver_next(&self.called_as_today().await?, &self.shelf, carrier, limit).await?;
        let letters = self.deliver_letters(carrier, limit).await?;
        let routed = self.route_notices(limit).await?;
        Ok(mails + letters + routed + self.deliver_notices(carrier, limit).await?)
    }

    /// Looks up by which ways up to `limit` notices leave the desk; says how many.
    pub async fn route_notices(&self, limit: u32) -> Result<usize> {
        dispatches::route_next(&self.ground, &self.handbooks, limit).await
    }

    /// Carries out up to `limit` mails with notices that are due; says how many.
    pub async fn deliver_notices(&self, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
        dispatches::deliver_next(&self.ground, &self.handbooks, carrier, limit).await
    }

    /// Carries out up to `limit` letters that are due; says how many.
    pub async fn deliver_letters(&self, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
        letters::deliver_next(&self.ground, &self.handbooks, carrier, limit).await
    }

    /// Carries out what leaves through one mailbox, or by what the process was given, and goes on while there is more of it: up to
    /// `limit` effects, or until `is_over` says so. Says how many.
    pub async fn work_off(
        &self,
        carrier: &dyn Carrier,
        (way, limit): (Option<Id>, usize),
        is_over: &(dyn Fn() -> bool + Sync),
    ) -> Result<usize> {
        let ground = self.called_as_today().await?;
        outbox::deliver::work_off(&ground, &self.shelf, carrier, (Ways::Just(way), limit), is_over).await
    }

    /// Posts up to `limit` notices that are due to Slack and Discord; says how many.
    pub async fn post_notices(&self, messenger: &dyn Messenger, limit: u32) -> Result<usize> {
        dispatches::post_next(&self.ground, &self.handbooks, messenger, limit).await
    }

    /// The ground with the name that today's handbook gives the desk: mail that leaves from now on is from it.
    async fn called_as_today(&self) -> Result<Ground> {
        let handbook = self.handbooks.current(&mut self.read().await?).await?;
        let mut ground = self.ground.clone();
        if ground.settings.address.name.as_ref() != Some(&handbook.desk.name) {
            let mut settings = Settings::clone(&ground.settings);
            settings.address.name = Some(handbook.desk.name.clone());
            ground.settings = Arc::new(settings);
        }
        Ok(ground)
    }

    /// When something next waits for silence that a mailbox which is read until `read` does not know of yet.
    pub async fn next_silence(&self, read: Timestamp) -> Result<Option<Timestamp>> {
        let mut conn = self.read().await?;
        let timer = timers::first_after(&mut conn, read).await?;
        let draft = suggestions::first_after(&mut conn, read).await?;
        Ok(timer.into_iter().chain(draft).min())
    }

    /// Brings in what was fetched from a mailbox. What the desk fails on is set aside, so that the next can be fetched; what fails
    /// because the database is away stays on its server.
    pub async fn bring(&self, fetched: FetchMail) -> Result<Outcome> {
        let bringing = self.handle(&Actor::Outside, Command::FetchMail(fetched.clone()));
        let (error, raw) = match (AssertUnwindSafe(bringing).catch_unwind().await, fetched.what) {
            (Ok(Err(error)), Fetched::Mail(raw)) if !matches!(error.kind, Kind::Unavailable | Kind::NotFound) => {
                (error.message, raw)
            }
            (Err(_), Fetched::Mail(raw)) => (WhyKept::Failed.to_string(), raw),
            (Err(_), _) => return Err(Error::internal("what is left of a mail could not be kept")),
            (Ok(outcome), _) => return outcome,
        };
        tracing::error!(mailbox = %fetched.lay.mailbox, uid = fetched.lay.uid, "a mail was set aside: {error}");
        let what = Fetched::Trouble { raw, reason: error };
        self.handle(&Actor::Outside, Command::FetchMail(FetchMail { lay: fetched.lay, what })).await
    }

    /// Puts the oldest question that is due through a connection, and hands its answer on; says how many it took up, which is
    /// one or none. A crash before the answer was stored has the question put again.
    pub async fn look_up_next(&self, connection: &str) -> Result<usize> {
        let Some(asking) = lookups::claim(&self.ground, connection).await? else { return Ok(0) };
        failpoint::reached("lookups.claimed");
        let answer = match self.put_question(&asking).await {
            Err(error) if error.kind != Kind::Unavailable => Answer::Failed { reason: error.message, again: false },
            outcome => outcome?,
        };
        let Some(heard) = lookups::weigh(&self.ground, &asking, answer).await? else { return Ok(1) };
        let (ticket, id) = (asking.ticket, asking.id);
        let command = Command::TakeAnswer(TakeAnswer { ticket, asking: id, heard });
        match self.handle(&Actor::Desk, command).await {
            Err(error) if error.kind != Kind::Unavailable => {
                tracing::error!(%ticket, code = error.code, "an answer could not be taken in: {}", error.message);
                lookups::put_off(&self.ground, id, AGAIN_AFTER, &error.message).await?;
            }
            outcome => drop(outcome?),
        }
        Ok(1)
    }

    async fn put_question(&self, asking: &Asking) -> Result<Answer> {
        let handbook = self.handbooks.revision(&mut self.read().await?, asking.revision).await?;
        let Some(lookup) = handbook.lookups.get(&asking.lookup) else {
            let reason = format!("the handbook has no look-up `{}`", asking.lookup);
            return Ok(Answer::Failed { reason, again: false });
        };
        let question = Question::of(lookup, &asking.parameters);
        Ok(question.read(self.directory.ask(&question).await))
    }

    /// Puts every question that is due, one after the other; says how many.
    async fn look_up(&self) -> Result<usize> {
        let mut count = 0;
        for connection in lookups::connections_due(&self.ground).await? {
            while self.look_up_next(&connection).await? > 0 {
                count += 1;
            }
        }
        Ok(count)
    }

    /// Judges, asks, fires and delivers until nothing is left to do at this instant.
    pub async fn settle(&self, carrier: &dyn Carrier) -> Result<()> {
        loop {
            while self.recount_next().await? > 0 {}
            let judged = self.judge_next(200).await?;
            let delivered = self.deliver_next(carrier, 64).await?;
            let asked = self.look_up().await?;
            // Timers fire one by one, so that each sees what the one before it did.
            let fired = if judged + delivered + asked == 0 { self.fire_next(1).await? } else { 0 };
            if judged + delivered + asked + fired == 0 {
                return Ok(());
            }
        }
    }

    /// Moves the demo's clock forward and remembers it.
    pub async fn advance_clock(&self, by: SignedDuration) -> Result<()> {
        self.ground.clock.advance(by);
        let offset_micros = i64::try_from(self.ground.clock.offset().as_micros()).unwrap_or(i64::MAX);
        self.handle(&Actor::Desk, Command::KeepClock(KeepClock { offset_micros })).await.map(drop)
    }

    /// Does commands of the desk itself, many at once. Each stands alone: the others are done even if one fails, and the first
    /// failure is the answer.
    async fn all(&self, commands: Vec<Command>) -> Result<()> {
        let mut first_failure = Ok(());
        let mut commands = commands.into_iter().peekable();
        while commands.peek().is_some() {
            let some: Vec<Command> = commands.by_ref().take(AT_ONCE).collect();
            for outcome in join_all(some.into_iter().map(|command| self.one(command))).await {
                first_failure = first_failure.and(outcome);
            }
        }
        first_failure
    }

    /// Does one command. What fails by a defect of the desk gives way to what is due behind it; what fails because the database is
    /// away stays where it is.
    async fn one(&self, command: Command) -> Result<()> {
        if let Command::OpenScheduled(command) = command {
            return self.open_scheduled(command).await;
        }
        let ticket = match &command {
            Command::FireTimer(command) => Some(command.ticket),
            Command::SuggestionDue(command) => Some(command.ticket),
            Command::Chase(command) => Some(command.ticket),
            Command::Work(Work::SendingDue(command)) => Some(command.ticket),
            Command::JudgeQueue(command) => Some(command.ticket),
            Command::Wake(command) => Some(command.ticket),
            _ => None,
        };
        match (self.handle(&Actor::Desk, command).await, ticket) {
            (Err(error), Some(ticket)) if error.kind != Kind::Unavailable => {
                tracing::error!(%ticket, code = error.code, "a ticket could not be moved: {}", error.message);
                let reason = error.message;
                self.handle(&Actor::Desk, Command::GiveWay(GiveWay { ticket, reason })).await.map(drop)
            }
            (outcome, _) => outcome.map(drop),
        }
    }

    /// The same for a schedule, which belongs to no ticket.
    async fn open_scheduled(&self, command: OpenScheduled) -> Result<()> {
        let OpenScheduled { playbook, schedule } = command.clone();
        match self.handle(&Actor::Desk, Command::OpenScheduled(command)).await {
            Err(error) if error.kind != Kind::Unavailable => {
                tracing::error!(playbook, schedule, code = error.code, "a schedule failed: {}", error.message);
                schedules::put_off(&self.ground, &playbook, &schedule, AGAIN_AFTER, &error.message).await
            }
            outcome => outcome.map(drop),
        }
    }
}

/// Something that happens by itself.
struct Due {
    at: Timestamp,
    /// The ticket that it is about; none of what opens one.
    ticket: Option<Id>,
    command: Command,
}

/// What is due at `now`, of each kind up to `limit`; at the same instant timers come first.
async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let behind = watch::behind(conn, now).await?;
    let timers = timers::due(conn, now, behind.as_ref(), limit).await?.into_iter().map(|due| {
        let (at, ticket) = (due.timer.due, due.ticket);
        Due { at, ticket: Some(ticket), command: Command::FireTimer(FireTimer { ticket, timer: due.timer }) }
    });
    let suggestions = suggestions::due(conn, now, behind.as_ref(), limit).await?.into_iter().map(|due| {
        let (at, ticket, suggestion) = (due.at, due.ticket, due.suggestion);
        Due { at, ticket: Some(ticket), command: Command::SuggestionDue(SuggestionDue { ticket, suggestion }) }
    });
    let questions = questions::due(conn, now, limit).await?.into_iter().map(|due| {
        let (at, ticket, question) = (due.at, due.ticket, due.question);
        Due { at, ticket: Some(ticket), command: Command::Chase(Chase { ticket, question }) }
    });
    let sendings = sendings::due(conn, now, limit).await?.into_iter().map(|due| {
        let (at, ticket, sending) = (due.at, due.ticket, due.sending);
        Due { at, ticket: Some(ticket), command: Command::Work(Work::SendingDue(SendingDue { ticket, sending })) }
    });
    let schedules = schedules::due(conn, now, limit).await?.into_iter().map(|due| {
        let (at, playbook, schedule) = (due.at, due.playbook, due.schedule);
        Due { at, ticket: None, command: Command::OpenScheduled(OpenScheduled { playbook, schedule }) }
    });
    let waking = snooze::due(conn, now, limit).await?.into_iter().map(|(at, ticket)| {
        let command = Command::Wake(Wake { ticket });
        Due { at, ticket: Some(ticket), command }
    });
    Ok(timers.chain(suggestions).chain(questions).chain(sendings).chain(schedules).chain(waking).collect())
}
