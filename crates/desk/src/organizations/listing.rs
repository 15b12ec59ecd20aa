//! Organizations in the order of their names, cut by words and by plan.

use store::{Conn, Id};

use super::{Organization, queries};
use crate::page::{NamePlace, Named};
use crate::{Result, words};

/// How many plans a list can be cut by.
const PLANS_MAX: u32 = 50;

/// What a list of organizations is cut by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of their names or keys; of the newest 2,000 people and organizations that hold them.
    pub words: Option<String>,
    /// The plan they pay for.
    pub plan: Option<String>,
}

/// Those that an organization is upstream of: the first, and whether there are more.
#[derive(Clone, Debug)]
pub struct Children {
    /// The first by name.
    pub shown: Vec<Organization>,
    /// Whether there are more.
    pub more: bool,
}

/// A page of organizations.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<&NamePlace>,
    limit: u32,
) -> Result<Named<Organization>> {
    let among = match &filter.words {
        Some(typed) => Some(words::people(conn, typed).await?.unwrap_or_default()),
        None => None,
    };
    let found = queries::list(conn, filter.plan.as_deref(), among, after, limit + 1).await?;
    Ok(Named::cut(found, limit, |found| NamePlace { name: words::sorted_by(&found.name), id: found.id }))
}

/// The plans that organizations have, in their order.
pub async fn plans(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(queries::plans(conn, PLANS_MAX).await?)
}

/// The organizations that have this one as their parent, `limit` at most.
pub async fn children(conn: &mut Conn, parent: Id, limit: u32) -> Result<Children> {
    let mut shown = queries::children(conn, parent, limit + 1).await?;
    let more = crate::page::cut(&mut shown, limit);
    Ok(Children { shown, more })
}
