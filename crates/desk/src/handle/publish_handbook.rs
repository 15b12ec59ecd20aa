//! A handbook becomes today's.

use std::sync::Arc;

use playbook::{Files, Finding, Severity};

use super::Outcome;
use crate::handbook::{self, Handbooks};
use crate::{Context, Desk, Error, Result};

/// A handbook to be published.
#[derive(Clone, Debug)]
pub struct PublishHandbook(pub Files);

impl PublishHandbook {
    /// What is wrong with it, every path walked; away from the writer and from whoever else asks, since there may be many paths.
    pub(super) async fn unsound(&self, desk: &Desk) -> Result<Option<Vec<Finding>>> {
        let (files, handbooks) = (self.0.clone(), Arc::clone(&desk.handbooks));
        let checking = tokio::task::spawn_blocking(move || playbook::check(&files, handbooks.registry()));
        let findings = checking.await.map_err(|error| Error::internal(error.to_string()))?;
        let is_unsound = findings.iter().any(|finding| finding.severity == Severity::Error);
        Ok(is_unsound.then_some(findings))
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        Ok(Outcome::Published(handbook::publish(context, handbooks, &self.0).await?))
    }
}
