use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

use super::Hook;
use crate::sealed::{Sealed, Secret};

pub(super) async fn put(
    tx: &mut Tx,
    form: &str,
    secret: &Sealed<Secret>,
    created_by: &str,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO hooks (form, secret, created_by, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (form) DO UPDATE SET secret = excluded.secret, created_by = excluded.created_by,
        created_at = excluded.created_at")
    .bind(form)
    .bind(secret.bytes())
    .bind(created_by)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn delete(tx: &mut Tx, form: &str) -> Result<bool> {
    Ok(sql("DELETE FROM hooks WHERE form = $1").bind(form).execute(tx).await? == 1)
}

pub(super) async fn secret(conn: &mut Conn, form: &str) -> Result<Option<Sealed<Secret>>> {
    let bytes: Option<Vec<u8>> =
        sql("SELECT secret FROM hooks WHERE form = $1").bind(form).scalar(conn, "secret").await?;
    Ok(bytes.map(Sealed::stored))
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Hook>> {
    let rows = sql("SELECT form, created_by, created_at FROM hooks ORDER BY form").all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Hook { form: row.get("form")?, created_by: row.get("created_by")?, created_at: row.get("created_at")? })
        })
        .collect()
}
