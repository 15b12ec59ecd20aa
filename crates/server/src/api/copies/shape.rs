//! Somebody in copy as programs see them.

use mail::Address;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who gets, or got, something in copy.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Copied {
    /// The name that mails give them; null where none is known.
    name: Option<String>,
    address: String,
}

impl From<&Address> for Copied {
    fn from(who: &Address) -> Self {
        Self { name: who.name.clone(), address: who.address.clone() }
    }
}
