//! An agent joins the desk.

use super::Outcome;
use crate::{Context, Result, agents};

/// An agent to be added.
#[derive(Clone, Debug)]
pub struct AddAgent(pub agents::NewAgent);

impl AddAgent {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::Person(agents::add(context, &self.0).await?))
    }
}
