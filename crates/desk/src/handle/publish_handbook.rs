//! A handbook becomes today's.

use playbook::Files;

use super::Outcome;
use crate::handbook::{self, Handbooks};
use crate::{Context, Result};

/// A handbook to be published.
#[derive(Clone, Debug)]
pub struct PublishHandbook(pub Files);

impl PublishHandbook {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        Ok(Outcome::Published(handbook::publish(context, handbooks, &self.0).await?))
    }
}
