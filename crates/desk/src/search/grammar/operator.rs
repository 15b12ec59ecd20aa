//! The operators, their names, and those of them that take one of a few words.

use super::nearest;
use crate::words::fold;

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `is:open`: how a ticket stands.
    Is,
    /// `from:maria`: who asked.
    From,
    /// `assignee:ana`, `to:ana`: who has it.
    Assignee,
    /// `org:acme`: the company that it is for.
    Organization,
    /// `team:support`.
    Team,
    /// `tag:printer`.
    Tag,
    /// `priority:high`.
    Priority,
    /// `playbook:general-request`.
    Playbook,
    /// `state:testing`: this state or one within it.
    State,
    /// `channel:mail`: how something on it came or went.
    Channel,
    /// `has:attachment`.
    Has,
    /// `in:notes`: where the words stand.
    In,
    /// `before:2026-10-01`: on an earlier day.
    Before,
    /// `after:2026-10-01`: on that day or later.
    After,
    /// `on:2026-10-01`: on that day.
    On,
}

/// Each with its name, its other names (in Portuguese too), and the words that it takes, where only these.
const TABLE: [(Operator, &str, &[&str], &[&str]); 15] = [
    (Operator::Is, "is", &["esta"], &["open", "pending", "solved", "closed", "unassigned", "mine", "snoozed"]),
    (Operator::From, "from", &["requester", "de"], &[]),
    (Operator::Assignee, "assignee", &["to", "assigned", "responsavel", "para"], &[]),
    (Operator::Organization, "org", &["organization", "company", "empresa"], &[]),
    (Operator::Team, "team", &["equipa"], &[]),
    (Operator::Tag, "tag", &["label", "etiqueta"], &[]),
    (Operator::Priority, "priority", &["prioridade"], &["low", "normal", "high", "urgent"]),
    (Operator::Playbook, "playbook", &["procedure", "procedimento"], &[]),
    (Operator::State, "state", &["estado"], &[]),
    (Operator::Channel, "channel", &["canal", "via"], &["mail", "form", "api", "hand", "web", "playbook"]),
    (Operator::Has, "has", &["tem"], &["attachment"]),
    (Operator::In, "in", &["em"], &["notes", "messages"]),
    (Operator::Before, "before", &["until", "antes"], &[]),
    (Operator::After, "after", &["since", "desde"], &[]),
    (Operator::On, "on", &["dia"], &[]),
];

/// Other words for those that operators take, in Portuguese too.
const SYNONYMS: [(&str, &str); 30] = [
    ("aberto", "open"),
    ("abertos", "open"),
    ("pendente", "pending"),
    ("pendentes", "pending"),
    ("resolvido", "solved"),
    ("resolvidos", "solved"),
    ("fechado", "closed"),
    ("fechados", "closed"),
    ("livre", "unassigned"),
    ("livres", "unassigned"),
    ("meu", "mine"),
    ("meus", "mine"),
    ("me", "mine"),
    ("adiado", "snoozed"),
    ("adiados", "snoozed"),
    ("baixa", "low"),
    ("alta", "high"),
    ("urgente", "urgent"),
    ("email", "mail"),
    ("correio", "mail"),
    ("formulario", "form"),
    ("attachments", "attachment"),
    ("file", "attachment"),
    ("files", "attachment"),
    ("anexo", "attachment"),
    ("anexos", "attachment"),
    ("note", "notes"),
    ("notas", "notes"),
    ("message", "messages"),
    ("mensagens", "messages"),
];

impl Operator {
    /// Every operator, in the order that people are told of them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(operator, ..)| *operator)
    }

    /// The operator of this name, in capitals or not, with accents or without.
    pub fn named(name: &str) -> Option<Self> {
        let name = folded(name);
        TABLE
            .iter()
            .find(|(_, own, others, _)| *own == name || others.contains(&name.as_str()))
            .map(|(known, ..)| *known)
    }

    /// The operator whose name is nearest to this one; `None` when none is near.
    pub fn nearest(name: &str) -> Option<Self> {
        let names = TABLE.iter().flat_map(|(_, own, others, _)| std::iter::once(own).chain(others.iter()));
        nearest::of(&folded(name), names.copied()).and_then(Self::named)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        TABLE.iter().find(|(operator, ..)| *operator == self).map_or("", |(_, name, ..)| name)
    }

    /// The words that it takes; empty where anything may stand.
    pub fn values(self) -> &'static [&'static str] {
        TABLE.iter().find(|(operator, ..)| *operator == self).map_or(&[], |(.., values)| values)
    }

    /// Which of its words this one says; `None` when it is none of them.
    pub fn value(self, typed: &str) -> Option<&'static str> {
        let typed = folded(typed);
        let meant = SYNONYMS.iter().find(|(other, _)| *other == typed).map_or(typed.as_str(), |(_, meant)| meant);
        self.values().iter().find(|known| **known == typed || **known == meant).copied()
    }

    /// Which of its words is nearest to this one.
    pub fn nearest_value(self, typed: &str) -> Option<&'static str> {
        let known = SYNONYMS.iter().filter(|(_, meant)| self.values().contains(meant)).map(|(other, _)| *other);
        let word = nearest::of(&folded(typed), self.values().iter().copied().chain(known))?;
        self.value(word)
    }

    /// Whether what stands behind it is a day.
    pub fn takes_a_day(self) -> bool {
        matches!(self, Self::Before | Self::After | Self::On)
    }
}

fn folded(text: &str) -> String {
    fold::words(text).join(" ")
}
