//! A token is taken away.

use super::Outcome;
use crate::{Context, Result, agents};

/// A token to be taken away.
#[derive(Clone, Debug)]
pub struct RevokeToken {
    /// Its name.
    pub name: String,
}

impl RevokeToken {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        agents::tokens::revoke(context, &self.name).await?;
        Ok(Outcome::Moved(true))
    }
}
