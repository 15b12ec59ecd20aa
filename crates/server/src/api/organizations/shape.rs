//! An organization as programs see it.

use desk::organizations;
use serde::Serialize;
use serde_json::{Map, Value};
use store::{Conn, Id};
use utoipa::ToSchema;

/// An organization.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Organization {
    #[schema(value_type = String)]
    id: Id,
    key: String,
    name: String,
    plan: Option<String>,
    /// The key of its upstream organization.
    parent: Option<String>,
    time_zone: Option<String>,
    language: Option<String>,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
}

impl Organization {
    /// What is told of `found`.
    pub(in crate::api) async fn of(conn: &mut Conn, found: organizations::Organization) -> desk::Result<Self> {
        let parent = match found.parent {
            Some(parent) => organizations::find(conn, parent).await?.map(|parent| parent.key),
            None => None,
        };
        Ok(Self {
            id: found.id,
            key: found.key,
            name: found.name,
            plan: found.plan,
            parent,
            time_zone: found.time_zone,
            language: found.language,
            attributes: found.attributes,
        })
    }
}
