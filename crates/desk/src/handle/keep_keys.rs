//! Somebody says which keys they use.

use super::Outcome;
use crate::agents::keys::{self, Keys};
use crate::{Context, Error, Result};

/// The keys that an agent uses from now on.
#[derive(Clone, Debug)]
pub struct KeepKeys(pub Keys);

impl KeepKeys {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let agent = context.actor.agent_id().ok_or_else(|| Error::forbidden("keep keys"))?;
        keys::keep(context, agent, &self.0).await?;
        Ok(Outcome::Moved(true))
    }
}
