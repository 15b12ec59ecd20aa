//! Claiming what leaves, so that of several processes one alone carries it: mails and posts each by themselves.

use futures::FutureExt;
use jiff::Timestamp;

use super::{Dispatch, queries};
use crate::ground::Ground;
use crate::outbox::deliver::CLAIM;
use crate::settings::resting;
use crate::{Actor, Result};

/// By which ways something leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// By mail.
    Mail,
    /// Put to addresses of the web.
    Posts,
}

/// Claims up to `limit` of what is due; says until when, on the clock that nobody moves. Nothing while the desk rests.
pub(super) async fn claim(ground: &Ground, leaving: Leaving, limit: u32) -> Result<(Vec<Dispatch>, Timestamp)> {
    let (now, real_now) = (ground.clock.now(), ground.clock.real_now());
    let until = real_now + CLAIM;
    if !queries::is_due(&mut ground.read().await?, leaving, now, real_now).await? {
        return Ok((Vec::new(), until));
    }
    let claiming = ground.change(&Actor::Desk, move |context| {
        async move {
            if resting::since(context.tx).await?.is_some() {
                return Ok(Vec::new());
            }
            Ok(queries::claim(context.tx, leaving, (context.now, real_now), until, limit).await?)
        }
        .boxed()
    });
    Ok((claiming.await?, until))
}
