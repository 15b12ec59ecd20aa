//! The types of an expression's parts, worked out over the scope it stands in, and what is wrong with them.

use std::collections::BTreeSet;

use cel::IdedExpr;
use cel::common::ast::{ComprehensionExpr, EntryExpr, Expr, ListExpr, LiteralValue, MapExpr, SelectExpr};

use super::links::path_of;
use super::{Expression, MAX_PATTERN};
use crate::finding::Finding;
use crate::scope::Scope;
use crate::source::Place;
use crate::spelling;
use crate::types::Type;

/// Works out types and gathers findings. Unknown names at the beginning of a path are not told here: the expression's
/// references are looked up by themselves.
pub(super) struct Checker<'e> {
    pub(super) expression: &'e Expression,
    pub(super) scope: &'e Scope,
    /// The variables of the loops around, innermost last.
    bound: Vec<(String, Type)>,
    pub(super) findings: Vec<Finding>,
    /// The numbers of the parts that are to be read as instants.
    pub(super) lifted: BTreeSet<u64>,
}

impl<'e> Checker<'e> {
    pub(super) fn new(expression: &'e Expression, scope: &'e Scope) -> Self {
        Self { expression, scope, bound: Vec::new(), findings: Vec::new(), lifted: BTreeSet::new() }
    }

    /// The type of a part. After a finding it is whatever lets the rest be judged.
    pub(super) fn type_of(&mut self, node: &IdedExpr) -> Type {
        match &node.expr {
            Expr::Literal(literal) => self.literal(node, literal),
            Expr::Ident(name) => self.variable(name),
            Expr::Select(select) => self.select(node, select),
            Expr::Call(call) => match &call.target {
                None if super::operators::is_operator(&call.func_name) => self.operator(node, call),
                _ => self.function(node, call),
            },
            Expr::List(list) => self.list(list),
            Expr::Map(map) => self.map(map),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
            Expr::Struct(_) | Expr::Unspecified => Type::Any,
        }
    }

    /// Where a part begins.
    pub(super) fn place(&self, node: &IdedExpr) -> Place {
        let mut first = super::links::unguarded(node).unwrap_or(node);
        while let Expr::Select(select) = &first.expr {
            first = &select.operand;
        }
        self.expression.place_of(first)
    }

    /// Tells that a part is wrong.
    pub(super) fn wrong(&mut self, node: &IdedExpr, message: impl Into<String>, help: Option<String>) {
        let finding = Finding::error("wrong-type", self.place(node), message);
        self.findings.push(match help {
            Some(help) => finding.with_help(help),
            None => finding,
        });
    }

    fn literal(&mut self, node: &IdedExpr, literal: &LiteralValue) -> Type {
        match literal {
            LiteralValue::Null => Type::Null,
            LiteralValue::Boolean(_) => Type::Boolean,
            LiteralValue::Int(_) => Type::Integer,
            LiteralValue::Double(_) => Type::Decimal,
            LiteralValue::String(text) => Type::word(text.inner()),
            LiteralValue::UInt(number) => {
                let help = format!("write `{}`", number.inner());
                self.wrong(node, "whole numbers are written without `u`", Some(help));
                Type::Integer
            }
            LiteralValue::Bytes(_) => {
                self.wrong(node, "texts are written without `b`", None);
                Type::Text
            }
        }
    }

    fn variable(&self, name: &str) -> Type {
        let bound = self.bound.iter().rev().find(|(bound, _)| bound == name);
        match bound {
            Some((_, type_)) => type_.clone(),
            None => self.scope.type_at(&[name.to_owned()]).cloned().unwrap_or(Type::Any),
        }
    }

    fn select(&mut self, node: &IdedExpr, select: &SelectExpr) -> Type {
        let path = path_of(&node.expr);
        let free = path
            .as_ref()
            .and_then(|path| path.first())
            .is_some_and(|root| !self.bound.iter().any(|(bound, _)| bound == root));
        let below = match (&path, free) {
            // The whole path is looked up with the references; what is wrong with it has been told there.
            (Some(path), true) => self.scope.type_at(path).cloned().unwrap_or(Type::Any),
            _ => self.member(node, &select.operand, &select.field),
        };
        if select.test { Type::Boolean } else { below }
    }

    /// The type of `name` below `operand`.
    pub(super) fn member(&mut self, node: &IdedExpr, operand: &IdedExpr, name: &str) -> Type {
        match self.type_of(operand) {
            Type::Object(names) => names.get(name).cloned().unwrap_or_else(|| {
                let help = spelling::suggest(name, names.keys().map(String::as_str));
                self.wrong(node, format!("nothing is called `{name}` below {}", spell(operand)), Some(help));
                Type::Any
            }),
            Type::Any => Type::Any,
            other => {
                self.wrong(node, format!("{} is {other}, nothing stands below it", spell(operand)), None);
                Type::Any
            }
        }
    }

    fn list(&mut self, list: &ListExpr) -> Type {
        let mut member = Type::Null;
        for element in &list.elements {
            let type_ = self.type_of(element);
            match member.join(&type_) {
                Some(joined) => member = joined,
                None => {
                    let message = format!("a list holds one kind of members: before stands {member}, here {type_}");
                    self.wrong(element, message, None);
                    member = Type::Any;
                }
            }
        }
        Type::list(member)
    }

    fn map(&mut self, map: &MapExpr) -> Type {
        let mut entries: Vec<(String, Type)> = Vec::new();
        for entry in &map.entries {
            let EntryExpr::MapEntry(entry) = &entry.expr else { continue };
            let value = self.type_of(&entry.value);
            match &entry.key.expr {
                Expr::Literal(LiteralValue::String(name)) => {
                    if entries.iter().any(|(known, _)| known == name.inner()) {
                        self.wrong(&entry.key, format!("`{}` stands here twice", name.inner()), None);
                    }
                    entries.push((name.inner().to_owned(), value));
                }
                _ => {
                    let help = "write `{\"name\": value}`".to_owned();
                    self.wrong(&entry.key, "the names of an object are spelt out", Some(help));
                }
            }
        }
        Type::object(entries)
    }

    /// `all`, `exists`, `exists_one`, `filter` and `map`, which the parser has written out as a loop.
    fn comprehension(&mut self, comprehension: &ComprehensionExpr) -> Type {
        let range = super::members::written(&comprehension.iter_range);
        let member = match self.type_of(range) {
            Type::List(member) => *member,
            Type::Any => Type::Any,
            other => {
                let message = format!("only the members of a list can be looked at, {} is {other}", spell(range));
                self.wrong(range, message, None);
                Type::Any
            }
        };
        let before = self.bound.len();
        self.bound.push((comprehension.iter_var.clone(), member));
        let begun = self.type_of(&comprehension.accu_init);
        self.bound.push((comprehension.accu_var.clone(), begun.clone()));
        let step = self.type_of(&comprehension.loop_step);
        if let Some((_, accumulated)) = self.bound.last_mut() {
            *accumulated = begun.join(&step).unwrap_or(Type::Any);
        }
        let result = self.type_of(&comprehension.result);
        self.bound.truncate(before);
        result
    }

    /// The pattern of a `matches`: spelt out, and understood.
    pub(super) fn pattern(&mut self, node: &IdedExpr) {
        let Expr::Literal(LiteralValue::String(pattern)) = &node.expr else {
            let help = "only a pattern that is known beforehand can be checked and bounded".to_owned();
            self.wrong(node, "the regular expression of `matches` is spelt out", Some(help));
            return;
        };
        if let Err(message) = super::patterns::compile(pattern.inner()) {
            let help =
                format!("patterns are regular expressions without look-around, {MAX_PATTERN} characters at most");
            self.wrong(node, message, Some(help));
        }
    }
}

/// A part as a finding names it.
pub(super) fn spell(node: &IdedExpr) -> String {
    if let Some(path) = path_of(&node.expr) {
        return format!("`{}`", path.join("."));
    }
    if let Some(below) = super::links::unguarded(node) {
        return spell(below);
    }
    match &node.expr {
        Expr::Literal(LiteralValue::String(text)) => format!("\"{}\"", text.inner()),
        Expr::Literal(LiteralValue::Int(number)) => format!("`{}`", number.inner()),
        Expr::Literal(LiteralValue::Double(number)) => format!("`{:?}`", number.inner()),
        Expr::Literal(LiteralValue::Boolean(flag)) => format!("`{}`", flag.inner()),
        Expr::Literal(LiteralValue::Null) => "`null`".to_owned(),
        Expr::Call(call) if !super::operators::is_operator(&call.func_name) => format!("`{}(…)`", call.func_name),
        Expr::List(_) => "the list".to_owned(),
        _ => "this".to_owned(),
    }
}
