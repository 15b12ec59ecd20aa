//! One walk over an expression: what it refers to, and whether it calls only what it may.

use std::collections::BTreeMap;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, operators};
use regex::Regex;

use super::links::path_of;
use super::{Reference, functions, operators as known_operators, patterns};
use crate::finding::Finding;
use crate::source::Place;
use crate::spelling;

/// How deeply `all`, `exists`, `filter` and `map` may be nested.
const MAX_LOOPS: usize = 2;

/// What an expression refers to and uses.
#[derive(Default)]
pub(super) struct Walked {
    /// The paths, in order.
    pub(super) references: Vec<Reference>,
    /// The regular expressions by their text.
    pub(super) patterns: BTreeMap<String, Regex>,
}

/// What an expression refers to and uses.
///
/// # Errors
/// Whatever the expression may not do.
pub(super) fn walk(tree: &IdedExpr, place_of: impl Fn(u64) -> Place) -> Result<Walked, Vec<Finding>> {
    let mut walker = Walker { place_of, bound: Vec::new(), loops: 0, walked: Walked::default(), findings: Vec::new() };
    walker.visit(tree);
    if walker.findings.is_empty() { Ok(walker.walked) } else { Err(walker.findings) }
}

struct Walker<P> {
    place_of: P,
    bound: Vec<String>,
    loops: usize,
    walked: Walked,
    findings: Vec<Finding>,
}

impl<P: Fn(u64) -> Place> Walker<P> {
    fn visit(&mut self, node: &IdedExpr) {
        if let Some(path) = path_of(&node.expr) {
            self.refer(node, path);
            return;
        }
        match &node.expr {
            Expr::Select(select) => self.visit(&select.operand),
            Expr::Call(call) => {
                self.call(node.id, call);
                if let Some(target) = &call.target {
                    self.visit(target);
                }
                call.args.iter().for_each(|argument| self.visit(argument));
            }
            Expr::Comprehension(comprehension) => self.comprehension(node.id, comprehension),
            Expr::List(list) => list.elements.iter().for_each(|element| self.visit(element)),
            Expr::Map(map) => {
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        self.visit(&entry.key);
                        self.visit(&entry.value);
                    }
                }
            }
            Expr::Struct(_) | Expr::Unspecified => self.refuse(node.id, "messages are not part of the language", None),
            Expr::Ident(_) | Expr::Literal(_) => {}
        }
    }

    fn refer(&mut self, node: &IdedExpr, path: Vec<String>) {
        let mut first = node;
        while let Expr::Select(select) = &first.expr {
            first = &select.operand;
        }
        let bound = path.first().is_some_and(|root| self.bound.contains(root));
        let reference = Reference { place: (self.place_of)(first.id), path };
        if !bound && !self.walked.references.contains(&reference) {
            self.walked.references.push(reference);
        }
    }

    fn call(&mut self, id: u64, call: &CallExpr) {
        let name = call.func_name.as_str();
        // An operator in the parser's own spelling (`_+_`) is a name that nobody can write.
        let known = match name {
            operators::NOT_STRICTLY_FALSE => self.loops > 0,
            _ => known_operators::is_operator(name) || functions::FUNCTIONS.iter().any(|known| known.name == name),
        };
        if !known {
            let help = spelling::suggest(name, functions::names());
            self.refuse(id, &format!("there is no function `{name}`"), Some(help));
        }
        if let (true, [IdedExpr { expr: Expr::Literal(LiteralValue::String(text)), .. }]) =
            (name == "matches", call.args.as_slice())
            && let Ok(compiled) = patterns::compile(text.inner())
        {
            self.walked.patterns.insert(text.inner().to_owned(), compiled);
        }
    }

    fn comprehension(&mut self, id: u64, comprehension: &ComprehensionExpr) {
        self.visit(&comprehension.iter_range);
        if self.loops >= MAX_LOOPS {
            self.refuse(id, &format!("`all`, `exists`, `filter` and `map` are nested {MAX_LOOPS} deep at most"), None);
            return;
        }
        let outside = self.bound.len();
        self.bound.extend([comprehension.iter_var.clone(), comprehension.accu_var.clone()]);
        self.bound.extend(comprehension.iter_var2.clone());
        self.loops += 1;
        for part in
            [&comprehension.accu_init, &comprehension.loop_cond, &comprehension.loop_step, &comprehension.result]
        {
            self.visit(part);
        }
        self.loops -= 1;
        self.bound.truncate(outside);
    }

    fn refuse(&mut self, id: u64, message: &str, help: Option<String>) {
        let finding = Finding::error("bad-expression", (self.place_of)(id), message);
        self.findings.push(match help {
            Some(help) => finding.with_help(help),
            None => finding,
        });
    }
}
