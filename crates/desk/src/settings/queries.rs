use store::{Conn, Result, Tx, sql};

pub(super) async fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    sql("SELECT value FROM settings WHERE name = $1").bind(name).scalar(conn, "value").await
}

/// Sets what was never set; says whether it did.
pub(super) async fn set_first(tx: &mut Tx, name: &str, value: &str) -> Result<bool> {
    let setting = sql("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
    Ok(setting.bind(name).bind(value).execute(tx).await? == 1)
}

/// A setting, held until the transaction ends.
pub(super) async fn get_locked(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    sql("SELECT value FROM settings WHERE name = $1").bind(name).locking().scalar(tx, "value").await
}

pub(super) async fn forget(tx: &mut Tx, name: &str) -> Result<()> {
    sql("DELETE FROM settings WHERE name = $1").bind(name).execute(tx).await.map(drop)
}

pub(super) async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    sql("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(tx)
        .await
        .map(drop)
}
