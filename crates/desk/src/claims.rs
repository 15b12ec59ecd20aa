//! What processes have claimed: mails, letters and notices to carry, questions to put, mailboxes to fetch from. A claim ends by itself, on the
//! clock that nobody moves; here are given up those that would not.

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};

use crate::ground::{CLOCKS_APART, Ground};
use crate::mailboxes::connected::fetching;
use crate::{Actor, Result, dispatches, letters, lookups, outbox};

/// Which claims are given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every one. Only where no other process can hold one.
    All,
    /// Those that end later than any that is made now: whoever made them had a clock that was ahead, and nobody else would have what
    /// they hold before that time comes.
    MadeAhead,
}

/// Gives up claims; says how many. Mails, letters and questions that were waited for are anybody's from here on.
pub async fn release(ground: &Ground, which: Which) -> Result<u64> {
    let now = ground.clock.real_now();
    let ends_after = move |lease: SignedDuration| match which {
        Which::All => Timestamp::UNIX_EPOCH,
        Which::MadeAhead => now + lease + CLOCKS_APART,
    };
    let releasing = ground.change(&Actor::Desk, move |context| {
        async move {
            let mut released = outbox::deliver::release_claims(context, ends_after(outbox::deliver::CLAIM)).await?;
            released += letters::deliver::release_claims(context, ends_after(outbox::deliver::CLAIM)).await?;
            released += dispatches::carry::release_claims(context, ends_after(outbox::deliver::CLAIM)).await?;
            released += lookups::release_claims(context, ends_after(lookups::CLAIM)).await?;
            released += fetching::release_claims(context, ends_after(fetching::LEASE)).await?;
            Ok(released)
        }
        .boxed()
    });
    releasing.await
}
