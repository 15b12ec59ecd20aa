//! Keeps the node's number, tidies up once, forgets old keys of requests and files that were never sent, and learns of new handbooks.

use std::time::Duration;

use desk::{Desk, Result, claims};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::turning::Work;

/// How often the node number's lease is renewed, which lasts ten minutes, and claims are given up that cannot be right.
const RENEW_EVERY: Duration = Duration::from_secs(180);
/// How often old keys of requests are forgotten, and files of drafts that nobody sent.
const FORGET_EVERY: Duration = Duration::from_secs(3600);
/// How often it looks for a new handbook even without news of one.
const LOOK_EVERY: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct Upkeep {
    tidied: bool,
    renewed: Option<Duration>,
    forgot: Option<Duration>,
}

impl Work for Upkeep {
    fn name(&self) -> &'static str {
        "upkeep"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["handbook"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            let ground = &desk.ground;
            let now = ground.clock.monotonic();
            if self.renewed.is_none_or(|at| now.saturating_sub(at) >= RENEW_EVERY) {
                ground.db.renew_node(&ground.ids, &ground.clock).await?;
                claims::release(ground, claims::Which::MadeAhead).await?;
                self.renewed = Some(now);
            }
            refresh(desk).await?;
            if !self.tidied {
                desk.tidy_up().await?;
                self.tidied = true;
            }
            if self.forgot.is_none_or(|at| now.saturating_sub(at) >= FORGET_EVERY) {
                desk::receipts::forget_old(ground).await?;
                desk::drafts::forget_old_files(ground, &desk.shelf).await?;
                desk::notifications::own::clear_old(ground).await?;
                desk::imports::clear_old(ground).await?;
                self.forgot = Some(now);
            }
            Ok(LOOK_EVERY)
        }
        .boxed()
    }
}

/// Takes over the newest handbook, compiled before anybody needs it.
pub(super) async fn refresh(desk: &Desk) -> Result<()> {
    let before = desk.handbooks.current_number();
    let mut conn = desk.read().await?;
    let number = desk.handbooks.refresh(&mut conn).await?;
    if number != before {
        desk.handbooks.current(&mut conn).await?;
        tracing::info!(revision = number, "the handbook is another one from now on");
    }
    Ok(())
}
