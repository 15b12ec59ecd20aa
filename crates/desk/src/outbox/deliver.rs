//! Carrying out what waits: claim, carry, remember.

use futures::FutureExt;
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use store::failpoint;

use super::{ATTEMPTS_MAX, Carrier, Parcel, Refusal, Waiting, Ways, pause_after, queries};
use crate::attachments::Shelf;
use crate::ground::Ground;
use crate::mailboxes::outgoing;
use crate::settings::resting;
use crate::{Actor, Context, Error, Result, messages, notifications, tickets};

/// How long a claim holds when its process dies; on the clock that nobody moves.
pub(crate) const CLAIM: SignedDuration = SignedDuration::from_secs(120);
/// How long one carriage may take. One that could outlast its claim is not begun, so that nobody else carries the same mail
/// meanwhile.
pub const CARRIAGE_MAX: SignedDuration = SignedDuration::from_secs(60);

/// Carries out up to `limit` effects that are due, with the files that stand on `shelf`; says how many it took up. A crash between
/// the carrier's answer and our commit repeats that one mail under the same Message-ID. A desk that rests delivers nothing.
pub async fn deliver_next(ground: &Ground, shelf: &Shelf, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
    deliver_by(ground, shelf, carrier, Ways::All, limit).await
}

/// The same for some ways alone, so that a server that is slow holds up no other.
pub async fn deliver_by(
    ground: &Ground,
    shelf: &Shelf,
    carrier: &dyn Carrier,
    ways: Ways,
    limit: u32,
) -> Result<usize> {
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
    let count = claimed.len();
    if count > 0 {
        failpoint::reached("outbox.claimed");
    }
    let lanes = carrier.lanes().max(1);
    let outcomes: Vec<Result<()>> = futures::stream::iter(claimed)
        .map(|waiting| deliver(ground, shelf, carrier, waiting, until))
        .buffered(lanes)
        .collect()
        .await;
    outcomes.into_iter().collect::<Result<()>>()?;
    Ok(count)
}

/// Gives up the claims that a process left which is gone. Only for a database that no other process delivers from.
pub async fn release_claims(ground: &Ground) -> Result<u64> {
    ground.change(&Actor::Desk, |context| async move { Ok(queries::release_claims(context.tx).await?) }.boxed()).await
}

async fn deliver(
    ground: &Ground,
    shelf: &Shelf,
    carrier: &dyn Carrier,
    waiting: Waiting,
    until: Timestamp,
) -> Result<()> {
    if ground.clock.real_now() + CARRIAGE_MAX > until {
        return Ok(());
    }
    let mut conn = ground.read().await?;
    let composed = outgoing::compose(&mut conn, shelf, &ground.settings, waiting.message, waiting.way).await;
    drop(conn);
    let outcome = match composed {
        Ok(mail) => {
            let (ticket, message) = (Some(waiting.ticket), Some(waiting.message));
            let parcel = Parcel { key: waiting.key.clone(), ticket, message, way: waiting.way, mail };
            let outcome = carrier.carry(&parcel).await;
            if outcome.is_ok() {
                failpoint::reached("outbox.carried");
            }
            outcome
        }
        Err(error @ Error { kind: crate::error::Kind::Unavailable, .. }) => Err(Refusal::Later(error.to_string())),
        Err(error) => Err(Refusal::Never(error.to_string())),
    };
    ground
        .change(&Actor::Desk, move |context| {
            let (waiting, outcome) = (waiting.clone(), outcome.clone());
            async move { remember(context, &waiting, outcome).await }.boxed()
        })
        .await
}

async fn remember(context: &mut Context<'_>, waiting: &Waiting, outcome: Result<(), Refusal>) -> Result<()> {
    match outcome {
        Ok(()) => {
            queries::done(context.tx, waiting.id, context.now).await?;
            messages::set_delivery(context, waiting.message, "sent").await?;
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
            messages::set_delivery(context, waiting.message, "failed").await?;
            let ticket = tickets::find(context.tx, waiting.ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
            let text = format!("A mail on ticket {} could not be sent: {reason}", ticket.number);
            notifications::tell_team(context, &ticket, &text).await?;
        }
    }
    tickets::mark_changed(context, waiting.ticket).await
}
