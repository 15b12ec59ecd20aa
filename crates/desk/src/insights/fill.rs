//! Tickets that were there before figures were kept are counted once, the newest first, by a loop of its own while the desk works. How
//! far it came is stored, so that whoever dies is followed by somebody who goes on from there.

use std::sync::Arc;

use futures::FutureExt;

use super::life;
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::tickets::{self, facts};
use crate::{Actor, Context, Result};

/// How many tickets are counted at a time, so that others who write do not wait for long.
const AT_ONCE: u32 = 20;

/// Counts the next few tickets; says how many, or `None` when all are. Several processes that do so take turns.
pub async fn next(ground: &Ground, handbooks: &Arc<Handbooks>) -> Result<Option<usize>> {
    if !facts::is_to_come(&mut ground.read().await?).await? {
        return Ok(None);
    }
    let handbooks = Arc::clone(handbooks);
    let counting = ground.change(&Actor::Desk, move |context| {
        let handbooks = Arc::clone(&handbooks);
        async move { some(context, &handbooks).await }.boxed()
    });
    counting.await.map(Some)
}

/// Counts all that are not; says how many tickets those were.
pub async fn all(ground: &Ground, handbooks: &Arc<Handbooks>) -> Result<usize> {
    let mut filled = 0;
    while let Some(some) = next(ground, handbooks).await? {
        filled += some;
    }
    Ok(filled)
}

async fn some(context: &mut Context<'_>, handbooks: &Handbooks) -> Result<usize> {
    let Some(next) = facts::next_to_fill(context.tx, AT_ONCE).await? else { return Ok(0) };
    for id in &next {
        let ticket = tickets::lock(context, *id).await?;
        let life = life::of(context.tx, handbooks, &ticket).await?;
        facts::replay(context, &ticket, &life).await?;
    }
    facts::filled_down_to(context.tx, next.last().copied()).await?;
    Ok(next.len())
}
