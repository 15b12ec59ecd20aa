//! Mails that wait for a person's word: after a restore, those that waited when the backup was made may have gone out since.

use futures::FutureExt;
use store::{News, Tx};

use super::queries;
use crate::ground::Ground;
use crate::{Actor, Result, messages};

/// Holds everything that waits; says how many mails that are.
pub async fn hold(tx: &mut Tx) -> Result<u64> {
    Ok(queries::hold(tx).await?)
}

/// How many mails are held.
pub async fn count(ground: &Ground) -> Result<i64> {
    Ok(queries::count_held(&mut ground.read().await?).await?)
}

/// Lets what is held go out, as if it had never been; says how many mails that are.
pub async fn release(ground: &Ground) -> Result<usize> {
    each(ground, false).await
}

/// Takes what is held for sent; says how many mails that are.
pub async fn take_for_sent(ground: &Ground) -> Result<usize> {
    each(ground, true).await
}

async fn each(ground: &Ground, sent: bool) -> Result<usize> {
    let mut done = 0;
    loop {
        let some = ground.change(&Actor::Desk, move |context| {
            async move {
                let held = queries::held(context.tx, AT_ONCE).await?;
                for waiting in &held {
                    if sent {
                        queries::done(context.tx, waiting.id, context.now).await?;
                        if waiting.copy_to.is_none() {
                            messages::set_delivery(context, waiting.message, "sent").await?;
                        }
                        crate::tickets::mark_changed(context, waiting.ticket).await?;
                    } else {
                        queries::release(context.tx, waiting.id).await?;
                        context.tx.announce(News::of("outbox", waiting.id, 0));
                    }
                }
                Ok(held.len())
            }
            .boxed()
        });
        match some.await? {
            0 => return Ok(done),
            some => done += some,
        }
    }
}

/// How many are seen to in one transaction.
const AT_ONCE: u32 = 100;
