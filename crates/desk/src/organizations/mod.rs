//! Organizations: the companies whose people write to the desk. One may have a parent, the upstream organization.

pub mod days_off;
mod listing;
mod queries;

pub use listing::{Children, Filter, children, list, plans};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Conn, Id};

use self::days_off::DayOff;
use crate::error::FieldError;
use crate::words::{self, Document};
use crate::{Context, Error, Result};

/// The most characters of a name that is taken over from another database.
const NAME_MAX: usize = 200;
/// The most characters of a plan.
const WORD_MAX: usize = 100;
/// The most characters of a language.
const LANGUAGE_MAX: usize = 35;
/// The most bytes of a key that is made of a name.
const KEY_MADE_MAX: usize = 100;

/// The attribute of organizations that names their own days off, beside those of the calendar that they are counted in: a list of dates.
pub const DAYS_OFF_ATTRIBUTE: &str = "days_off";

/// A company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: Id,
    /// The key that other systems know it by.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The plan it pays for.
    pub plan: Option<String>,
    /// The upstream organization.
    pub parent: Option<Id>,
    /// Its IANA time zone.
    pub time_zone: Option<String>,
    /// The language its people are written to in.
    pub language: Option<String>,
    /// Declared attributes of the handbook.
    pub attributes: Map<String, Value>,
}

impl Organization {
    /// Its own days off. What is none was put there before days were asked for.
    pub fn days_off(&self) -> impl Iterator<Item = DayOff> {
        let days = self.attributes.get(DAYS_OFF_ATTRIBUTE).and_then(Value::as_array);
        days.into_iter().flatten().filter_map(|day| day.as_str()?.parse().ok())
    }
}

/// Refuses days off that are none.
///
/// # Errors
/// `bad-date`, or `too-many-days`.
pub fn check_days_off(attributes: &Map<String, Value>) -> Result<()> {
    let Some(days) = attributes.get(DAYS_OFF_ATTRIBUTE).and_then(Value::as_array) else { return Ok(()) };
    days_off::read(days, &format!("attributes.{DAYS_OFF_ATTRIBUTE}")).map(drop)
}

/// What an upsert says of an organization. What is `None` stays as it is; an empty text takes away what was there.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// Its plan.
    pub plan: Option<String>,
    /// The key of its parent.
    pub parent: Option<String>,
    /// Its IANA time zone.
    pub time_zone: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Attributes to set; a null takes one away.
    pub attributes: Map<String, Value>,
}

/// The organization with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Organization>> {
    Ok(queries::find(conn, id).await?)
}

/// Up to `limit` organizations in order of their ids, those after this one.
pub async fn after(conn: &mut Conn, id: Option<Id>, limit: u32) -> Result<Vec<Organization>> {
    Ok(queries::after(conn, id.unwrap_or(Id(0)), limit).await?)
}

/// The organization with this key.
pub async fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<Organization>> {
    Ok(queries::find_by_key(conn, key).await?)
}

/// The organization with this key, or an error that names the field it was given in.
pub async fn require(conn: &mut Conn, key: &str, field: &str) -> Result<Organization> {
    find_by_key(conn, key).await?.ok_or_else(|| {
        Error::invalid_field(field, "no-such-organization", format!("there is no organization {key:?}"))
            .advise(format!("Make it first: PUT /api/v1/organizations/{key}"))
    })
}

/// The organization with this key, or else of this name, the first of several.
pub async fn known_as(conn: &mut Conn, word: &str) -> Result<Option<Organization>> {
    match find_by_key(conn, word).await? {
        Some(found) => Ok(Some(found)),
        None => Ok(queries::find_by_name(conn, word).await?),
    }
}

/// The organization of this name, the first of several; made when there is none, under a key made of the name.
pub async fn called(context: &mut Context<'_>, name: &str) -> Result<Organization> {
    let name: String = name.chars().take(NAME_MAX).collect();
    if let Some(known) = queries::find_by_name(context.tx, &name).await? {
        return Ok(known);
    }
    let key = key_of(&name);
    let is_free = !key.is_empty() && find_by_key(context.tx, &key).await?.is_none();
    let key = if is_free { key } else { format!("{key}-{}", context.ids.next()).trim_start_matches('-').to_owned() };
    upsert(context, &key, &Change { name: Some(name), ..Change::default() }).await
}

/// A name as a key: `Acme & Sons` is `acme-sons`.
fn key_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut key = words.join("-");
    while key.len() > KEY_MADE_MAX {
        key.pop();
    }
    key
}

/// Makes or changes the organization with this key.
pub async fn upsert(context: &mut Context<'_>, key: &str, change: &Change) -> Result<Organization> {
    let known = find_by_key(context.tx, key).await?;
    let parent = check(context.tx, key, known.as_ref(), change).await?;
    let before = known.as_ref().map(found_as);
    let mut organization = match known {
        Some(known) => known,
        None => begun(context.ids.next(), key)?,
    };
    if let Some(parent) = parent {
        organization.parent = parent;
    }
    let change = change.clone();
    organization.name = change.name.unwrap_or(organization.name);
    organization.plan = said(change.plan, organization.plan);
    organization.time_zone = said(change.time_zone, organization.time_zone);
    organization.language = said(change.language, organization.language);
    for (name, value) in change.attributes {
        if value.is_null() {
            organization.attributes.remove(&name)
        } else {
            organization.attributes.insert(name, value)
        };
    }
    match before {
        None => {
            queries::insert(context.tx, &organization, context.now).await?;
            words::add(context, &found_as(&organization)).await?;
        }
        Some(before) => {
            queries::update(context.tx, &organization, context.now).await?;
            words::change(context, &before, &found_as(&organization)).await?;
        }
    }
    Ok(organization)
}

/// Refuses a change that cannot be made of the organization with this key, which is `known` where it is there. Gives the parent that it
/// asks for.
///
/// # Errors
/// Each field that is wrong.
pub async fn check(
    conn: &mut Conn,
    key: &str,
    known: Option<&Organization>,
    change: &Change,
) -> Result<Option<Option<Id>>> {
    check_words(change)?;
    check_days_off(&change.attributes)?;
    if known.is_none() {
        begun(Id(0), key)?;
    }
    if let Some(zone) = change.time_zone.as_ref().filter(|zone| !zone.is_empty()) {
        jiff::tz::TimeZone::get(zone).map_err(|_| {
            Error::invalid_field("time_zone", "no-such-zone", format!("there is no time zone {zone:?}"))
                .advise("Use an IANA name such as Europe/Lisbon.")
        })?;
    }
    match change.parent.as_deref() {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(parent) => {
            let parent = require(conn, parent, "parent").await?;
            if known.is_some_and(|known| parent.id == known.id || parent.parent == Some(known.id)) {
                return Err(Error::invalid_field("parent", "circle", "an organization cannot be upstream of itself"));
            }
            Ok(Some(Some(parent.id)))
        }
    }
}

/// Refuses what is longer than a name or a word may be, and a name that is none.
fn check_words(change: &Change) -> Result<()> {
    let mut wrong = Vec::new();
    if change.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        wrong.push(FieldError::new("name", "required", "a name is needed"));
    }
    let texts = [
        ("name", &change.name, NAME_MAX),
        ("plan", &change.plan, WORD_MAX),
        ("time_zone", &change.time_zone, WORD_MAX),
        ("language", &change.language, LANGUAGE_MAX),
    ];
    for (field, text, most) in texts {
        if text.as_ref().is_some_and(|text| text.chars().count() > most) {
            wrong.push(FieldError::new(field, "too-long", format!("has {most} characters at most")));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}

/// What a change says, else what was known; an empty text takes it away.
fn said(change: Option<String>, known: Option<String>) -> Option<String> {
    change.map_or(known, |text| Some(text).filter(|text| !text.is_empty()))
}

/// Puts an organization back as it stood.
pub async fn put_back(context: &mut Context<'_>, before: &Organization, stood: &Organization) -> Result<()> {
    queries::update(context.tx, stood, context.now).await?;
    words::change(context, &found_as(before), &found_as(stood)).await
}

/// Takes an organization away again that nothing refers to; says whether it went.
pub async fn remove(context: &mut Context<'_>, organization: &Organization) -> Result<bool> {
    if queries::is_in_use(context.tx, organization.id).await? {
        return Ok(false);
    }
    words::remove(context, &found_as(organization)).await?;
    queries::remove(context.tx, organization.id).await?;
    Ok(true)
}

/// What a search finds the organization by.
fn found_as(organization: &Organization) -> Document {
    Document::organization(organization.id, &organization.key, &organization.name)
}

fn begun(id: Id, key: &str) -> Result<Organization> {
    let fits = !key.is_empty() && key.len() <= 200 && !key.chars().any(|c| c.is_control() || c.is_whitespace());
    if !fits {
        return Err(Error::invalid_field("key", "no-key", "a key is 1 to 200 characters without spaces"));
    }
    Ok(Organization {
        id,
        key: key.to_owned(),
        name: key.to_owned(),
        plan: None,
        parent: None,
        time_zone: None,
        language: None,
        attributes: Map::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_a_key_without_spaces() {
        assert_eq!(key_of("Møller & Söhne 株式会社"), "møller-söhne-株式会社");
        assert_eq!(key_of(" & "), "");
        assert!(begun(Id(1), &key_of(&"Ü ".repeat(200))).is_ok());
    }
}
