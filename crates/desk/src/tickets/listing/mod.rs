//! Lists of tickets: cut, sorted, page by page, and counted as far as anybody reads.

mod queries;

use jiff::Timestamp;
use store::{Conn, Id};

use super::{Filter, NEVER_DUE, Order, Summary};
use crate::page::{Cursor, LIMIT_MAX, Listed, Page};
use crate::rights::Scope;
use crate::{Error, Result};

/// How far [`counts`] counts; whatever is this many may be more.
pub const COUNTED_MAX: i64 = 100;

/// A page of the tickets that `scope` may see and `filter` lets through, the newest change first.
pub async fn list(conn: &mut Conn, scope: Scope, filter: &Filter, page: Page) -> Result<Listed<Summary>> {
    list_by(conn, scope, filter, Order::Newest, page).await
}

/// The same in another order. In a list by priority a cursor's instant is the priority's place, in microseconds.
pub async fn list_by(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    order: Order,
    page: Page,
) -> Result<Listed<Summary>> {
    let rows = queries::list(conn, scope, filter, order, page).await?;
    Ok(Listed::cut(rows, page.limit, |row| Cursor { at: place(order, row), id: row.ticket.id }))
}

/// The first `most` of these tickets, and whether there are more.
pub async fn first(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    order: Order,
    most: usize,
) -> Result<(Vec<Id>, bool)> {
    let (mut found, mut page) = (Vec::new(), Page { after: None, limit: LIMIT_MAX });
    loop {
        let listed = list_by(conn, scope, filter, order, page).await?;
        found.extend(listed.items.iter().map(|row| row.ticket.id));
        let more = found.len() > most || listed.next.is_some();
        if found.len() >= most || !more {
            found.truncate(most);
            return Ok((found, more));
        }
        page.after = listed.next;
    }
}

/// What an order sorts a row by.
fn place(order: Order, row: &Summary) -> Timestamp {
    match order {
        Order::Newest | Order::Oldest => row.ticket.updated_at,
        Order::Priority => Timestamp::from_microsecond(row.ticket.priority.rank()).unwrap_or_default(),
        Order::Due => row.next_due.unwrap_or(NEVER_DUE),
        Order::Clock => row.clock.as_ref().map_or(NEVER_DUE, |clock| clock.due),
    }
}

/// The row of one ticket as the list shows it.
pub async fn summary(conn: &mut Conn, scope: Scope, id: Id) -> Result<Summary> {
    scope.require(conn, id).await?;
    queries::summary(conn, id).await?.ok_or_else(|| Error::not_found("ticket"))
}

/// The state itself and every one within it that some ticket is in: of `testing` also `testing.first`.
pub async fn states_within(conn: &mut Conn, state: &str) -> Result<Vec<String>> {
    Ok(queries::states_within(conn, state).await?)
}

/// How many tickets each of these lets through, no further than [`COUNTED_MAX`], in one statement.
pub async fn counts(conn: &mut Conn, scope: Scope, filters: &[Filter]) -> Result<Vec<i64>> {
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    Ok(queries::counts(conn, scope, filters).await?)
}
