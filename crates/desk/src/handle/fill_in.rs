//! What an agent fills in with a choice: fields of the playbook, and what the directory should have known of the requester and
//! their organization.

use serde_json::{Map, Value};
use store::Id;

use super::attributes;
use crate::handbook::Handbooks;
use crate::runs::Case;
use crate::{Context, Error, Result, contacts, organizations, schedules};

/// Of whom the directory knows more now.
#[derive(Default)]
pub(super) struct Filled {
    organization: Option<Id>,
    requester: Option<Id>,
}

impl Filled {
    /// They may belong to a segment now whose tickets are open already.
    pub(super) async fn welcome(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<()> {
        if let Some(organization) = self.organization {
            schedules::welcome::organization(context, handbooks, organization).await?;
        }
        match self.requester {
            Some(requester) => schedules::welcome::contact(context, handbooks, requester).await,
            None => Ok(()),
        }
    }
}

/// Fills in `fields`: plain names are the playbook's, `requester.role` and `organization.plan` the directory's, where any other name
/// is an attribute.
pub(super) async fn fill_in(context: &mut Context<'_>, case: &mut Case, fields: &Map<String, Value>) -> Result<Filled> {
    let (mut own, mut filled) = (Map::new(), Filled::default());
    let mut requester = contacts::Change::default();
    let mut organization = organizations::Change::default();
    let (mut of_requester, mut of_organization) = (false, false);
    for (name, value) in fields {
        match name.split_once('.') {
            Some(("requester", part)) => {
                of_requester = true;
                match part {
                    "name" => requester.name = Some(words(name, value)?),
                    "role" => requester.role = Some(words(name, value)?),
                    "language" => requester.language = Some(words(name, value)?),
                    _ => drop(requester.attributes.insert(part.to_owned(), value.clone())),
                }
            }
            Some(("organization", part)) => {
                of_organization = true;
                match part {
                    "name" => organization.name = Some(words(name, value)?),
                    "plan" => organization.plan = Some(words(name, value)?),
                    "language" => organization.language = Some(words(name, value)?),
                    _ => drop(organization.attributes.insert(part.to_owned(), value.clone())),
                }
            }
            _ => drop(own.insert(name.clone(), value.clone())),
        }
    }
    let declared = &case.handbook.desk.attributes;
    attributes::check(&declared.contact, &requester.attributes)?;
    attributes::check(&declared.organization, &organization.attributes)?;
    if of_requester {
        let address = case
            .requester
            .address
            .clone()
            .ok_or_else(|| Error::conflict("no-address", "The requester has no address yet."))?;
        case.requester = contacts::upsert(context, &address, &requester).await?;
        filled.requester = Some(case.requester.id);
    }
    if of_organization {
        let known = match case.ticket.organization {
            Some(id) => organizations::find(context.tx, id).await?,
            None => None,
        };
        let known = known.ok_or_else(|| {
            Error::conflict("no-organization", "The ticket is for no organization yet.")
                .advise("Say first which organization the requester belongs to.")
        })?;
        filled.organization = Some(organizations::upsert(context, &known.key, &organization).await?.id);
        case.look_again();
    }
    if !own.is_empty() {
        let filled = case.playbook()?.set_fields(&case.run, &own);
        case.run = filled.map_err(|fault| {
            let error = Error::invalid("wrong-field", fault.message.clone());
            match fault.help {
                Some(help) => error.advise(help),
                None => error,
            }
        })?;
        case.ticket.fields = case.run.fields.clone();
    }
    Ok(filled)
}

fn words(name: &str, value: &Value) -> Result<String> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty() && text.len() <= 200)
        .map(str::to_owned)
        .ok_or_else(|| Error::invalid_field(name, "wrong-type", "a text of 1 to 200 characters is needed"))
}
