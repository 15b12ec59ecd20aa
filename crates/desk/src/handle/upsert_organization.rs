//! An organization is made or changed by somebody who knows.

use super::{Outcome, attributes};
use crate::handbook::Handbooks;
use crate::{Context, Result, organizations};

/// What is known of an organization.
#[derive(Clone, Debug, Default)]
pub struct UpsertOrganization {
    /// The key that other systems know it by.
    pub key: String,
    /// What is known of it; what is `None` stays as it is.
    pub change: organizations::Change,
}

impl UpsertOrganization {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        attributes::check(&handbook.desk.attributes.organization, &self.change.attributes)?;
        Ok(Outcome::Person(organizations::upsert(context, &self.key, &self.change).await?.id))
    }
}
