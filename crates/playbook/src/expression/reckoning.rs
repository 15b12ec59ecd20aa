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
                let bad_literal = [(left, second), (right, first)]
                    .into_iter()
                    .any(|((part, _), other)| *other == Type::Timestamp && literal_text(part).is_some());
                if !is_one(first) && !is_one(second) && !is_mixed || bad_literal {
                    return false;
                }
                let message =
                    format!("`{sign}` cannot compare {first} with {second}: {} and {}", spell(left.0), spell(right.0));
                self.wrong(node, message, advice(left, right));
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
pub(super) fn advice(left: Part<'_>, right: Part<'_>) -> Option<String> {
    for ((part, type_), (_, other)) in [(left, right), (right, left)] {
        let spelt = spell(part);
        let bare = spelt.replace('`', "");
        let timed = other.is_moment() || *other == Type::Duration;
        return Some(match (type_, other) {
            (Type::Date, _) if timed => {
                format!("say in which zone the day begins: `timestamp({bare}, \"Europe/Lisbon\")`")
            }
            (_, Type::Duration) if literal_text(part).is_some() => format!("`duration({bare})`"),
            (text, _) if timed && text.is_text() && *text != Type::Time => format!("`timestamp({bare})`"),
            (Type::Timestamp | Type::Duration, text) if text.is_text() => format!("`string({bare})`"),
            (number, Type::Duration) if number.is_number() => "a length of time is `duration(\"2h\")`".to_owned(),
            (number, moment) if number.is_number() && moment.is_moment() => {
                "a length of time is `duration(\"2h\")`".to_owned()
            }
            _ => continue,
        });
    }
    None
}
