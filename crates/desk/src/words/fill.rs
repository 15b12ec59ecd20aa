//! What was written before there were indexes is put into them once, the newest first, by a loop of its own while the desk works. How
//! far it came is stored, so that whoever dies is followed by somebody who goes on from there.

use futures::FutureExt;

use store::{Conn, Tx};

use super::{Document, add, queries};
use crate::ground::Ground;
use crate::{Actor, Context, Result};

/// How many documents go in at a time, so that others who write do not wait for long.
const AT_ONCE: u32 = 100;

/// Whether something that was written is not in the indexes yet, so that a search may miss it.
pub async fn is_under_way(conn: &mut Conn) -> Result<bool> {
    Ok(queries::to_fill(conn).await?.is_some())
}

/// Puts the next few documents in; says how many, or `None` when all are in. Several processes that do so take turns.
pub async fn next(ground: &Ground) -> Result<Option<usize>> {
    if !is_under_way(&mut ground.read().await?).await? {
        return Ok(None);
    }
    ground.change(&Actor::Desk, |context| some(context).boxed()).await.map(Some)
}

/// Puts in all that is missing; says how many documents those were.
pub async fn all(ground: &Ground) -> Result<usize> {
    let mut filled = 0;
    while let Some(some) = next(ground).await? {
        filled += some;
    }
    Ok(filled)
}

/// Says that the indexes are empty, whatever is written: after a restore. Whoever serves the desk next fills them.
pub async fn begin_anew(tx: &mut Tx) -> Result<()> {
    Ok(queries::mark_all(tx).await?)
}

/// Whether a document is still to be put in, as it will be then. Until this transaction ends it is not put in meanwhile.
pub(super) async fn is_to_come(tx: &mut Tx, document: &Document) -> Result<bool> {
    Ok(queries::lock_if_to_fill(tx, document.kind, document.id).await?)
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
