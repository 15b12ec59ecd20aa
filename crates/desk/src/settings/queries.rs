use store::{Conn, Result, Tx, sql};

pub(super) async fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    sql("SELECT value FROM settings WHERE name = $1").bind(name).scalar(conn, "value").await
}

pub(super) async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    sql("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(tx)
        .await
        .map(drop)
}
