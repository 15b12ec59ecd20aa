//! Lists of organizations and contacts as files for spreadsheets, with the titles that imports know; and all that is known of somebody.

pub mod person;
mod queries;
pub mod sheet;

use playbook::Field;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use store::Conn;

use self::sheet::Sheet;
use crate::error::Kind;
use crate::page::{LIMIT_MAX, NamePlace};
use crate::{Error, Result, contacts, organizations};

/// The most rows of a file.
pub const ROWS_MAX: usize = 20_000;

/// The organizations that `filter` leaves.
///
/// # Errors
/// When there are more than [`ROWS_MAX`].
pub async fn organizations(
    conn: &mut Conn,
    filter: &organizations::Filter,
    declared: &BTreeMap<String, Field>,
) -> Result<Sheet> {
    let mut sheet = Sheet::titled(["key", "name", "plan", "parent", "time zone", "language"], declared.keys());
    let mut after: Option<NamePlace> = None;
    loop {
        let page = organizations::list(conn, filter, after.as_ref(), LIMIT_MAX).await?;
        for found in page.items {
            let parent = match found.parent {
                Some(parent) => organizations::find(conn, parent).await?.map(|parent| parent.key),
                None => None,
            };
            let own = [Some(found.key), Some(found.name), found.plan, parent, found.time_zone, found.language];
            sheet.add(own, values(declared, &found.attributes));
        }
        check(&sheet)?;
        after = page.next;
        if after.is_none() {
            return Ok(sheet);
        }
    }
}

/// The contacts that `filter` leaves.
///
/// # Errors
/// When there are more than [`ROWS_MAX`].
pub async fn contacts(conn: &mut Conn, filter: &contacts::Filter, declared: &BTreeMap<String, Field>) -> Result<Sheet> {
    let mut sheet = Sheet::titled(["email", "name", "organization", "role", "language"], declared.keys());
    let mut after: Option<NamePlace> = None;
    loop {
        let page = contacts::list(conn, filter, after.as_ref(), LIMIT_MAX).await?;
        for found in page.items {
            let key = found.organization.map(|(key, _)| key);
            let who = found.contact;
            let own = [who.address, who.name, key, who.role, who.language];
            sheet.add(own, values(declared, &who.attributes));
        }
        check(&sheet)?;
        after = page.next;
        if after.is_none() {
            return Ok(sheet);
        }
    }
}

fn check(sheet: &Sheet) -> Result<()> {
    if sheet.rows() <= ROWS_MAX {
        return Ok(());
    }
    let error = Error::invalid("too-many-rows", format!("There are more than {ROWS_MAX} rows."));
    Err(Error { kind: Kind::TooLarge, ..error.advise("Cut the list by words, plan or organization first.") })
}

/// What is known of each declared attribute, as an import reads it.
fn values(declared: &BTreeMap<String, Field>, known: &Map<String, Value>) -> Vec<Option<String>> {
    let written = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(members) => Some(members.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
        other => Some(other.to_string()),
    };
    declared.keys().map(|name| known.get(name).and_then(written)).collect()
}
