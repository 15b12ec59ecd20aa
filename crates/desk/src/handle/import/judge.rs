//! What would become of a row: somebody new, somebody who changes, nothing at all, or what is wrong with it.

use std::collections::{BTreeMap, HashSet};

use playbook::{Field, Handbook};
use serde_json::{Map, Value};
use store::Conn;

use crate::contacts::{self, Contact};
use crate::error::{FieldError, Kind as Failure};
use crate::handle::{UpsertContact, UpsertOrganization};
use crate::imports::{Fate, Kind, Row};
use crate::organizations::{self, Change, Organization};
use crate::{Error, Result};

/// What a row would do.
pub(super) enum Upsert {
    Contact(Box<UpsertContact>),
    Organization(Box<UpsertOrganization>),
}

/// A row, and what it would do where nothing is wrong with it.
pub(super) struct Judged {
    pub(super) row: Row,
    pub(super) upsert: Option<Upsert>,
}

/// Judges the rows of a file in their order.
pub(super) struct Judge<'a> {
    handbook: &'a Handbook,
    kind: Kind,
    columns: &'a [Option<String>],
    /// The keys of the rows before.
    earlier: HashSet<String>,
}

/// The texts and attributes of a row, by what their columns are taken for.
type Given = (BTreeMap<String, String>, Map<String, Value>);

impl<'a> Judge<'a> {
    pub(super) fn new(handbook: &'a Handbook, kind: Kind, columns: &'a [Option<String>]) -> Self {
        Self { handbook, kind, columns, earlier: HashSet::new() }
    }

    /// Judges a row by what is known now.
    pub(super) async fn row(&mut self, conn: &mut Conn, place: i64, cells: Vec<String>) -> Result<Judged> {
        let mut wrong = Vec::new();
        let (texts, attributes) = self.given(&cells, &mut wrong);
        let own = texts.get(if self.kind == Kind::Contacts { "email" } else { "key" }).cloned().unwrap_or_default();
        let key = if self.kind == Kind::Contacts { own.to_lowercase() } else { own };
        let mut row = Row {
            place,
            key: key.chars().take(320).collect(),
            cells,
            fate: Fate::Refused,
            why: Vec::new(),
            carried: false,
            person: None,
            stood: None,
            stands: None,
            undone: None,
        };
        let is_twice = !key.is_empty() && !self.earlier.insert(key.clone());
        if is_twice {
            wrong.push(FieldError::new(self.key_field(), "twice", "a row before it is about the same"));
        }
        let judged = match self.kind {
            Kind::Contacts => self.contact(conn, &key, texts, attributes, &mut wrong).await?,
            Kind::Organizations => self.organization(conn, &key, texts, attributes, &mut wrong).await?,
        };
        if !wrong.is_empty() {
            row.why = wrong;
            return Ok(Judged { row, upsert: None });
        }
        let (upsert, is_known, changes) = judged;
        row.fate = match (is_known, changes.is_empty()) {
            (false, _) => Fate::New,
            (true, false) => Fate::Changed,
            (true, true) => Fate::Unchanged,
        };
        row.why = changes;
        Ok(Judged { row, upsert: Some(upsert) })
    }

    fn key_field(&self) -> &'static str {
        match self.kind {
            Kind::Contacts => "email",
            Kind::Organizations => "key",
        }
    }

    /// What the cells say; an empty one says nothing.
    fn given(&self, cells: &[String], wrong: &mut Vec<FieldError>) -> Given {
        let (mut texts, mut attributes) = (BTreeMap::new(), Map::new());
        for (column, cell) in self.columns.iter().zip(cells) {
            let (Some(column), cell) = (column, cell.trim()) else { continue };
            if cell.is_empty() {
                continue;
            }
            match column.strip_prefix("attributes.").map(|name| (name, self.declared().get(name))) {
                None => drop(texts.insert(column.clone(), cell.to_owned())),
                Some((name, Some(field))) => match field.accept_entered(&Value::from(entered(field, cell))) {
                    Ok(value) => drop(attributes.insert(name.to_owned(), value)),
                    Err(why) => wrong.push(FieldError::new(column, "wrong-type", why)),
                },
                // The handbook declared it when the file was looked at.
                Some((_, None)) => wrong.push(FieldError::new(column, "unknown", "is no attribute")),
            }
        }
        let full: Vec<String> = ["first_name", "last_name"].iter().filter_map(|part| texts.remove(*part)).collect();
        if !full.is_empty() {
            texts.entry("name".to_owned()).or_insert_with(|| full.join(" "));
        }
        (texts, attributes)
    }

    fn declared(&self) -> &BTreeMap<String, Field> {
        match self.kind {
            Kind::Contacts => &self.handbook.desk.attributes.contact,
            Kind::Organizations => &self.handbook.desk.attributes.organization,
        }
    }

    async fn contact(
        &self,
        conn: &mut Conn,
        key: &str,
        mut texts: BTreeMap<String, String>,
        attributes: Map<String, Value>,
        wrong: &mut Vec<FieldError>,
    ) -> Result<(Upsert, bool, Vec<FieldError>)> {
        let known = match contacts::find_by_address(conn, key).await {
            Ok(known) => known,
            Err(error) => {
                take(error, wrong)?;
                None
            }
        };
        let organization = match texts.remove("organization") {
            Some(named) => match organizations::known_as(conn, &named).await? {
                Some(found) => Some(found),
                None => {
                    let message = format!("there is no organization {named:?}");
                    wrong.push(FieldError::new("organization", "no-such-organization", message));
                    None
                }
            },
            None => None,
        };
        let command = UpsertContact {
            email: key.to_owned(),
            name: texts.remove("name"),
            organization: organization.as_ref().map(|found| found.key.clone()),
            role: texts.remove("role"),
            language: texts.remove("language"),
            attributes,
            may: None,
            addresses: None,
        };
        let change = contacts::Change {
            name: command.name.clone(),
            role: command.role.clone(),
            language: command.language.clone(),
            ..contacts::Change::default()
        };
        if let Err(error) = contacts::check(&change) {
            take(error, wrong)?;
        }
        let changes = of_contact(known.as_ref(), &command, organization.as_ref());
        Ok((Upsert::Contact(Box::new(command)), known.is_some(), changes))
    }

    async fn organization(
        &self,
        conn: &mut Conn,
        key: &str,
        mut texts: BTreeMap<String, String>,
        attributes: Map<String, Value>,
        wrong: &mut Vec<FieldError>,
    ) -> Result<(Upsert, bool, Vec<FieldError>)> {
        let known = organizations::find_by_key(conn, key).await?;
        let mut change = Change {
            name: texts.remove("name"),
            plan: texts.remove("plan"),
            parent: texts.remove("parent"),
            time_zone: texts.remove("time_zone"),
            language: texts.remove("language"),
            attributes,
        };
        // One that a row before makes is there by then.
        let comes = change.parent.clone().filter(|parent| parent != key && self.earlier.contains(parent));
        let asked = Change { parent: change.parent.take().filter(|_| comes.is_none()), ..change.clone() };
        if let Err(error) = organizations::check(conn, key, known.as_ref(), &asked).await {
            take(error, wrong)?;
        }
        change.parent = asked.parent.or(comes);
        let parent = match known.as_ref().and_then(|known| known.parent) {
            Some(parent) => organizations::find(conn, parent).await?.map(|parent| parent.key),
            None => None,
        };
        let changes = of_organization(known.as_ref(), parent.as_deref(), &change);
        let command = UpsertOrganization { key: key.to_owned(), change };
        Ok((Upsert::Organization(Box::new(command)), known.is_some(), changes))
    }
}

/// A list stands in one cell, with commas or semicolons between its members; a truth value in many words.
fn entered(field: &Field, cell: &str) -> String {
    match field.kind {
        playbook::FieldKind::List => cell.replace([';', ','], "\n"),
        playbook::FieldKind::Boolean | playbook::FieldKind::Integer { .. } => cell.to_lowercase(),
        _ => cell.to_owned(),
    }
}

/// What is wrong with the input is the row's; any other failure ends the import.
fn take(error: Error, wrong: &mut Vec<FieldError>) -> Result<()> {
    if error.kind != Failure::Invalid || error.fields.is_empty() {
        return Err(error);
    }
    wrong.extend(error.fields);
    Ok(())
}

/// What becomes of a contact; of a new one that is all that is said of it.
fn of_contact(known: Option<&Contact>, says: &UpsertContact, organization: Option<&Organization>) -> Vec<FieldError> {
    let mut changes = Changes::default();
    changes.text("name", known.and_then(|known| known.name.as_deref()), says.name.as_deref());
    changes.text("role", known.and_then(|known| known.role.as_deref()), says.role.as_deref());
    changes.text("language", known.and_then(|known| known.language.as_deref()), says.language.as_deref());
    let is_theirs = |organization: &Organization| known.and_then(|known| known.organization) == Some(organization.id);
    if let Some(organization) = organization.filter(|organization| !is_theirs(organization)) {
        changes.0.push(FieldError::new("organization", "changes", &organization.name));
    }
    changes.attributes(known.map(|known| &known.attributes), &says.attributes);
    changes.0
}

/// The same of an organization.
fn of_organization(known: Option<&Organization>, parent: Option<&str>, says: &Change) -> Vec<FieldError> {
    let mut changes = Changes::default();
    changes.text("name", known.map(|known| known.name.as_str()), says.name.as_deref());
    changes.text("plan", known.and_then(|known| known.plan.as_deref()), says.plan.as_deref());
    changes.text("parent", parent, says.parent.as_deref());
    changes.text("time_zone", known.and_then(|known| known.time_zone.as_deref()), says.time_zone.as_deref());
    changes.text("language", known.and_then(|known| known.language.as_deref()), says.language.as_deref());
    changes.attributes(known.map(|known| &known.attributes), &says.attributes);
    changes.0
}

/// What would change: each field with what it would be.
#[derive(Default)]
struct Changes(Vec<FieldError>);

impl Changes {
    fn text(&mut self, field: &str, known: Option<&str>, says: Option<&str>) {
        if let Some(says) = says.filter(|says| known != Some(*says)) {
            self.0.push(FieldError::new(field, "changes", says));
        }
    }

    fn attributes(&mut self, known: Option<&Map<String, Value>>, says: &Map<String, Value>) {
        let stood = |name: &String| known.and_then(|known| known.get(name));
        for (name, value) in says.iter().filter(|(name, value)| stood(name) != Some(*value)) {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.0.push(FieldError::new(&format!("attributes.{name}"), "changes", shown));
        }
    }
}
