//! What a place wants of its expression, and whether it gets it.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use serde_json::Value;

use super::check::{Checker, spell};
use crate::fields::{Field, FieldKind};
use crate::spelling;
use crate::types::Type;

/// What the place of an expression wants.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted<'w> {
    /// True or false: a guard.
    Condition,
    /// Anything.
    Value,
    /// A value of this type; what it is for, in words.
    Typed(&'w Type, &'w str),
    /// A value of this field.
    Field(&'w Field),
}

impl Checker<'_> {
    /// Reports a value of the type `type_` where something else is wanted.
    pub(super) fn want(&mut self, node: &IdedExpr, type_: &Type, wanted: Wanted<'_>) {
        match wanted {
            Wanted::Value if type_.holds_calendar() => {
                let message = format!("a calendar is nothing to be kept, and {} is {type_}", spell(node));
                self.wrong(node, message, open_now(node, type_));
            }
            Wanted::Value => {}
            Wanted::Condition if matches!(type_, Type::Boolean | Type::Any) => {}
            Wanted::Condition => {
                let help = match type_ {
                    Type::List(_) => "ask whether it is empty: `size(…) > 0`",
                    _ => "compare it with something, for example `!= null`",
                };
                let help = open_now(node, type_).unwrap_or_else(|| help.to_owned());
                let message = format!("a condition is true or false, {} is {type_}", spell(node));
                self.wrong(node, message, Some(help));
            }
            Wanted::Typed(wanted, _) if type_.fits(wanted) => {}
            Wanted::Typed(wanted, what) => {
                let help = conversion(node, type_, wanted);
                self.wrong(node, format!("{what} is {wanted}, and {} is {type_}", spell(node)), help);
            }
            // A constant is worked out and judged as a whole.
            Wanted::Field(_) if self.expression.references().is_empty() => {}
            Wanted::Field(field) => self.want_field(node, type_, field),
        }
    }

    /// Every outcome suits the field; what is spelt out is judged as the field would.
    fn want_field(&mut self, node: &IdedExpr, type_: &Type, field: &Field) {
        match &node.expr {
            Expr::Call(CallExpr { func_name, args, .. }) if func_name == operators::CONDITIONAL => {
                for outcome in args.iter().skip(1) {
                    let type_ = self.type_of(outcome);
                    self.want_field(outcome, &type_, field);
                }
            }
            Expr::Literal(literal) => {
                let value = plain(literal);
                if let Err(message) = field.accept(&value) {
                    let help = match (&field.kind, &value) {
                        (FieldKind::Choice { of }, Value::String(word)) => {
                            Some(spelling::suggest(word, of.iter().map(String::as_str)))
                        }
                        _ => None,
                    };
                    self.wrong(node, format!("`{}` {message}, and this is {value}", field.name), help);
                }
            }
            _ => {
                let wanted = Type::from(&field.kind);
                if !type_.fits(&wanted) {
                    let help = conversion(node, type_, &wanted);
                    let message = format!("`{}` is {wanted}, and {} is {type_}", field.name, spell(node));
                    self.wrong(node, message, help);
                }
            }
        }
    }
}

/// What a calendar is asked.
fn open_now(node: &IdedExpr, type_: &Type) -> Option<String> {
    (*type_ == Type::Calendar).then(|| format!("`{}.open(now)`", spell(node).replace('`', "")))
}

fn conversion(node: &IdedExpr, type_: &Type, wanted: &Type) -> Option<String> {
    let part = spell(node).replace('`', "");
    match (type_, wanted) {
        (Type::List(_), Type::Text) => Some(format!("`{part}.join(\", \")`")),
        (Type::Integer | Type::Decimal | Type::Boolean | Type::Duration, Type::Text) => {
            Some(format!("`string({part})`"))
        }
        (text, Type::Integer) if text.is_text() => Some(format!("`int({part})` if it always spells a number")),
        (Type::Decimal, Type::Integer) => Some(format!("`int({part})`")),
        (text, Type::List(_)) if text.is_text() => Some(format!("a list of one: `[{part}]`")),
        (Type::Words(words), Type::Words(known)) => {
            let unknown: Vec<&String> = words.difference(known).collect();
            Some(format!("it may be {}", unknown.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    }
}

fn plain(literal: &LiteralValue) -> Value {
    match literal {
        LiteralValue::Boolean(flag) => Value::from(*flag.inner()),
        LiteralValue::Int(number) => Value::from(*number.inner()),
        LiteralValue::UInt(number) => Value::from(*number.inner()),
        LiteralValue::Double(number) => Value::from(*number.inner()),
        LiteralValue::String(text) => Value::from(text.inner()),
        LiteralValue::Null | LiteralValue::Bytes(_) => Value::Null,
    }
}
