//! A contact is made or changed by somebody who knows.

use serde_json::{Map, Value};

use super::{Outcome, attributes};
use crate::handbook::Handbooks;
use crate::{Context, Result, contacts, organizations, schedules};

/// What is known of a contact; what is `None` stays as it is, and an empty text takes away what was there.
#[derive(Clone, Debug, Default)]
pub struct UpsertContact {
    /// Their mail address.
    pub email: String,
    /// Their name.
    pub name: Option<String>,
    /// The key of their organization; an empty one for nobody's.
    pub organization: Option<String>,
    /// Their role there.
    pub role: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Attributes; a null takes one away.
    pub attributes: Map<String, Value>,
    /// All that they may do for their organization, as playbooks name it (`confirm-access`).
    pub may: Option<Vec<String>>,
    /// All of their addresses, the one they are written to first.
    pub addresses: Option<Vec<String>>,
}

impl UpsertContact {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        attributes::check(&handbook.desk.attributes.contact, &self.attributes)?;
        let organization = match self.organization.as_deref() {
            Some("") => Some(None),
            Some(key) => Some(Some(organizations::require(context.tx, key, "organization").await?.id)),
            None => None,
        };
        let change = contacts::Change {
            name: self.name.clone(),
            organization,
            role: self.role.clone(),
            language: self.language.clone(),
            attributes: self.attributes.clone(),
            may: self.may.clone(),
            addresses: self.addresses.clone(),
        };
        let contact = contacts::upsert(context, &self.email, &change).await?;
        schedules::welcome::contact(context, handbooks, contact.id).await?;
        Ok(Outcome::Person(contact.id))
    }
}
