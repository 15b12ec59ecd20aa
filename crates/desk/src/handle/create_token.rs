//! A token is made for a program, or for an agent.

use store::Id;

use super::Outcome;
use crate::{Context, Result, Role, agents};

/// A token to be made.
#[derive(Clone, Debug)]
pub struct CreateToken {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The agent it acts as, if any.
    pub agent: Option<Id>,
}

impl CreateToken {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::Token(agents::tokens::create(context, &self.name, self.role, self.agent).await?))
    }
}
