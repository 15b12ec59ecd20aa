use store::{Conn, Id, Result, Row, Tx, sql};

use super::{FOLLOW_UP, Family, Linked};
use crate::tickets::queries::{TICKET_COLUMNS, ticket};

pub(super) async fn link(tx: &mut Tx, opener: Id, alias: &str, key: Option<&str>, child: Id) -> Result<()> {
    sql("INSERT INTO ticket_links (opener_id, alias, link_key, child_id) VALUES ($1, $2, $3, $4)")
        .bind(opener)
        .bind(alias)
        .bind(key)
        .bind(child)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn children(conn: &mut Conn, opener: Id) -> Result<Vec<Linked>> {
    let rows = sql(format!(
        "SELECT ticket_links.alias AS alias, ticket_links.link_key AS link_key, {TICKET_COLUMNS}
        FROM ticket_links JOIN tickets ON tickets.id = ticket_links.child_id
        WHERE ticket_links.opener_id = $1 ORDER BY tickets.id"
    ));
    rows.bind(opener).all(conn).await?.iter().map(linked).collect()
}

pub(super) async fn opener(conn: &mut Conn, child: Id) -> Result<Option<Linked>> {
    let row = sql(format!(
        "SELECT ticket_links.alias AS alias, ticket_links.link_key AS link_key, {TICKET_COLUMNS}
        FROM ticket_links JOIN tickets ON tickets.id = ticket_links.opener_id
        WHERE ticket_links.child_id = $1"
    ));
    row.bind(child).optional(conn).await?.as_ref().map(linked).transpose()
}

fn linked(row: &Row) -> Result<Linked> {
    Ok(Linked { alias: row.get("alias")?, key: row.get("link_key")?, ticket: ticket(row)? })
}

pub(super) async fn count_many(conn: &mut Conn, opener: Id, alias: &str) -> Result<(i64, i64)> {
    let row = sql("SELECT COUNT(*) AS opened, COUNT(tickets.closed_at) AS ended
        FROM ticket_links JOIN tickets ON tickets.id = ticket_links.child_id
        WHERE ticket_links.opener_id = $1 AND ticket_links.alias = $2 AND ticket_links.link_key IS NOT NULL")
    .bind(opener)
    .bind(alias)
    .one(conn)
    .await?;
    let (opened, ended): (i64, i64) = (row.get("opened")?, row.get("ended")?);
    Ok((opened, opened - ended))
}

pub(super) async fn family(conn: &mut Conn, ticket: Id, limit: usize) -> Result<Family> {
    let row = sql("WITH RECURSIVE above (ticket, height) AS (
            SELECT opener_id, CAST(1 AS BIGINT) FROM ticket_links WHERE child_id = $1 AND alias <> $2
            UNION ALL
            SELECT ticket_links.opener_id, above.height + 1 FROM above
            JOIN ticket_links ON ticket_links.child_id = above.ticket
            WHERE ticket_links.alias <> $2 AND above.height < $3
        )
        SELECT (SELECT COUNT(*) FROM ticket_links WHERE opener_id = $1 AND alias <> $2) AS opened,
            (SELECT MAX(height) FROM above) AS openers")
    .bind(ticket)
    .bind(FOLLOW_UP)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .one(conn)
    .await?;
    let number = |count: i64| usize::try_from(count).unwrap_or_default();
    let openers = row.get::<Option<i64>>("openers")?.unwrap_or_default();
    Ok(Family { opened: number(row.get("opened")?), openers: number(openers) })
}
