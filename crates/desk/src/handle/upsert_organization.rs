//! An organization is made or changed by somebody who knows.

use super::{Outcome, attributes};
use crate::handbook::Handbooks;
use crate::{Context, Result, organizations, recounts, schedules};

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
        organizations::check_days_off(&self.change.attributes)?;
        let before = organizations::find_by_key(context.tx, &self.key).await?;
        let organization = organizations::upsert(context, &self.key, &self.change).await?;
        if before.is_some_and(|before| recounts::counts_otherwise(&before, &organization)) {
            recounts::begin_of(context, &organization, handbooks.current_number()).await?;
        }
        schedules::welcome::organization(context, handbooks, organization.id).await?;
        Ok(Outcome::Person(organization.id))
    }
}
