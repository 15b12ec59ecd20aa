use jiff::Timestamp;
use serde_json::{Map, Value};
use store::dialect::words::id_list;
use store::{Conn, Id, Result, Row, Tx, Value as Bound, sql};

use super::Organization;
use crate::page::NamePlace;
use crate::words;

const LISTED: &str = "SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations";

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

/// A page by name, of those with this plan and of those among these.
pub(super) async fn list(
    conn: &mut Conn,
    plan: Option<&str>,
    among: Option<Vec<Id>>,
    after: Option<&NamePlace>,
    limit: u32,
) -> Result<Vec<Organization>> {
    let (mut cuts, mut values): (Vec<String>, Vec<Bound>) = (Vec::new(), Vec::new());
    let mut bind = |value: Bound| {
        values.push(value);
        values.len()
    };
    if let Some(plan) = plan {
        cuts.push(format!("plan = ${}", bind(plan.into())));
    }
    if let Some(among) = among {
        cuts.push(format!("id IN {}", conn.engine().members(bind(id_list(among)))));
    }
    if let Some(after) = after {
        cuts.push(format!("(sorted_by, id) > (${}, ${})", bind(after.name.as_str().into()), bind(after.id.into())));
    }
    let cuts = if cuts.is_empty() { String::new() } else { format!("WHERE {}", cuts.join(" AND ")) };
    let query = sql(format!("{LISTED} {cuts} ORDER BY sorted_by, id"));
    let rows = values.into_iter().fold(query, store::Query::bind).limit(limit).all(conn).await?;
    rows.iter().map(organization).collect()
}

pub(super) async fn plans(conn: &mut Conn, limit: u32) -> Result<Vec<String>> {
    let rows = sql("SELECT DISTINCT plan FROM organizations WHERE plan IS NOT NULL ORDER BY plan");
    rows.limit(limit).all(conn).await?.iter().map(|row| row.get("plan")).collect()
}

pub(super) async fn children(conn: &mut Conn, parent: Id, limit: u32) -> Result<Vec<Organization>> {
    let rows = sql("SELECT id, key, name, plan, parent_id, time_zone, language, attributes FROM organizations
        WHERE parent_id = $1 ORDER BY sorted_by, id")
    .bind(parent)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(organization).collect()
}

/// Whether a ticket, a contact or another organization refers to this one.
pub(super) async fn is_in_use(tx: &mut Tx, id: Id) -> Result<bool> {
    let row = sql("SELECT id FROM organizations WHERE id = $1 AND (
            EXISTS (SELECT 1 FROM tickets WHERE tickets.organization_id = organizations.id)
            OR EXISTS (SELECT 1 FROM contacts WHERE contacts.organization_id = organizations.id)
            OR EXISTS (SELECT 1 FROM recounts WHERE recounts.organization_id = organizations.id)
            OR EXISTS (SELECT 1 FROM organizations child WHERE child.parent_id = organizations.id))")
    .bind(id)
    .optional(tx)
    .await?;
    Ok(row.is_some())
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM organizations WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn insert(tx: &mut Tx, organization: &Organization, now: Timestamp) -> Result<()> {
    sql("INSERT INTO organizations (id, key, name, plan, parent_id, time_zone, language, attributes, sorted_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)")
    .bind(organization.id)
    .bind(&organization.key)
    .bind(&organization.name)
    .bind(organization.plan.as_deref())
    .bind(organization.parent)
    .bind(organization.time_zone.as_deref())
    .bind(organization.language.as_deref())
    .bind(Value::Object(organization.attributes.clone()).to_string())
    .bind(words::sorted_by(&organization.name))
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn update(tx: &mut Tx, organization: &Organization, now: Timestamp) -> Result<()> {
    sql("UPDATE organizations SET name = $2, plan = $3, parent_id = $4, time_zone = $5, language = $6, attributes = $7,
        sorted_by = $8, updated_at = $9 WHERE id = $1")
    .bind(organization.id)
    .bind(&organization.name)
    .bind(organization.plan.as_deref())
    .bind(organization.parent)
    .bind(organization.time_zone.as_deref())
    .bind(organization.language.as_deref())
    .bind(Value::Object(organization.attributes.clone()).to_string())
    .bind(words::sorted_by(&organization.name))
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
