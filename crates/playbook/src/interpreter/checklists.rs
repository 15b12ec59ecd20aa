//! Checklists: which items apply, what is still to be checked, and checking an item.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::machine::Machine;
use crate::checklist::{Checked, ItemCheck};
use crate::definition::{Checklist, ChecklistItem, Choice, Playbook, StateId};
use crate::facts::Facts;
use crate::run::{Fault, Run};
use crate::source::Place;
use crate::spelling;
use crate::text::Localized;
use crate::views::{ChecklistView, ItemView, Unchecked};

impl<'p> Machine<'p> {
    /// Brings the variable `checklists` in line with what is checked and what applies.
    pub(super) fn refresh_checklists(&mut self) {
        if self.playbook.checklists.is_empty() {
            return;
        }
        let value: Map<String, Value> = (self.playbook.checklists.iter())
            .map(|checklist| {
                let left = self.left(checklist).count();
                (checklist.name.clone(), json!({ "done": left == 0, "left": left }))
            })
            .collect();
        self.values.insert("checklists".to_owned(), Value::Object(value));
    }

    /// The items that hold a choice back, those of the states it stands in included.
    pub(super) fn unchecked(&self, active: StateId, choice: &Choice) -> Vec<Unchecked> {
        let playbook = self.playbook;
        let of_states = playbook.line(active).flat_map(|(_, state)| &state.needs);
        let mut unchecked: Vec<Unchecked> = Vec::new();
        for name in choice.needs.iter().chain(of_states) {
            let Some(checklist) = playbook.checklists.iter().find(|checklist| checklist.name == *name) else {
                continue;
            };
            for item in self.left(checklist) {
                let (checklist, item, label) = (name.clone(), item.id.clone(), item.label.clone());
                let item = Unchecked { checklist, item, label };
                if !unchecked.contains(&item) {
                    unchecked.push(item);
                }
            }
        }
        unchecked
    }

    /// The required items that apply and are not checked.
    fn left<'a>(&'a self, checklist: &'a Checklist) -> impl Iterator<Item = &'a ChecklistItem> {
        checklist.items.iter().filter(move |item| {
            item.required && self.run.checked(&checklist.name, &item.id).is_none() && self.applies(item)
        })
    }

    /// Whether an item applies. One about which that cannot be told does: it is asked for rather than forgotten.
    fn applies(&self, item: &ChecklistItem) -> bool {
        item.when.as_ref().is_none_or(|when| when.holds_with(&self.values, &self.facts.open).unwrap_or(true))
    }
}

impl Run {
    /// The item as it was checked, if it was.
    #[must_use]
    pub fn checked(&self, checklist: &str, item: &str) -> Option<&Checked> {
        self.memory.checked.get(checklist)?.get(item)
    }
}

impl Playbook {
    /// The checklists as they stand, in the order of the file, with the items that apply.
    ///
    /// # Errors
    /// A [`Fault`] when the run's state is unknown.
    pub fn checklists(&self, run: &Run, facts: &Facts, now: Timestamp) -> Result<Vec<ChecklistView>, Fault> {
        let machine = Machine::new(self, run, facts, None, now);
        let active = machine.active()?;
        let of_states = self.line(active).flat_map(|(_, state)| &state.needs);
        let of_choices = self.visible_choices(active).flat_map(|choice| &choice.needs);
        let needed: Vec<&String> = of_states.chain(of_choices).collect();
        let view = |checklist: &Checklist| ChecklistView {
            name: checklist.name.clone(),
            title: checklist.title.clone(),
            done: machine.left(checklist).next().is_none(),
            needed: needed.contains(&&checklist.name),
            items: (checklist.items.iter())
                .filter(|item| machine.applies(item))
                .map(|item| ItemView {
                    id: item.id.clone(),
                    label: item.label.clone(),
                    required: item.required,
                    evidence: item.evidence.clone(),
                    from: item.from.clone(),
                    checked: run.checked(&checklist.name, &item.id).cloned(),
                })
                .collect(),
        };
        Ok(self.checklists.iter().map(view).collect())
    }

    /// The run with an item checked; no step is taken. Checking it again replaces who, when and the evidence.
    ///
    /// # Errors
    /// A [`Fault`]: `item-unknown`; `item-not-needed` when its `when` does not hold; `evidence-missing` when evidence is
    /// asked for and none of the right kind is given.
    pub fn check_item(&self, run: &Run, facts: &Facts, check: &ItemCheck, now: Timestamp) -> Result<Run, Fault> {
        let item = self.item(&check.checklist, &check.item)?;
        let fault = |code, message| Err(Fault::new(code, &item.place, message));
        if !Machine::new(self, run, facts, None, now).applies(item) {
            return fault("item-not-needed", format!("“{}” does not apply here", item.label));
        }
        let given = check.evidence.as_ref().filter(|evidence| !evidence.value.trim().is_empty());
        let fits = given.is_some_and(|evidence| item.evidence.contains(&evidence.kind));
        if !item.evidence.is_empty() && !fits {
            let kinds: Vec<&str> = item.evidence.iter().map(|kind| kind.as_str()).collect();
            return fault("evidence-missing", format!("“{}” is shown by a {}", item.label, kinds.join(" or a ")));
        }
        let mut run = run.clone();
        let checked = Checked { by: check.by.clone(), at: now, evidence: given.cloned() };
        run.memory.checked.entry(check.checklist.clone()).or_default().insert(check.item.clone(), checked);
        Ok(run)
    }

    /// The run with an item no longer checked; no step is taken.
    ///
    /// # Errors
    /// A [`Fault`] `item-unknown`.
    pub fn uncheck_item(&self, run: &Run, checklist: &str, item: &str) -> Result<Run, Fault> {
        self.item(checklist, item)?;
        let mut run = run.clone();
        if let Some(items) = run.memory.checked.get_mut(checklist) {
            items.remove(item);
        }
        run.memory.checked.retain(|_, items| !items.is_empty());
        Ok(run)
    }

    /// What is to be done for an item, and where its checklist says so.
    #[must_use]
    pub fn checklist_item(&self, checklist: &str, item: &str) -> Option<(&Localized, &Place)> {
        self.item(checklist, item).ok().map(|item| (&item.label, &item.place))
    }

    fn item(&self, checklist: &str, item: &str) -> Result<&ChecklistItem, Fault> {
        let Some(list) = self.checklists.iter().find(|list| list.name == checklist) else {
            let help = spelling::suggest(checklist, self.checklists.iter().map(|list| list.name.as_str()));
            let message = format!("`{}` has no checklist `{checklist}`", self.name);
            return Err(Fault::new("item-unknown", &self.place, message).with_help(help));
        };
        list.items.iter().find(|known| known.id == item).ok_or_else(|| {
            let help = spelling::suggest(item, list.items.iter().map(|known| known.id.as_str()));
            let message = format!("the checklist `{checklist}` has no item `{item}`");
            Fault::new("item-unknown", &list.place, message).with_help(help)
        })
    }
}
