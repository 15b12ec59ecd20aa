use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Browser, Subscription};
use crate::sealed::Sealed;

const BROWSERS: &str = "SELECT id, agent_id, session_id, device, host, endpoint, last_error, created_at FROM browsers";

pub(super) async fn of_agent(conn: &mut Conn, agent: Id) -> Result<Vec<Browser>> {
    let rows = sql(format!("{BROWSERS} WHERE agent_id = $1 ORDER BY id")).bind(agent).all(conn).await?;
    rows.iter().map(browser).collect()
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Browser>> {
    sql(format!("{BROWSERS} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(browser).transpose()
}

/// The browser with this digest of its address, held until the transaction ends.
pub(super) async fn at(tx: &mut Tx, endpoint: &str) -> Result<Option<Browser>> {
    let row = sql(format!("{BROWSERS} WHERE endpoint = $1")).bind(endpoint).locking().optional(tx).await?;
    row.as_ref().map(browser).transpose()
}

pub(super) async fn subscription(conn: &mut Conn, id: Id) -> Result<Option<Vec<u8>>> {
    sql("SELECT subscription FROM browsers WHERE id = $1").bind(id).scalar(conn, "subscription").await
}

pub(super) async fn insert(tx: &mut Tx, browser: &Browser, sealed: &Sealed<Subscription>) -> Result<()> {
    sql("INSERT INTO browsers (id, agent_id, session_id, device, host, endpoint, subscription, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(browser.id)
    .bind(browser.agent)
    .bind(browser.session)
    .bind(&browser.device)
    .bind(&browser.host)
    .bind(&browser.endpoint)
    .bind(sealed.bytes().to_vec())
    .bind(browser.created_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn renew(
    tx: &mut Tx,
    id: Id,
    (session, device): (Option<Id>, &str),
    sealed: &Sealed<Subscription>,
) -> Result<()> {
    sql("UPDATE browsers SET session_id = $2, device = $3, subscription = $4, last_error = NULL WHERE id = $1")
        .bind(id)
        .bind(session)
        .bind(device)
        .bind(sealed.bytes().to_vec())
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn note(tx: &mut Tx, id: Id, error: Option<&str>) -> Result<()> {
    sql("UPDATE browsers SET last_error = $2 WHERE id = $1").bind(id).bind(error).execute(tx).await.map(drop)
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM browsers WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn remove_of(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("DELETE FROM browsers WHERE agent_id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn remove_all(tx: &mut Tx) -> Result<()> {
    sql("DELETE FROM browsers").execute(tx).await.map(drop)
}

fn browser(row: &Row) -> Result<Browser> {
    let created_at: Timestamp = row.get("created_at")?;
    Ok(Browser {
        id: row.get("id")?,
        agent: row.get("agent_id")?,
        session: row.get("session_id")?,
        device: row.get("device")?,
        host: row.get("host")?,
        endpoint: row.get("endpoint")?,
        last_error: row.get("last_error")?,
        created_at,
    })
}
