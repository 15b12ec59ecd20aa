//! Expressions made by kinds: of every function in the table, every operator, loops, and paths of every type.

use super::*;
use crate::expression::functions::{Gives, Takes};

/// What an expression is made to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Decimal,
    Text,
    Choice,
    Day,
    Instant,
    Timestamp,
    Length,
    Texts,
    Integers,
    Instants,
    Calendar,
    Row,
}

use Kind::*;

pub(super) const KINDS: [Kind; 14] = [
    Boolean, Integer, Decimal, Text, Choice, Day, Instant, Timestamp, Length, Texts, Integers, Instants, Calendar, Row,
];

/// What is kept as a text.
const TEXTS: [Kind; 4] = [Text, Choice, Day, Instant];
const MOMENTS: [Kind; 2] = [Instant, Timestamp];
const NUMBERS: [Kind; 2] = [Integer, Decimal];

/// A scope with something of every type, and with what the desk's features type: the columns of a look-up, what was
/// asked with a choice, linked tickets.
pub(super) fn scope() -> Scope {
    let mut scope = super::findings::scope();
    for (path, type_) in [
        ("event.data.upstream", Type::Text),
        ("event.data.count", Type::Integer),
        ("event.data.share", Type::Decimal),
        ("event.data.active", Type::Boolean),
        ("event.data.signed", Type::Date),
        ("event.data.seen", Type::Time),
        ("event.message.subject", Type::Text),
        ("choice.kind", Type::words(["first", "second"])),
        ("choice.many", Type::Integer),
        ("choice.sure", Type::Boolean),
        ("choice.by", Type::Date),
        ("links.config.count", Type::Integer),
    ] {
        scope.add(path, type_);
    }
    scope
}

fn leaves(kind: Kind) -> &'static [&'static str] {
    match kind {
        Boolean => &["urgent", "true", "links.config.ended", "event.data.active", "choice.sure"],
        Integer => &[
            "documents",
            "0",
            "held",
            "1",
            "-3",
            "9223372036854775807",
            "event.data.count",
            "choice.many",
            "links.config.count",
        ],
        Decimal => &["ratio", "2.5", "0.0", "event.data.share"],
        Text => &[
            "details",
            "'a'",
            "''",
            "'12'",
            "organization.name",
            "event.data.upstream",
            "event.message.subject",
            "'2026-12-25'",
            "'2026-12-25T09:00:00Z'",
            "'1h'",
        ],
        Choice => &["request_type", "'other'", "links.config.state", "choice.kind"],
        Day => &["due", "event.data.signed", "choice.by"],
        Instant => &["now", "ticket.opened_at", "event.data.seen"],
        Timestamp => &["timestamp('2026-12-25T09:00:00Z')", "timestamp('9999-12-30T00:00:00Z')", "timestamp(now)"],
        Length => &["duration('1h30m')", "duration('-99999h')", "duration('0.5s')"],
        Texts => &["unmet", "['a', 'b']", "[]"],
        Integers => &["[1, 2]", "[held]"],
        Instants => &["[now]", "[timestamp(now)]"],
        Calendar => &["calendars.office", "calendars['late-shop']"],
        Row => &["event.data", "organization", "links.config", "choice"],
    }
}

/// Choices, drawn one after the other; when none is left every further one is the first.
pub(super) struct Draw<'d> {
    pub(super) left: &'d [u16],
}

impl Draw<'_> {
    fn pick(&mut self, of: usize) -> usize {
        let Some((first, rest)) = self.left.split_first() else { return 0 };
        self.left = rest;
        usize::from(*first) % of
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())]
    }

    /// An expression of a kind, seldom of another.
    pub(super) fn expression(&mut self, kind: Kind, depth: usize) -> String {
        let kind = if self.pick(24) == 23 { self.one(&KINDS) } else { kind };
        if depth == 0 || self.left.is_empty() || self.pick(4) == 0 {
            return self.one(leaves(kind)).to_owned();
        }
        match self.pick(6) {
            0 => self.either(kind, depth - 1),
            1 => self.held_in(kind, depth - 1),
            2 | 3 => self.call(kind, depth - 1),
            _ => self.operation(kind, depth - 1),
        }
    }

    fn one_of(&mut self, kinds: &[Kind], depth: usize) -> String {
        let kind = self.one(kinds);
        self.expression(kind, depth)
    }

    fn either(&mut self, kind: Kind, depth: usize) -> String {
        let condition = self.expression(Boolean, depth);
        let second = if kind == Timestamp { self.one(&MOMENTS) } else { kind };
        format!("({condition} ? {} : {})", self.expression(kind, depth), self.expression(second, depth))
    }

    /// Something held in an object or a list and read from it again.
    fn held_in(&mut self, kind: Kind, depth: usize) -> String {
        let value = self.expression(kind, depth);
        match self.pick(3) {
            0 => format!("{{'k': {value}}}.k"),
            1 => format!("[{value}][{}]", self.expression(Integer, depth)),
            _ => format!("[{value}, {}][0]", self.expression(kind, depth)),
        }
    }

    /// A function of the table that gives the kind; an operation where none does.
    fn call(&mut self, kind: Kind, depth: usize) -> String {
        let gives = match kind {
            Boolean => Gives::Boolean,
            Integer => Gives::Integer,
            Decimal => Gives::Decimal,
            Text => Gives::Text,
            Timestamp => Gives::Timestamp,
            Length => Gives::Duration,
            _ => return self.operation(kind, depth),
        };
        let functions: Vec<&Function> = FUNCTIONS.iter().filter(|function| function.gives == gives).collect();
        let function = self.one(&functions);
        let on = function.on.map(|takes| format!("{}.", self.taken(takes, depth)));
        let arguments: Vec<String> = function.arguments.iter().map(|takes| self.taken(*takes, depth)).collect();
        format!("{}{}({})", on.unwrap_or_default(), function.name, arguments.join(", "))
    }

    fn taken(&mut self, takes: Takes, depth: usize) -> String {
        match takes {
            Takes::Text => self.one_of(&TEXTS, depth),
            Takes::Pattern => self.one(&["'^a'", "'[0-9]+$'", "'('"]).to_owned(),
            Takes::Texts => self.expression(Texts, depth),
            Takes::Sized => self.one_of(&[Text, Texts, Row, Integers, Choice], depth),
            Takes::Numeric => self.one_of(&[Integer, Decimal, Text], depth),
            Takes::Plain => self.one_of(&[Integer, Decimal, Text, Boolean, Day, Instant, Timestamp, Length], depth),
            Takes::Instant => self.one_of(&MOMENTS, depth),
            Takes::Duration => self.expression(Length, depth),
            Takes::InstantText => self.one_of(&[Instant, Timestamp, Text], depth),
            Takes::DurationText => self.one_of(&[Length, Text], depth),
            Takes::Day => self.one_of(&[Day, Text], depth),
            Takes::Zone => match self.pick(4) {
                0 => "'Europe/Lisbon'".to_owned(),
                1 => "'-08:00'".to_owned(),
                2 => "'UTC'".to_owned(),
                _ => self.expression(Text, depth),
            },
            Takes::Calendar => self.expression(Calendar, depth),
        }
    }

    fn operation(&mut self, kind: Kind, depth: usize) -> String {
        let signs: &[&str] = match kind {
            Boolean => return self.condition(depth),
            Texts if self.pick(2) == 0 => return self.looped(depth),
            Integers => return format!("{}.map(x, size(x))", self.expression(Texts, depth)),
            Instants => {
                let member = self.one(&MOMENTS);
                return format!("[{}, {}]", self.expression(member, depth), self.expression(member, depth));
            }
            Row => {
                let inner = self.one(&[Integer, Text, Texts, Boolean]);
                return format!("{{'a': {}}}", self.expression(inner, depth));
            }
            Integer if self.pick(6) == 0 => return format!("-({})", self.expression(Integer, depth)),
            Integer => &["+", "-", "*", "/", "%"],
            Decimal => &["+", "-", "*", "/"],
            Timestamp => return self.moved(depth),
            Length if self.pick(2) == 0 => {
                return format!("({} - {})", self.one_of(&MOMENTS, depth), self.one_of(&MOMENTS, depth));
            }
            Length => &["+", "-"],
            Text | Texts => &["+"],
            Choice | Day | Instant | Calendar => return self.one(leaves(kind)).to_owned(),
        };
        let kinds: &[Kind] = if kind == Text { &TEXTS } else { &[kind] };
        format!("({} {} {})", self.one_of(kinds, depth), self.one(signs), self.one_of(kinds, depth))
    }

    fn moved(&mut self, depth: usize) -> String {
        let (at, by) = (self.one_of(&MOMENTS, depth), self.expression(Length, depth));
        match self.pick(3) {
            0 => format!("({at} + {by})"),
            1 => format!("({by} + {at})"),
            _ => format!("({at} - {by})"),
        }
    }

    fn looped(&mut self, depth: usize) -> String {
        let list = self.expression(Texts, depth);
        match self.pick(2) {
            0 => format!("{list}.filter(x, x != {})", self.expression(Text, depth)),
            _ => format!("{list}.map(x, x + {})", self.expression(Text, depth)),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        match self.pick(8) {
            0 => format!("!({})", self.expression(Boolean, depth)),
            1 => {
                let sign = self.one(&["&&", "||"]);
                format!("({} {sign} {})", self.expression(Boolean, depth), self.expression(Boolean, depth))
            }
            2 => {
                let kind = self.one(&KINDS);
                format!("({} {} null)", self.expression(kind, depth), self.one(&["==", "!="]))
            }
            3 => format!("({} in {})", self.one_of(&TEXTS, depth), self.expression(Texts, depth)),
            4 => {
                let (list, with) = (self.expression(Texts, depth), self.one(&["all", "exists", "exists_one"]));
                format!("{list}.{with}(x, x.contains({}))", self.expression(Text, depth))
            }
            5 => self.one(&["has(organization.plan)", "has(event.data.seen)", "has(links.config.state)"]).to_owned(),
            _ => {
                let kinds = self.one::<&[Kind]>(&[&NUMBERS, &TEXTS, &MOMENTS, &[Length], &[Instant, Timestamp, Text]]);
                let sign = self.one(&["<", "<=", ">", ">=", "==", "!="]);
                format!("({} {sign} {})", self.one_of(kinds, depth), self.one_of(kinds, depth))
            }
        }
    }
}
