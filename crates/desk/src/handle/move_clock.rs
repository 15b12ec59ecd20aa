//! The demo's clock was moved; a restart must not turn it back.

use store::{Id, News};

use super::Outcome;
use crate::{Context, Result, settings};

/// How far the clock stands from the machine's own.
#[derive(Clone, Debug)]
pub struct KeepClock {
    /// In microseconds.
    pub offset_micros: i64,
}

impl KeepClock {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        settings::keep_clock_offset(context.tx, self.offset_micros).await?;
        // Whoever sleeps until something is due looks again.
        context.tx.announce(News::of("clock", Id(0), 0));
        Ok(Outcome::Moved(true))
    }
}
