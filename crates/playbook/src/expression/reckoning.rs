//! What instants and lengths of time give when they are added, subtracted and compared.
//!
//! Facts hold instants as texts ([`Type::Time`]); `timestamp(…)` and what is reckoned give ones to reckon with
//! ([`Type::Timestamp`]). Where the two meet, or an instant meets a length of time, the text is read as an instant.

use cel::IdedExpr;

use super::check::{Checker, spell};
use super::operators::literal_text;
use crate::types::{Type, is_instant};

/// A part and its type.
type Part<'p> = (&'p IdedExpr, &'p Type);

impl Checker<'_> {
    /// Reads a part, an instant written as a text, as an instant.
    pub(super) fn lift(&mut self, part: &IdedExpr) {
        self.lifted.insert(part.id);
    }

    /// Reads those of the two that are texts as instants.
    fn lift_both(&mut self, left: Part<'_>, right: Part<'_>) {
        for (part, type_) in [left, right] {
            if *type_ != Type::Timestamp && *type_ != Type::Duration {
                self.lift(part);
            }
        }
    }

    /// What `+` and `-` give where an instant or a length of time is reckoned with; `None` where neither is, or where
    /// they do not suit each other.
    pub(super) fn reckoned(&mut self, sign: &str, left: Part<'_>, right: Part<'_>) -> Option<Type> {
        let gives = match (sign, left.1, right.1) {
            ("+" | "-", Type::Duration, Type::Duration) => Type::Duration,
            ("-", first, second) if first.is_moment() && second.is_moment() => Type::Duration,
            ("+" | "-", first, Type::Duration) if first.is_moment() => Type::Timestamp,
            ("+", Type::Duration, second) if second.is_moment() => Type::Timestamp,
            // What is not known is an instant or a length: which of them is found out when it runs.
            ("-", Type::Any, second) if second.is_moment() => Type::Any,
            ("-", first, Type::Any) if first.is_moment() => Type::Any,
            ("+" | "-", Type::Any, Type::Duration) => Type::Any,
            ("+", Type::Duration | Type::Timestamp, Type::Any) | ("+", Type::Any, Type::Timestamp) => Type::Any,
            ("-", Type::Duration, Type::Any) => Type::Duration,
            _ => return None,
        };
        self.lift_both(left, right);
        Some(gives)
    }

    /// Whether the two are compared as instants or as lengths of time, or were told that they cannot be.
    pub(super) fn ordered_moments(&mut self, node: &IdedExpr, sign: &str, left: Part<'_>, right: Part<'_>) -> bool {
        if self.same_moment(left.0, left.1, right.0, right.1) {
            return true;
        }
        let is_any = |type_: &Type| *type_ == Type::Any;
        match (left.1, right.1) {
            (Type::Duration, Type::Duration) => true,
            (Type::Duration, other) | (other, Type::Duration) if is_any(other) => true,
            (Type::Timestamp, other) | (other, Type::Timestamp) if is_any(other) => true,
            (first, second) => {
                let is_one = |type_: &Type| matches!(type_, Type::Timestamp | Type::Duration);
                let is_mixed = matches!((first, second), (Type::Time, Type::Date) | (Type::Date, Type::Time));
                if !is_one(first) && !is_one(second) && !is_mixed {
                    return false;
                }
                for ((part, type_), (other, _)) in [(right, left), (left, right)] {
                    if let (Some(word), Type::Timestamp) = (literal_text(other), type_) {
                        self.never(other, word, part, type_);
                        return true;
                    }
                }
                let message =
                    format!("`{sign}` cannot compare {first} with {second}: {} and {}", spell(left.0), spell(right.0));
                self.wrong(node, message, advice(sign, left, right));
                true
            }
        }
    }

    /// Whether the two are looked at as instants: both are, or one is and the other spells one out.
    pub(super) fn same_moment(&mut self, left: &IdedExpr, first: &Type, right: &IdedExpr, second: &Type) -> bool {
        let spells = |part: &IdedExpr| literal_text(part).is_some_and(is_instant);
        let any = |type_: &Type| *type_ == Type::Any;
        let meet = match (first, second) {
            (one, other) if one.is_moment() && other.is_moment() => true,
            (one, _) if one.is_moment() && spells(right) => true,
            (_, other) if other.is_moment() && spells(left) => true,
            (Type::Timestamp, other) | (other, Type::Timestamp) => any(other),
            _ => false,
        };
        if meet {
            self.lift_both((left, first), (right, second));
        }
        meet
    }

    /// The same of a member of a list that is spelt out, whose members are all of one kind.
    pub(super) fn member_moment(&mut self, left: &IdedExpr, first: &Type, member: &IdedExpr, second: &Type) -> bool {
        let is_reckoned = *first == Type::Timestamp || *second == Type::Timestamp;
        is_reckoned && self.same_moment(left, first, member, second)
    }

    /// The type of two outcomes of which the one is written as a text and the other is not.
    pub(super) fn either_moment(
        &mut self,
        then: &IdedExpr,
        first: &Type,
        otherwise: &IdedExpr,
        second: &Type,
    ) -> Option<Type> {
        let differ = first.is_moment() && second.is_moment() && first != second;
        differ.then(|| {
            self.lift_both((then, first), (otherwise, second));
            Type::Timestamp
        })
    }
}

/// What to write where an instant or a length of time meets what cannot be reckoned with it.
pub(super) fn advice(sign: &str, left: Part<'_>, right: Part<'_>) -> Option<String> {
    let pairs = [(left, right), (right, left)];
    let is_timed = |type_: &Type| type_.is_moment() || *type_ == Type::Duration;
    if sign == "+"
        && let Some(((part, _), _)) =
            pairs.into_iter().find(|((_, timed), (_, text))| is_timed(timed) && text.is_text())
    {
        return Some(format!("`string({})`", bare(part)));
    }
    pairs.into_iter().filter(|(_, (_, other))| is_timed(other)).find_map(|((part, type_), (_, other))| {
        let written = bare(part);
        Some(match type_ {
            Type::Date => format!("say in which zone the day begins: `timestamp({written}, \"Europe/Lisbon\")`"),
            text if text.is_text() && *other == Type::Duration => format!("`duration({written})`"),
            text if text.is_text() && *text != Type::Time => format!("`timestamp({written})`"),
            number if number.is_number() => "a length of time is written `duration(\"2h\")`".to_owned(),
            _ => return None,
        })
    })
}

/// A part as it can be repeated in an advice.
fn bare(part: &IdedExpr) -> String {
    match spell(part).as_str() {
        spelt if spelt.starts_with('`') && !spelt.contains('…') => spelt.replace('`', ""),
        spelt if spelt.starts_with('"') => spelt.to_owned(),
        _ => "…".to_owned(),
    }
}
