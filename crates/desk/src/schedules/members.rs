//! Whom segments are asked about: organizations and contacts with what expressions may know of them.

use playbook::{Handbook, SegmentOf};
use serde_json::{Map, Value};
use store::{Conn, Id};

use crate::Result;
use crate::contacts::{self, Contact};
use crate::organizations::{self, Organization};
use crate::runs::facts;

/// Somebody who may belong to a segment, or nobody in particular.
#[derive(Default)]
pub(super) struct Member {
    /// The organization, or that of the contact.
    pub(super) organization: Option<Organization>,
    /// The contact, where the segment is of contacts.
    pub(super) contact: Option<Contact>,
    /// `organization`, and `contact`.
    pub(super) facts: Map<String, Value>,
}

impl Member {
    /// An organization.
    pub(super) async fn organization(conn: &mut Conn, handbook: &Handbook, of: Organization) -> Result<Self> {
        let facts = Map::from_iter([about(conn, handbook, Some(&of)).await?]);
        Ok(Self { organization: Some(of), contact: None, facts })
    }

    /// A contact, with their organization.
    pub(super) async fn contact(conn: &mut Conn, handbook: &Handbook, contact: Contact) -> Result<Self> {
        let organization = match contact.organization {
            Some(id) => organizations::find(conn, id).await?,
            None => None,
        };
        let known = facts::requester(&contact, handbook.desk.attributes.contact.keys());
        let about = about(conn, handbook, organization.as_ref()).await?;
        let facts = Map::from_iter([("contact".to_owned(), known), about]);
        Ok(Self { organization, contact: Some(contact), facts })
    }

    /// What a look is continued after.
    pub(super) fn id(&self) -> Option<Id> {
        let organization = self.organization.as_ref().map(|organization| organization.id);
        self.contact.as_ref().map(|contact| contact.id).or(organization)
    }

    /// What people call them.
    pub(super) fn label(&self) -> &str {
        match (&self.contact, &self.organization) {
            (Some(contact), _) => contact.label(),
            (None, Some(organization)) => &organization.name,
            (None, None) => "nobody",
        }
    }
}

/// Up to `limit` organizations or contacts after this one, in order of their ids. Contacts without an address are no
/// people that anybody could write to.
pub(super) async fn page(
    conn: &mut Conn,
    handbook: &Handbook,
    of: SegmentOf,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    match of {
        SegmentOf::Organization => {
            for organization in organizations::after(conn, after, limit).await? {
                members.push(Member::organization(conn, handbook, organization).await?);
            }
        }
        SegmentOf::Contact => {
            for contact in contacts::after(conn, after, limit).await? {
                members.push(Member::contact(conn, handbook, contact).await?);
            }
        }
    }
    Ok(members)
}

async fn about(conn: &mut Conn, handbook: &Handbook, of: Option<&Organization>) -> Result<(String, Value)> {
    let parent = match of.and_then(|organization| organization.parent) {
        Some(id) => organizations::find(conn, id).await?.map(|parent| parent.name),
        None => None,
    };
    let declared = handbook.desk.attributes.organization.keys();
    Ok(("organization".to_owned(), facts::about(of, parent.as_deref(), declared)))
}
