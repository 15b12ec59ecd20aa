//! Judging an event: the interpreter's step, kept with its effects, its timers and its reason.

use std::sync::Arc;

use jiff::Timestamp;
use playbook::{Event, Facts, Fault, Place, Playbook, Step};
use store::Id;

use super::history::{NewEntry, complete, record};
use super::{Case, actions, bounds, facts, fan_out, pending, queue, recounting};
use crate::messages::Author;
use crate::notifications::{self, What};
use crate::{Context, Error, Result};

/// How many steps one command may make of a ticket. More means that events raise each other without end.
const STEPS_MAX: usize = 200;

/// Who caused an event, and by which message.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Who.
    pub by: Author,
    /// Their message, where there is one.
    pub message: Option<Id>,
}

impl Cause {
    /// The actor of this command, by no message.
    pub fn actor(context: &Context<'_>) -> Self {
        Self { by: Author::actor(context.actor), message: None }
    }
}

/// What came of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// A state took it and the run moved on.
    Taken,
    /// No state takes it now; nothing moved.
    NotTaken,
    /// The playbook failed on it; nothing moved, and the team was told.
    Faulted,
}

/// What judging a ticket's queue left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Nothing.
    Empty,
    /// An event that no state takes yet.
    Waits,
}

/// Gives a ticket an event: what waits in its queue is judged first, then the event, then what that made possible. The
/// caller stores the case.
///
/// A choice that is not to be had is the caller's error. A fault of the playbook moves nothing: it is kept in the
/// history and the ticket's team is told.
pub async fn advance(context: &mut Context<'_>, case: &mut Case, event: &Event, cause: &Cause) -> Result<Judged> {
    let queue = drain(context, case).await?;
    take_in(context, case, event, cause, queue).await
}

/// The same for a ticket whose queue was drained a moment ago, which left it like this.
pub async fn take_in(
    context: &mut Context<'_>,
    case: &mut Case,
    event: &Event,
    cause: &Cause,
    queue: Queue,
) -> Result<Judged> {
    let judged = judge(context, case, event, cause).await?;
    if judged == Judged::Taken && queue == Queue::Waits {
        drain(context, case).await?;
    }
    Ok(judged)
}

/// Judges what waits in the ticket's queue, in order, until its head is not taken; says whether something is left.
pub async fn drain(context: &mut Context<'_>, case: &mut Case) -> Result<Queue> {
    if case.ticket.merged_into.is_some() {
        return wait(context, case).await;
    }
    for _ in 0..STEPS_MAX {
        let Some(queued) = queue::head(context, case.ticket.id).await? else { return Ok(Queue::Empty) };
        if fan_out::is_idle(context, case, &queued).await? {
            queue::remove(context, &queued).await?;
            continue;
        }
        let cause = Cause { by: Author::actor(&crate::Actor::Desk), message: None };
        let event = queued.event();
        let takes = !case.begun || takes(context, case, &event, queued.parked).await?;
        // What a linked ticket said is no answer to the mail that happens to have it judged now.
        let by_mail = std::mem::take(&mut case.by_mail);
        let judged = if takes { judge(context, case, &event, &cause).await? } else { Judged::NotTaken };
        case.by_mail = by_mail;
        if judged == Judged::Taken || !queued.waits {
            queue::remove(context, &queued).await?;
        } else {
            // What failed waits too: it is tried again when the ticket next moves. So does all that has come behind it since, also where
            // the head was judged before.
            queue::park(context, case.ticket.id).await?;
            return Ok(Queue::Waits);
        }
    }
    Err(Error::internal("the events of linked tickets raise each other without end"))
}

/// Leaves what is in the queue of a merged ticket for when it goes on.
async fn wait(context: &mut Context<'_>, case: &Case) -> Result<Queue> {
    match queue::head(context, case.ticket.id).await? {
        None => Ok(Queue::Empty),
        Some(_) => {
            queue::park(context, case.ticket.id).await?;
            Ok(Queue::Waits)
        }
    }
}

/// Whether some state would take the event now. A fault here shows itself when the event is judged, so it counts as taken; an event
/// that was judged before waits quietly until it would go well, so that the team is told of it once.
async fn takes(context: &mut Context<'_>, case: &mut Case, event: &Event, again: bool) -> Result<bool> {
    let facts = facts::gather(context, case).await?;
    let playbook = case.playbook()?;
    if again {
        return Ok(playbook.step(&case.run, &facts, event, context.now).is_ok_and(|step| step.taken));
    }
    Ok(playbook.takes(&case.run, &facts, event, context.now).unwrap_or(true))
}

/// Judges one event and whatever its effects raise on the same ticket.
async fn judge(context: &mut Context<'_>, case: &mut Case, event: &Event, cause: &Cause) -> Result<Judged> {
    let judged = judge_one(context, case, event, cause).await?;
    judge_raised(context, case, cause).await?;
    Ok(judged)
}

/// Judges what the effects of a step have raised on its own ticket, and what that raises.
pub(super) async fn judge_raised(context: &mut Context<'_>, case: &mut Case, cause: &Cause) -> Result<()> {
    let mut steps = 0;
    while let Some(raised) = case.raised.pop_front() {
        steps += 1;
        if steps > STEPS_MAX {
            return Err(Error::internal("the events of a ticket raise each other without end"));
        }
        let by_desk = Cause { by: Author::actor(&crate::Actor::Desk), message: cause.message };
        judge_one(context, case, &raised, &by_desk).await?;
    }
    Ok(())
}

async fn judge_one(context: &mut Context<'_>, case: &mut Case, event: &Event, cause: &Cause) -> Result<Judged> {
    if case.ticket.merged_into.is_some() {
        return Ok(Judged::NotTaken);
    }
    let facts = facts::gather(context, case).await?;
    let playbook = case.playbook()?;
    let stepped = if case.begun {
        playbook.step(&case.run, &facts, event, context.now)
    } else {
        playbook.begin(None, &case.run.fields, &facts, event, context.now)
    };
    let prepared = stepped.and_then(|mut step| {
        actions::prepare(case, &playbook, &facts, event, &mut step, context.now)?;
        let next = go_on_elsewhere(case, &facts, event, &step, context.now)?;
        Ok((step, next))
    });
    let exceeded = match &prepared {
        Ok((step, None)) => bounds::exceeded(context, case, &[step]).await?,
        Ok((step, Some((_, next)))) => bounds::exceeded(context, case, &[step, next]).await?,
        Err(_) => None,
    };
    let whose = (case.ticket.organization, case.ticket.team.clone());
    let judged = match exceeded.map_or(prepared, Err) {
        Ok((step, None)) => keep(context, case, step, cause).await,
        Ok((step, Some((playbook, next)))) => {
            keep(context, case, step, cause).await?;
            pending::drop_all(context, case).await?;
            case.move_to(&playbook);
            keep(context, case, next, cause).await
        }
        Err(fault) if is_refusal(event, &fault) => Err(refusal(&fault)),
        Err(fault) => {
            keep_fault(context, case, event, &fault, cause).await?;
            Ok(Judged::Faulted)
        }
    }?;
    // By whose hours its time is counted may be another question now.
    if whose != (case.ticket.organization, case.ticket.team.clone()) {
        recounting::count(context, case, "The ticket belongs to another organization or team").await?;
    }
    Ok(judged)
}

/// The first step in the playbook that a step switches to, if it does. Both are made before either is kept.
fn go_on_elsewhere(
    case: &Case,
    facts: &Facts,
    event: &Event,
    step: &Step,
    now: Timestamp,
) -> Result<Option<(Arc<Playbook>, Step)>, Fault> {
    let Some(name) = &step.switch else { return Ok(None) };
    let playbook = case.handbook.playbook(name).cloned().ok_or_else(|| Fault {
        code: "unknown-playbook".to_owned(),
        place: step.trace.place.clone().unwrap_or_else(|| Place::start_of("playbooks")),
        message: format!("there is no playbook called {name}"),
        help: None,
    })?;
    let mut next = playbook.take_over(&step.run, facts, event, now)?;
    actions::prepare(case, &playbook, facts, event, &mut next, now)?;
    Ok(Some((playbook, next)))
}

/// Keeps a step: run, ticket, history, and then its effects in order.
pub(super) async fn keep(context: &mut Context<'_>, case: &mut Case, step: Step, cause: &Cause) -> Result<Judged> {
    if !step.taken {
        if cause.message.is_some() {
            record(context, &entry(case, &step, cause)).await?;
        }
        return Ok(Judged::NotTaken);
    }
    // Of a step that is about to be kept; the transaction may still fail and be tried again.
    tracing::info!(
        ticket = case.ticket.number,
        event = step.trace.event,
        to = step.trace.to,
        rule = step.trace.place.as_ref().map(tracing::field::display),
        "a run moves"
    );
    let was_over = case.run.is_over();
    case.take(step.run.clone(), &step.standing, context.now);
    let kept = record(context, &entry(case, &step, cause)).await?;
    pending::leave(context, case, &step.trace.exited).await?;
    for effect in &step.effects {
        actions::perform(context, case, effect).await?;
    }
    complete(context, kept, &step.trace, std::mem::take(&mut case.done)).await?;
    pending::end(context, case).await?;
    if case.run.is_over() && !was_over {
        fan_out::tell_opener(context, case.ticket.id).await?;
    }
    Ok(Judged::Taken)
}

fn entry<'a>(case: &Case, step: &'a Step, cause: &'a Cause) -> NewEntry<'a> {
    NewEntry {
        ticket: case.ticket.id,
        step: step.run.step,
        event: &step.trace.event,
        from: step.trace.from.as_deref(),
        to: Some(&step.trace.to),
        by: &cause.by,
        message: cause.message,
        trace: serde_json::to_string(&step.trace).unwrap_or_default(),
        fault: None,
    }
}

/// Keeps what went wrong in the history and tells the ticket's team; the ticket stays where it was.
pub(super) async fn keep_fault(
    context: &mut Context<'_>,
    case: &mut Case,
    event: &Event,
    fault: &Fault,
    cause: &Cause,
) -> Result<()> {
    tracing::warn!(ticket = %case.ticket.id, place = %fault.place, code = %fault.code, "a playbook could not go on");
    let state = (!case.run.state.is_empty()).then(|| case.run.state.clone());
    let entry = NewEntry {
        ticket: case.ticket.id,
        step: case.run.step,
        event: &event.name,
        from: state.as_deref(),
        to: state.as_deref(),
        by: &cause.by,
        message: cause.message,
        trace: "null".to_owned(),
        fault: serde_json::to_string(fault).ok(),
    };
    record(context, &entry).await?;
    let (place, reason) = (fault.place.to_string(), fault.message.clone());
    let what = What::PlaybookFailed { number: case.ticket.number, place, reason };
    notifications::tell_team(context, &case.ticket, what).await?;
    case.touch();
    Ok(())
}

/// Whether the fault is an answer to the one who chose, rather than a defect of the playbook.
fn is_refusal(event: &Event, fault: &Fault) -> bool {
    event.name.starts_with("choice.") && (fault.code.starts_with("choice-") || fault.code == "not-permitted")
}

fn refusal(fault: &Fault) -> Error {
    let advice = fault.help.clone().unwrap_or_else(|| "Look at the ticket as it stands now.".to_owned());
    match fault.code.as_str() {
        "choice-incomplete" => Error::invalid("choice-incomplete", fault.message.clone()).advise(advice),
        "choice-invalid" => Error::invalid("choice-invalid", fault.message.clone()).advise(advice),
        "choice-unknown" => Error::conflict("choice-unknown", fault.message.clone()).advise(advice),
        "not-permitted" => Error::forbidden("make this choice"),
        _ => Error::conflict("choice-not-available", fault.message.clone()).advise(advice),
    }
}
