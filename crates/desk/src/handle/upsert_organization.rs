//! An organization is made or changed by somebody who knows.

use super::{Outcome, attributes};
use crate::handbook::Handbooks;
use crate::{Context, Result, organizations, schedules};

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
        let organization = organizations::upsert(context, &self.key, &self.change).await?;
        schedules::welcome::organization(context, handbooks, organization.id).await?;
        Ok(Outcome::Person(organization.id))
    }
}
