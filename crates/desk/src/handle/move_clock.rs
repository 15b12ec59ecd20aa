//! The demo's clock was moved; a restart must not turn it back.

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
        Ok(Outcome::Moved(true))
    }
}
