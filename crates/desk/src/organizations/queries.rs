use jiff::Timestamp;
use serde_json::{Map, Value};
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Organization;

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Organization>> {
    let row =
        sql("SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations WHERE id = $1")
            .bind(id)
            .optional(conn)
            .await?;
    row.as_ref().map(organization).transpose()
}

pub(super) async fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<Organization>> {
    let row =
        sql("SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations WHERE key = $1")
            .bind(key)
            .optional(conn)
            .await?;
    row.as_ref().map(organization).transpose()
}

pub(super) async fn find_by_name(conn: &mut Conn, name: &str) -> Result<Option<Organization>> {
    let row = sql("SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations
        WHERE name = $1 ORDER BY id LIMIT 1")
    .bind(name)
    .optional(conn)
    .await?;
    row.as_ref().map(organization).transpose()
}

/// Those with greater ids than this one, in order of them.
pub(super) async fn after(conn: &mut Conn, id: Id, limit: u32) -> Result<Vec<Organization>> {
    let rows = sql("SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations
        WHERE id > $1 ORDER BY id")
    .bind(id)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(organization).collect()
}

pub(super) async fn insert(tx: &mut Tx, organization: &Organization, now: Timestamp) -> Result<()> {
    sql("INSERT INTO organizations (id, key, name, plan, parent_id, time_zone, language, attributes, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)")
    .bind(organization.id)
    .bind(&organization.key)
    .bind(&organization.name)
    .bind(organization.plan.as_deref())
    .bind(organization.parent)
    .bind(organization.time_zone.as_deref())
    .bind(organization.language.as_deref())
    .bind(Value::Object(organization.attributes.clone()).to_string())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn update(tx: &mut Tx, organization: &Organization, now: Timestamp) -> Result<()> {
    sql("UPDATE organizations SET name = $2, plan = $3, parent_id = $4, time_zone = $5, language = $6, attributes = $7,
        updated_at = $8 WHERE id = $1")
    .bind(organization.id)
    .bind(&organization.name)
    .bind(organization.plan.as_deref())
    .bind(organization.parent)
    .bind(organization.time_zone.as_deref())
    .bind(organization.language.as_deref())
    .bind(Value::Object(organization.attributes.clone()).to_string())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

fn organization(row: &Row) -> Result<Organization> {
    let attributes: String = row.get("attributes")?;
    Ok(Organization {
        id: row.get("id")?,
        key: row.get("key")?,
        name: row.get("name")?,
        plan: row.get("plan")?,
        parent: row.get("parent_id")?,
        time_zone: row.get("time_zone")?,
        language: row.get("language")?,
        attributes: serde_json::from_str::<Map<String, Value>>(&attributes).unwrap_or_default(),
    })
}
