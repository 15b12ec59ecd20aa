//! How somebody stands: what an import remembers of whom it changed.

use serde::{Deserialize, Serialize};
use store::{Conn, Id};

use crate::contacts::{self, Contact};
use crate::imports::Kind;
use crate::organizations::{self, Organization};
use crate::{Context, Result};

/// A contact or an organization, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Snapshot {
    /// A contact, with what they may do for their organization.
    Contact(Contact, Vec<String>),
    /// An organization.
    Organization(Organization),
}

impl Snapshot {
    /// How whoever has this address or key stands; `None` where nobody has.
    pub(super) async fn of(conn: &mut Conn, kind: Kind, key: &str) -> Result<Option<Self>> {
        match kind {
            Kind::Contacts => {
                let Some(known) = contacts::find_by_address(conn, key).await? else { return Ok(None) };
                let may = contacts::rights::of(conn, known.id).await?;
                Ok(Some(Snapshot::Contact(known, may)))
            }
            Kind::Organizations => Ok(organizations::find_by_key(conn, key).await?.map(Snapshot::Organization)),
        }
    }

    pub(super) fn id(&self) -> Id {
        match self {
            Snapshot::Contact(contact, _) => contact.id,
            Snapshot::Organization(organization) => organization.id,
        }
    }

    /// The same text for the same state.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Takes them away again; says whether that could be done.
    pub(super) async fn remove(&self, context: &mut Context<'_>) -> Result<bool> {
        match self {
            Snapshot::Contact(contact, _) => contacts::remove(context, contact.id).await,
            Snapshot::Organization(organization) => organizations::remove(context, organization).await,
        }
    }

    /// Puts them back as they are here.
    pub(super) async fn put_back(&self, context: &mut Context<'_>, present: &Snapshot) -> Result<()> {
        match (self, present) {
            (Snapshot::Contact(contact, may), _) => contacts::put_back(context, contact, may).await,
            (Snapshot::Organization(stood), Snapshot::Organization(present)) => {
                organizations::put_back(context, present, stood).await
            }
            _ => Ok(()),
        }
    }
}
