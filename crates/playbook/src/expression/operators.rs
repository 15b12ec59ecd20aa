//! What operators and functions take, and what comes out.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};

use super::check::{Checker, spell};
use crate::spelling;
use crate::types::Type;

/// Every operator, as the parser names it.
pub(super) const OPERATORS: [&str; 19] = [
    operators::CONDITIONAL,
    operators::LOGICAL_AND,
    operators::LOGICAL_OR,
    operators::LOGICAL_NOT,
    operators::SUBSTRACT,
    operators::ADD,
    operators::MULTIPLY,
    operators::DIVIDE,
    operators::MODULO,
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::GREATER_EQUALS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::LESS,
    operators::NEGATE,
    operators::INDEX,
    operators::IN,
    operators::NOT_STRICTLY_FALSE,
];

/// Whether the parser means an operator by that name.
pub(super) fn is_operator(name: &str) -> bool {
    OPERATORS.contains(&name)
}

/// An operator as it is written.
fn sign(name: &str) -> &str {
    name.trim_matches(|c| c == '_' || c == '@')
}

impl Checker<'_> {
    pub(super) fn operator(&mut self, node: &IdedExpr, call: &CallExpr) -> Type {
        let sign = sign(&call.func_name);
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::CONDITIONAL, [condition, then, otherwise]) => {
                self.condition(condition, "before `?` stands what decides");
                self.either(then, otherwise)
            }
            (operators::LOGICAL_AND | operators::LOGICAL_OR, [left, right]) => {
                let why = match &left.expr {
                    // The accumulator of `all` and `exists`, which nobody wrote.
                    Expr::Ident(name) if name.starts_with('@') => "it is true or false of each member".to_owned(),
                    _ => format!("both sides of `{sign}` are true or false"),
                };
                for side in [left, right] {
                    self.condition(side, &why);
                }
                Type::Boolean
            }
            (operators::LOGICAL_NOT | operators::NOT_STRICTLY_FALSE, [operand]) => {
                self.condition(operand, "what `!` turns round is true or false");
                Type::Boolean
            }
            (operators::NEGATE, [operand]) => self.negated(operand),
            (operators::EQUALS | operators::NOT_EQUALS, [left, right]) => {
                self.equal(left, right);
                Type::Boolean
            }
            (
                operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS,
                [left, right],
            ) => {
                self.ordered(node, sign, left, right);
                Type::Boolean
            }
            (operators::IN, [left, right]) => {
                self.contained(left, right);
                Type::Boolean
            }
            (operators::INDEX, [list, index]) => self.indexed(node, list, index),
            (_, [left, right]) => self.arithmetic(node, sign, left, super::members::written(right)),
            _ => Type::Any,
        }
    }

    /// A part that is to be true or false.
    pub(super) fn condition(&mut self, node: &IdedExpr, why: &str) {
        let type_ = self.type_of(node);
        if type_ != Type::Boolean && type_ != Type::Any {
            let help = "compare it with something, for example `!= null`".to_owned();
            self.wrong(node, format!("{why}, {} is {type_}", spell(node)), Some(help));
        }
    }

    fn either(&mut self, then: &IdedExpr, otherwise: &IdedExpr) -> Type {
        let (first, second) = (self.type_of(then), self.type_of(otherwise));
        if let Some(timestamp) = self.either_moment(then, &first, otherwise, &second) {
            return timestamp;
        }
        first.join(&second).unwrap_or_else(|| {
            let message = format!("one outcome is {first}, the other {second}");
            self.wrong(otherwise, message, Some("both outcomes are of one kind".to_owned()));
            Type::Any
        })
    }

    fn negated(&mut self, operand: &IdedExpr) -> Type {
        let type_ = self.type_of(operand);
        if type_.is_number() || type_ == Type::Any {
            return type_;
        }
        self.wrong(operand, format!("only a number has a negative, {} is {type_}", spell(operand)), None);
        Type::Any
    }

    /// Two parts that can be equal; a word that is none of those known comes with the one that was meant.
    fn equal(&mut self, left: &IdedExpr, right: &IdedExpr) {
        let (first, second) = (self.type_of(left), self.type_of(right));
        if !self.same_moment(left, &first, right, &second) {
            self.same(left, &first, right, &second);
        }
    }

    fn same(&mut self, left: &IdedExpr, first: &Type, right: &IdedExpr, second: &Type) {
        if first.may_equal(second) {
            return;
        }
        if let Some(word) = literal_text(left) {
            self.never(left, word, right, second);
        } else if let Some(word) = literal_text(right) {
            self.never(right, word, left, first);
        } else {
            let message = format!("{} is {first}, {} is {second}: they are never equal", spell(left), spell(right));
            self.wrong(right, message, super::reckoning::advice("==", (left, first), (right, second)));
        }
    }

    /// A spelt-out word that the other side never is.
    pub(super) fn never(&mut self, literal: &IdedExpr, word: &str, other: &IdedExpr, type_: &Type) {
        let (message, help) = match type_ {
            Type::Words(words) => (
                format!("{} is never \"{word}\"", spell(other)),
                literal_text(other).is_none().then(|| spelling::suggest(word, words.iter().map(String::as_str))),
            ),
            Type::Date => (
                format!("{} is a day, \"{word}\" is none", spell(other)),
                Some("write it like \"2026-12-25\"".to_owned()),
            ),
            Type::Time | Type::Timestamp => (
                format!("{} is an instant, \"{word}\" is none", spell(other)),
                Some("write it like \"2026-12-25T09:00:00Z\"".to_owned()),
            ),
            Type::Integer if word.trim().parse::<i64>().is_ok() => (
                format!("{} is {type_}, \"{word}\" a text: they are never equal", spell(other)),
                Some(format!("write `{}` without quotes", word.trim())),
            ),
            _ => (format!("{} is {type_}, \"{word}\" a text: they are never equal", spell(other)), None),
        };
        self.wrong(literal, message, help);
    }

    fn ordered(&mut self, node: &IdedExpr, sign: &str, left: &IdedExpr, right: &IdedExpr) {
        let (first, second) = (self.type_of(left), self.type_of(right));
        if self.ordered_moments(node, sign, (left, &first), (right, &second)) {
            return;
        }
        let sorted = |type_: &Type| type_.is_number() || type_.is_text() || *type_ == Type::Any;
        for (part, type_) in [(left, &first), (right, &second)] {
            if !sorted(type_) {
                let message = format!("`{sign}` compares numbers or texts, {} is {type_}", spell(part));
                self.wrong(part, message, None);
                return;
            }
        }
        let alike = first == Type::Any
            || second == Type::Any
            || (first.is_number() && second.is_number())
            || (first.is_text() && second.is_text());
        if !alike {
            let help = [(left, &second), (right, &first)].into_iter().find_map(|(part, other)| {
                let number = literal_text(part)?.trim().parse::<i64>().ok()?;
                other.is_number().then(|| format!("write `{number}` without quotes"))
            });
            let message =
                format!("`{sign}` cannot compare {first} with {second}: {} and {}", spell(left), spell(right));
            self.wrong(node, message, help);
            return;
        }
        // A day, or an instant, is only in order with one of its kind.
        for (literal, type_) in [(left, &second), (right, &first)] {
            if let Some(word) = literal_text(literal)
                && matches!(type_, Type::Date | Type::Time)
                && !Type::word(word).may_equal(type_)
            {
                let other = if std::ptr::eq(literal, left) { right } else { left };
                self.never(literal, word, other, type_);
            }
        }
    }

    fn contained(&mut self, left: &IdedExpr, right: &IdedExpr) {
        let (member, container) = (self.type_of(left), self.type_of(right));
        match (&right.expr, &container) {
            (Expr::List(list), _) => {
                for element in &list.elements {
                    // What is wrong with the element itself was told with the list.
                    let told = self.findings.len();
                    let type_ = self.type_of(element);
                    self.findings.truncate(told);
                    if self.member_moment(left, &member, element, &type_) {
                        continue;
                    }
                    self.same(left, &member, element, &type_);
                }
            }
            (_, Type::List(of)) => self.same_member(left, &member, right, of),
            (_, Type::Object(_)) if member.is_text() || member.is_open() => {}
            (_, Type::Any) => {}
            (_, type_) if type_.is_text() => {
                let help = format!("whether a text stands in another: `{}.contains(…)`", spell(right).replace('`', ""));
                self.wrong(right, format!("`in` looks into a list, {} is {type_}", spell(right)), Some(help));
            }
            (_, type_) => self.wrong(right, format!("`in` looks into a list, {} is {type_}", spell(right)), None),
        }
    }

    fn same_member(&mut self, left: &IdedExpr, member: &Type, right: &IdedExpr, of: &Type) {
        if *member == Type::Time && *of == Type::Timestamp {
            self.lift(left);
            return;
        }
        if !member.may_equal(of) {
            let message = format!("{} is {member}, the members of {} are not", spell(left), spell(right));
            self.wrong(left, message, Some(format!("each of them is {of}")));
        }
    }

    fn indexed(&mut self, node: &IdedExpr, list: &IdedExpr, index: &IdedExpr) -> Type {
        let (of, position) = (self.type_of(list), self.type_of(index));
        match (of, literal_text(index)) {
            (Type::Object(_), Some(name)) => self.member(node, list, name),
            (of, _) => self.positioned(of, &position, list, index),
        }
    }

    fn positioned(&mut self, of: Type, position: &Type, list: &IdedExpr, index: &IdedExpr) -> Type {
        match of {
            Type::List(member) => {
                if !matches!(position, Type::Integer | Type::Any) {
                    let message = format!("a list is read by position, {} is {position}", spell(index));
                    self.wrong(index, message, Some("the first is `[0]`".to_owned()));
                }
                *member
            }
            Type::Object(_) => {
                let help = "write `object.name` or `object[\"name\"]`".to_owned();
                self.wrong(index, "the names of an object are spelt out", Some(help));
                Type::Any
            }
            Type::Any => Type::Any,
            other => {
                self.wrong(list, format!("`[ ]` reads from a list, {} is {other}", spell(list)), None);
                Type::Any
            }
        }
    }

    fn arithmetic(&mut self, node: &IdedExpr, sign: &str, left: &IdedExpr, right: &IdedExpr) -> Type {
        let (first, second) = (self.type_of(left), self.type_of(right));
        if let Some(reckoned) = self.reckoned(sign, (left, &first), (right, &second)) {
            return reckoned;
        }
        let adds = sign == "+";
        match (&first, &second) {
            (Type::Integer, Type::Integer) => return Type::Integer,
            (Type::Decimal, Type::Decimal) if sign != "%" => return Type::Decimal,
            (Type::List(_), Type::List(_)) if adds => {
                if let Some(joined) = first.join(&second) {
                    return joined;
                }
            }
            _ if adds && first.is_text() && second.is_text() => return Type::Text,
            (Type::Any, Type::Any) => return Type::Any,
            (Type::Any, known) | (known, Type::Any) if adds && known.is_text() => return Type::Text,
            (Type::Any, known) | (known, Type::Any) if self.calculates(sign, known) => return known.clone(),
            _ => {}
        }
        let help = match (&first, &second) {
            (Type::Integer, Type::Decimal) => Some(format!("`double({})`", spell(left).replace('`', ""))),
            (Type::Decimal, Type::Integer) => Some(format!("`double({})`", spell(right).replace('`', ""))),
            (text, number) if adds && text.is_text() && (number.is_number() || *number == Type::Boolean) => {
                Some(format!("`string({})`", spell(right).replace('`', "")))
            }
            (number, text) if adds && text.is_text() && (number.is_number() || *number == Type::Boolean) => {
                Some(format!("`string({})`", spell(left).replace('`', "")))
            }
            (Type::List(_), text) if adds && text.is_text() => {
                Some(format!("to add one member write `[{}]`", spell(right).replace('`', "")))
            }
            _ => super::reckoning::advice(sign, (left, &first), (right, &second)),
        };
        let message = format!("`{sign}` does not suit {first} and {second}: {} and {}", spell(left), spell(right));
        self.wrong(node, message, help);
        Type::Any
    }

    fn calculates(&self, sign: &str, known: &Type) -> bool {
        match sign {
            "+" => known.is_number() || matches!(known, Type::List(_)),
            "%" => *known == Type::Integer,
            _ => known.is_number(),
        }
    }
}

/// A text that is spelt out.
pub(super) fn literal_text(node: &IdedExpr) -> Option<&str> {
    match &node.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}
