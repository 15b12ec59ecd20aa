//! What opens tickets, and of which playbook.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Handbook;
use crate::definition::{Opens, OpensBy, Playbook};
use crate::facts::Facts;
use crate::run::{Event, Fault};

/// The playbook for everything that no other one wants.
const LAST_RESORT: &str = "general-request";

impl Handbook {
    /// What a submission of the form opens.
    #[must_use]
    pub fn opening_for_form(&self, form: &str) -> Option<(&Arc<Playbook>, &Opens)> {
        self.opening(|by| matches!(by, OpensBy::Form(name) if name == form))
    }

    /// What a call of the API opens that names no playbook.
    #[must_use]
    pub fn opening_for_api(&self) -> Option<(&Arc<Playbook>, &Opens)> {
        self.opening(|by| *by == OpensBy::Api)
    }

    /// What a colleague may open, by the playbooks' names.
    pub fn openings_by_hand(&self) -> impl Iterator<Item = (&Arc<Playbook>, &Opens)> {
        self.openings().filter(|(_, opens)| opens.by == OpensBy::Hand)
    }

    /// What a chat opens.
    #[must_use]
    pub fn opening_for_chat(&self) -> Option<(&Arc<Playbook>, &Opens)> {
        self.opening(|by| *by == OpensBy::Chat)
    }

    /// What a mail opens: the first opening, in their order and then by the playbook's name, whose `when` holds;
    /// otherwise the one without a `when`.
    ///
    /// # Errors
    /// A [`Fault`] when a `when` cannot be decided.
    pub fn opening_for_mail(
        &self,
        facts: &Facts,
        event: &Event,
        now: Timestamp,
    ) -> Result<Option<(&Arc<Playbook>, &Opens)>, Fault> {
        let mut candidates: Vec<(i64, &Arc<Playbook>, &Opens)> = Vec::new();
        let mut otherwise = None;
        for (playbook, opens) in self.openings() {
            match (&opens.by, &opens.when) {
                (OpensBy::Mail { order }, Some(_)) => candidates.push((*order, playbook, opens)),
                (OpensBy::Mail { .. }, None) => otherwise = Some((playbook, opens)),
                _ => {}
            }
        }
        candidates.sort_by_key(|(order, playbook, _)| (*order, playbook.name().to_owned()));
        let mut values: Map<String, Value> = facts.values.clone();
        values.insert("event".to_owned(), event.value(now));
        values.insert("now".to_owned(), Value::from(now.to_string()));
        for (_, playbook, opens) in candidates {
            if opens.when.as_ref().map_or(Ok(false), |when| when.holds(&values))? {
                return Ok(Some((playbook, opens)));
            }
        }
        Ok(otherwise)
    }

    /// The playbook for everything that no other one wants: `general-request`.
    #[must_use]
    pub fn last_resort(&self) -> Option<&Arc<Playbook>> {
        self.playbooks.get(LAST_RESORT)
    }

    pub(crate) fn openings(&self) -> impl Iterator<Item = (&Arc<Playbook>, &Opens)> {
        self.playbooks.values().flat_map(|playbook| playbook.opens().iter().map(move |opens| (playbook, opens)))
    }

    fn opening(&self, is: impl Fn(&OpensBy) -> bool) -> Option<(&Arc<Playbook>, &Opens)> {
        self.openings().find(|(_, opens)| is(&opens.by))
    }
}
