//! What comes in twice under the same key is done once.

use super::Outcome;
use crate::receipts::{self, Key};
use crate::{Context, Result};

/// The answer given before under `key`, if there is one.
pub(super) async fn repeated(context: &mut Context<'_>, key: Option<&Key>) -> Result<Option<Outcome>> {
    match key {
        Some(key) => receipts::find(context, key).await,
        None => Ok(None),
    }
}

/// Remembers the answer under `key`.
pub(super) async fn remember(context: &mut Context<'_>, key: Option<&Key>, outcome: Outcome) -> Result<Outcome> {
    if let Some(key) = key {
        receipts::keep(context, key, &outcome).await?;
    }
    Ok(outcome)
}
