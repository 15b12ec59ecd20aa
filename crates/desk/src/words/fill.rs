//! What was written before there were indexes is put into them once, the newest first, when a desk is opened after its upgrade.

use futures::FutureExt;

use super::{add, queries};
use crate::ground::Ground;
use crate::{Actor, Context, Result};

/// How many documents go in at a time, so that others who write do not wait for long.
const AT_ONCE: u32 = 100;

/// Fills the indexes; says how many documents were put in. Nothing to do for a desk that began with them. Several processes
/// that do so at the same time take turns.
pub async fn all(ground: &Ground) -> Result<usize> {
    let mut filled = 0;
    while queries::to_fill(&mut ground.read().await?).await?.is_some() {
        filled += ground.change(&Actor::Desk, |context| some(context).boxed()).await?;
    }
    if filled > 0 {
        tracing::info!(filled, "what was written before can be searched now");
    }
    Ok(filled)
}

async fn some(context: &mut Context<'_>) -> Result<usize> {
    let Some((kind, below)) = queries::lock_to_fill(context.tx).await? else { return Ok(0) };
    let documents = match kind.as_str() {
        "ticket" => queries::tickets_below(context.tx, below, AT_ONCE).await?,
        "message" => queries::messages_below(context.tx, below, AT_ONCE).await?,
        "organization" => queries::organizations_below(context.tx, below, AT_ONCE).await?,
        _ => queries::contacts_below(context.tx, below, AT_ONCE).await?,
    };
    for document in &documents {
        add(context, document).await?;
    }
    match documents.last() {
        Some(last) => queries::filled_down_to(context.tx, &kind, last.id).await?,
        None => queries::filled(context.tx, &kind).await?,
    }
    Ok(documents.len())
}
