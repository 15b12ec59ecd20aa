//! Which organization a ticket is for.

use playbook::Opens;
use store::Id;

use crate::contacts::Contact;
use crate::{Context, Result, organizations};

/// The requester's own organization, or its upstream one where the playbook's opening asks for that. An organization without an
/// upstream one is its own.
pub(super) async fn organization_of(context: &mut Context<'_>, contact: &Contact, rule: &Opens) -> Result<Option<Id>> {
    let Some(own) = contact.organization else { return Ok(None) };
    if !rule.for_upstream {
        return Ok(Some(own));
    }
    let parent = organizations::find(context.tx, own).await?.and_then(|organization| organization.parent);
    Ok(Some(parent.unwrap_or(own)))
}
