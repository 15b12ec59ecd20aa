//! A token is made for a program, or for an agent.

use super::Outcome;
use crate::agents::tokens::{self, NewToken};
use crate::{Context, Result};

/// A token to be made.
#[derive(Clone, Debug)]
pub struct CreateToken(pub NewToken);

impl CreateToken {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::Token(tokens::create(context, &self.0).await?))
    }
}
