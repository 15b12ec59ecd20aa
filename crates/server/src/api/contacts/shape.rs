//! A contact as programs see them.

use desk::contacts::{self, Known};
use desk::organizations;
use serde::Serialize;
use serde_json::{Map, Value};
use store::{Conn, Id};
use utoipa::ToSchema;

/// A contact.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Contact {
    #[schema(value_type = String)]
    id: Id,
    /// The address they are written to.
    email: Option<String>,
    /// Every address that is known of them, the one they are written to first.
    addresses: Vec<Address>,
    name: Option<String>,
    /// The key of their organization.
    organization: Option<String>,
    role: Option<String>,
    language: Option<String>,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
    /// What they may do for their organization, sorted.
    may: Vec<String>,
}

/// An address of a contact's.
#[derive(Serialize, ToSchema)]
#[schema(as = ContactAddress)]
pub(in crate::api) struct Address {
    email: String,
    /// Whether it is known to be theirs.
    verified: bool,
}

impl Contact {
    /// What is told of `found`.
    pub(in crate::api) async fn of(conn: &mut Conn, found: contacts::Contact) -> desk::Result<Self> {
        let organization = match found.organization {
            Some(organization) => organizations::find(conn, organization).await?.map(|found| found.key),
            None => None,
        };
        let mut known = contacts::known_of(conn, &[found.id]).await?;
        let known = known.remove(&found.id).unwrap_or_default();
        Ok(Self::told(found, organization, known))
    }

    /// The same, where all of it is known: their organization by its key.
    pub(super) fn told(found: contacts::Contact, organization: Option<String>, known: Known) -> Self {
        Self {
            may: known.may,
            id: found.id,
            email: found.address,
            addresses: known
                .addresses
                .into_iter()
                .map(|known| Address { email: known.address, verified: known.verified })
                .collect(),
            name: found.name,
            organization,
            role: found.role,
            language: found.language,
            attributes: found.attributes,
        }
    }
}
