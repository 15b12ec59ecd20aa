//! A state's time is up.

use jiff::SignedDuration;
use playbook::{Event, Timer};
use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::notifications::{self, What};
use crate::runs::case::ClockMoment;
use crate::runs::{self, Case, Cause, Judged, recounting};
use crate::timers::held;
use crate::{Context, Result};

/// How long until a timer that failed is tried again.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// The firing of a timer.
#[derive(Clone, Debug)]
pub struct FireTimer {
    /// The ticket.
    pub ticket: Id,
    /// The timer, as it was found due. One that is no longer set does nothing: something else came first.
    pub timer: Timer,
}

impl FireTimer {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        if !case.run.timers.contains(&self.timer) || self.timer.due > context.now {
            return Ok(Outcome::Moved(false));
        }
        if recounting::catch_up(context, handbooks, &mut case).await? && !case.run.timers.contains(&self.timer) {
            case.store(context).await?;
            return Ok(Outcome::Moved(true));
        }
        let punctual = case.playbook()?.is_punctual(&self.timer);
        if let Some(behind) = held::held_for(context, &case.ticket, &self.timer, punctual).await? {
            let told = held::tell_once(context, &case.ticket, &self.timer, &behind).await?;
            // Other timers of the ticket may have been counted anew.
            case.store(context).await?;
            return Ok(Outcome::Moved(told));
        }
        let cause = Cause::actor(context);
        // What linked tickets sent comes first; it may have left the state that this timer belongs to.
        let queue = runs::advance::drain(context, &mut case).await?;
        let (mut moved, mut counted) = (false, None);
        if case.run.timers.contains(&self.timer) {
            let event = Event::timer(&self.timer);
            case.by_clock = ClockMoment::of(&self.timer);
            let judged = runs::advance::take_in(context, &mut case, &event, &cause, queue).await?;
            moved = judged == Judged::Taken;
            counted = case.clock_counted(&self.timer, context.now)?;
            if moved {
                case.ticket.snoozed_until = None;
            }
            if let Some(still) = case.run.timers.iter_mut().find(|timer| **timer == self.timer) {
                match judged {
                    Judged::Faulted => still.due = context.now + AGAIN_AFTER,
                    // A timer whose guards all fail is over; its state goes on without it.
                    Judged::Taken | Judged::NotTaken => case.run.timers.retain(|timer| *timer != self.timer),
                }
            }
        }
        case.touch();
        case.store(context).await?;
        if let Some((moment, clock)) = counted {
            let number = case.ticket.number;
            let what = match moment {
                ClockMoment::Warning => What::ClockRunsOut { number, clock },
                ClockMoment::Breach => What::ClockRanOut { number, clock },
            };
            notifications::tell_of_clock(context, case.ticket.id, what).await?;
        }
        Ok(Outcome::Moved(moved))
    }
}
