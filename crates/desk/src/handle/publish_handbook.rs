//! A handbook becomes today's.

use playbook::{Files, Finding};

use super::Outcome;
use crate::handbook::{self, Handbooks};
use crate::{Context, Desk, Result, schedules};

/// A handbook to be published.
#[derive(Clone, Debug)]
pub struct PublishHandbook(pub Files);

impl PublishHandbook {
    /// What is wrong with it, every path walked.
    pub(super) async fn unsound(&self, desk: &Desk) -> Result<Option<Vec<Finding>>> {
        handbook::unsound(&desk.handbooks, self.0.clone()).await
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let published = handbook::publish(context, handbooks, &self.0).await?;
        schedules::plan(context, handbooks, &self.0, &published).await?;
        Ok(Outcome::Published(published))
    }
}
