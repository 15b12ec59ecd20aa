//! An owner says that the restored desk is the one that goes on: it fetches and sends again.

use store::{Id, News};

use super::Outcome;
use crate::settings::resting;
use crate::{Context, Result};

/// The desk is to fetch and send. Done again, it changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct GoLive;

/// Says whether the desk rested.
pub(super) async fn run(context: &mut Context<'_>) -> Result<Outcome> {
    let rested = resting::end(context.tx).await?;
    if rested {
        context.tx.announce(News::of("mailbox", Id(0), 0));
        context.tx.announce(News::of("outbox", Id(0), 0));
    }
    Ok(Outcome::Moved(rested))
}
