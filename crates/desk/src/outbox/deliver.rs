//! Carrying out what waits: claim, carry, remember.
//!
//! A lane carries the next mail while what became of the one before it is being remembered, together with those of the other lanes
//! (`outcomes`). Of each lane of a carrier two mails are under way at most ([`UNDER_WAY_EACH_LANE`]), so that is how many a process
//! that is killed may send again: under the same Message-ID, when its claims have run out.

use std::pin::pin;

use futures::stream::{self, BoxStream};
use futures::{FutureExt, StreamExt};
use jiff::{SignedDuration, Timestamp};
use store::failpoint;
use tokio::sync::Semaphore;

use super::claims::{Claims, Progress};
use super::outcomes::{Carried, Outcomes};
use super::{ATTEMPTS_MAX, Carrier, Parcel, Refusal, Waiting, Ways, pause_after, queries};
use crate::attachments::Shelf;
use crate::ground::Ground;
use crate::mailboxes::outgoing;
use crate::messages::bounces::{self, Bounced};
use crate::notifications::{self, What};
use crate::settings::resting;
use crate::{Actor, Context, Error, Result, messages, tickets};

/// How long a claim holds when its process dies; on the clock that nobody moves.
pub(crate) const CLAIM: SignedDuration = SignedDuration::from_secs(120);
/// How long one carriage may take. One that could outlast its claim is not begun, so that nobody else carries the same mail
/// meanwhile.
pub const CARRIAGE_MAX: SignedDuration = SignedDuration::from_secs(60);
/// How many mails are under way for each lane of a carrier: one that is being carried, and one that was and is not remembered yet, or
/// is composed already.
pub const UNDER_WAY_EACH_LANE: usize = 2;

/// Carries out up to `limit` effects that are due, with the files that stand on `shelf`; says how many it took up. A crash between
/// the carrier's answer and our commit repeats that one mail under the same Message-ID. A desk that rests delivers nothing.
pub async fn deliver_next(ground: &Ground, shelf: &Shelf, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
    let claimed = claim(ground, Ways::All, limit).await?;
    let progress = Progress::default();
    let claimed = stream::iter(claimed).map(|claimed| Ok(progress.begin(claimed)));
    carry_out(ground, shelf, carrier, claimed.boxed(), &progress).await
}

/// Carries out what is due by some ways, and what becomes due meanwhile, until nothing is any more, `limit` were taken up or `is_over`
/// says so; says how many it took up. By a way alone a server that is slow holds up no other.
pub async fn work_off(
    ground: &Ground,
    shelf: &Shelf,
    carrier: &dyn Carrier,
    (ways, limit): (Ways, usize),
    is_over: &(dyn Fn() -> bool + Sync),
) -> Result<usize> {
    let progress = Progress::default();
    let claims = Claims::new(ground, (ways, limit), carrier.lanes(), &progress, is_over);
    let claimed = stream::unfold(claims, |mut claims| async move { Some((claims.next().await.transpose()?, claims)) });
    carry_out(ground, shelf, carrier, claimed.boxed(), &progress).await
}

/// A mail that this process alone may carry.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub(super) waiting: Waiting,
    /// Until when, on the clock that nobody moves.
    pub(super) until: Timestamp,
}

/// Claims up to `limit` of what is due; nothing while the desk rests.
pub(super) async fn claim(ground: &Ground, ways: Ways, limit: u32) -> Result<Vec<Claimed>> {
    let real_now = ground.clock.real_now();
    let until = real_now + CLAIM;
    let claimed = ground
        .change(&Actor::Desk, move |context| {
            async move {
                if resting::since(context.tx).await?.is_some() {
                    return Ok(Vec::new());
                }
                Ok(queries::claim(context.tx, context.now, real_now, until, (ways, limit)).await?)
            }
            .boxed()
        })
        .await?;
    if !claimed.is_empty() {
        failpoint::reached("outbox.claimed");
    }
    Ok(claimed.into_iter().map(|waiting| Claimed { waiting, until }).collect())
}

/// Gives up the claims that end after an instant; see [`claims`](crate::claims).
pub(crate) async fn release_claims(context: &mut Context<'_>, ends_after: Timestamp) -> Result<u64> {
    Ok(queries::release_claims(context.tx, ends_after).await?)
}

/// Carries out what was claimed. What fails is told at the end, and nothing more is begun after it; the others are carried out all the
/// same.
async fn carry_out(
    ground: &Ground,
    shelf: &Shelf,
    carrier: &dyn Carrier,
    claimed: BoxStream<'_, Result<Claimed>>,
    progress: &Progress,
) -> Result<usize> {
    let lanes = carrier.lanes().max(1);
    let free = Semaphore::new(lanes);
    let outcomes = Outcomes::new(ground, lanes, &free);
    let (free, outcomes) = (&free, &outcomes);
    let carried = claimed.map(|claimed| async move {
        let outcome = deliver(ground, shelf, carrier, claimed?, (free, outcomes)).await;
        progress.end(outcome.is_ok());
        outcome
    });
    let mut carried = pin!(carried.buffer_unordered(lanes * UNDER_WAY_EACH_LANE));
    let (mut count, mut outcome) = (0, Ok(()));
    while let Some(one) = carried.next().await {
        count += 1;
        outcome = outcome.and(one);
    }
    outcome.map(|()| count)
}

async fn deliver(
    ground: &Ground,
    shelf: &Shelf,
    carrier: &dyn Carrier,
    Claimed { waiting, until }: Claimed,
    (free, outcomes): (&Semaphore, &Outcomes<'_>),
) -> Result<()> {
    let mut conn = ground.read().await?;
    let leaves = (waiting.way, waiting.copy_to.as_deref());
    let composed = outgoing::compose(&mut conn, shelf, &ground.settings, waiting.message, leaves).await;
    drop(conn);
    let outcome = match composed {
        Ok(mail) => {
            let (ticket, message) = (Some(waiting.ticket), Some(waiting.message));
            let parcel = Parcel { key: waiting.key.clone(), ticket, message, way: waiting.way, mail };
            let Ok(lane) = free.acquire().await else { return Ok(()) };
            if ground.clock.real_now() + CARRIAGE_MAX > until {
                drop(lane);
                outcomes.look().await;
                return Ok(());
            }
            let outcome = carrier.carry(&parcel).await;
            if outcome.is_ok() {
                failpoint::reached("outbox.carried");
            }
            outcome
        }
        Err(error @ Error { kind: crate::error::Kind::Unavailable, .. }) => Err(Refusal::Later(error.to_string())),
        Err(error) => Err(Refusal::Never(error.to_string())),
    };
    outcomes.keep(waiting, outcome).await
}

/// Tells of a mail that no server takes. Of one in copy the message shows who was not reached; it went to whom it was for.
async fn not_taken(context: &mut Context<'_>, waiting: &Waiting, reason: String) -> Result<()> {
    let ticket = tickets::find(context.tx, waiting.ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
    let number = ticket.number;
    let what = match &waiting.copy_to {
        None => {
            messages::set_delivery(context, waiting.message, "failed").await?;
            What::Unsendable { number, reason }
        }
        Some(whom) => {
            let refused = Bounced {
                message: waiting.message,
                recipient: Some(whom.clone()),
                status: None,
                hard: true,
                delayed: false,
                proved: true,
                reason: Some(reason),
                received_at: context.now,
            };
            bounces::add(context, &refused).await?;
            What::MailCameBack { number, whom: whom.clone() }
        }
    };
    notifications::tell_team(context, &ticket, what).await
}

pub(super) async fn remember(context: &mut Context<'_>, waiting: &Waiting, outcome: Carried) -> Result<()> {
    match outcome {
        Ok(()) => {
            queries::done(context.tx, waiting.id, context.now).await?;
            if waiting.copy_to.is_none() {
                messages::set_delivery(context, waiting.message, "sent").await?;
            }
        }
        Err(Refusal::Later(reason)) if waiting.attempts + 1 < ATTEMPTS_MAX => {
            tracing::warn!(ticket = %waiting.ticket, outbox = %waiting.id, "a mail is tried again later");
            let due = context.now + SignedDuration::from_secs(pause_after(waiting.attempts + 1));
            queries::try_later(context.tx, waiting.id, due, &reason).await?;
            return Ok(());
        }
        Err(Refusal::Later(reason) | Refusal::Never(reason)) => {
            tracing::error!(ticket = %waiting.ticket, outbox = %waiting.id, "a mail was given up");
            queries::give_up(context.tx, waiting.id, context.now, &reason).await?;
            not_taken(context, waiting, reason).await?;
        }
    }
    tickets::mark_changed(context, waiting.ticket).await
}
