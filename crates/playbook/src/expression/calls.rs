//! Calls of functions: what they take, what is spelt out in them, and what they give.

use cel::IdedExpr;
use cel::common::ast::CallExpr;

use super::check::{Checker, spell};
use super::functions::{FUNCTIONS, Function, Takes};
use super::moment_functions::{READ, zone};
use super::moments::Length;
use super::operators::literal_text;
use crate::types::{Type, is_day, is_instant};

impl Checker<'_> {
    /// What a call gives; what it does not take is told.
    pub(super) fn function(&mut self, node: &IdedExpr, call: &CallExpr) -> Type {
        let target = call.target.as_deref().map(|target| (target, self.type_of(target)));
        let arguments: Vec<Type> = call.args.iter().map(|argument| self.type_of(argument)).collect();
        if call.func_name == READ {
            return Type::Timestamp;
        }
        let parts: Vec<(&IdedExpr, &Type)> =
            target.iter().map(|(part, type_)| (*part, type_)).chain(call.args.iter().zip(&arguments)).collect();
        let named = || FUNCTIONS.iter().filter(|function| function.name == call.func_name);
        let shaped: Vec<&Function> = named()
            .filter(|function| function.on.is_some() == target.is_some() && function.arguments.len() == call.args.len())
            .collect();
        let takes_all =
            |function: &&&Function| function.takes().zip(&parts).all(|(takes, (_, type_))| takes.accepts(type_));
        let Some(function) = shaped.iter().find(takes_all).or(shaped.first()) else {
            // An unknown name was told when the expression was read.
            if named().next().is_some() {
                let shapes: Vec<String> = named().map(|function| format!("`{}`", function.written())).collect();
                let help = format!("it is written {}", shapes.join(" or "));
                self.wrong(node, format!("`{}` is not called like this", call.func_name), Some(help));
            }
            return Type::Any;
        };
        for (takes, (part, type_)) in function.takes().zip(&parts) {
            if takes.accepts(type_) {
                self.spelt_out(takes, part);
                if takes == Takes::Instant {
                    self.lift(part);
                }
            } else {
                let message = format!("`{}` takes {}, {} is {type_}", function.name, takes.words(), spell(part));
                self.wrong(part, message, conversion(takes, part, type_));
            }
        }
        function.gives.type_()
    }

    /// What can be judged of an argument before anything runs, because it is spelt out.
    fn spelt_out(&mut self, takes: Takes, part: &IdedExpr) {
        if takes == Takes::Pattern {
            self.pattern(part);
        }
        let Some(text) = literal_text(part) else { return };
        let (is_one, what, help) = match takes {
            Takes::InstantText => {
                (is_instant(text), "no instant", "write it with its distance from UTC: \"2026-12-25T09:00:00+01:00\"")
            }
            Takes::DurationText => (
                Length::parse(text).is_some(),
                "no length of time",
                "write hours, minutes and seconds: \"1h30m\"; a day has no fixed length, 24 hours are \"24h\"",
            ),
            Takes::Day => (is_day(text), "no day", "write it like \"2026-12-25\""),
            Takes::Zone => (zone(text).is_some(), "no time zone", "use an IANA name such as \"Europe/Lisbon\""),
            _ => return,
        };
        if !is_one {
            self.wrong(part, format!("\"{text}\" is {what}"), Some(help.to_owned()));
        }
    }
}

/// How a part that is not taken may be made what is.
fn conversion(takes: Takes, part: &IdedExpr, type_: &Type) -> Option<String> {
    let spelt = spell(part).replace('`', "");
    match (takes, type_) {
        (Takes::Text, Type::Timestamp | Type::Duration) => Some(format!("`string({spelt})`")),
        (Takes::Text, _) if type_.is_number() || *type_ == Type::Boolean => Some(format!("`string({spelt})`")),
        (Takes::InstantText | Takes::Instant, Type::Date) => {
            Some(format!("say in which zone the day begins: `timestamp({spelt}, \"Europe/Lisbon\")`"))
        }
        (Takes::Instant, _) if literal_text(part).is_some() => Some(format!("`timestamp({})`", spell(part))),
        (Takes::Instant, _) if type_.is_text() => Some(format!("`timestamp({spelt})`")),
        _ => None,
    }
}
