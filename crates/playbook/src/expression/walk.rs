//! One walk over an expression: what it refers to, and whether it calls only what it may.

use cel::IdedExpr;
use cel::common::ast::{ComprehensionExpr, EntryExpr, Expr, operators};

use super::Reference;
use super::links::path_of;
use crate::finding::Finding;
use crate::source::Place;
use crate::spelling;

/// The functions that an expression may call, beside the operators and the macros `has`, `all`, `exists`,
/// `exists_one`, `filter` and `map`.
const FUNCTIONS: [&str; 11] = [
    "contains",
    "double",
    "endsWith",
    "int",
    "join",
    "lowerAscii",
    "size",
    "startsWith",
    "string",
    "trim",
    "upperAscii",
];

/// The macros, for the help only: they are expanded before the walk.
const MACROS: [&str; 6] = ["all", "exists", "exists_one", "filter", "has", "map"];

const OPERATORS: [&str; 18] = [
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
];

/// How deeply `all`, `exists`, `filter` and `map` may be nested.
const MAX_LOOPS: usize = 2;

/// The paths that an expression refers to, in order.
///
/// # Errors
/// Whatever the expression may not do.
pub(super) fn walk(tree: &IdedExpr, place_of: impl Fn(u64) -> Place) -> Result<Vec<Reference>, Vec<Finding>> {
    let mut walker = Walker { place_of, bound: Vec::new(), loops: 0, references: Vec::new(), findings: Vec::new() };
    walker.visit(tree);
    if walker.findings.is_empty() { Ok(walker.references) } else { Err(walker.findings) }
}

struct Walker<P> {
    place_of: P,
    bound: Vec<String>,
    loops: usize,
    references: Vec<Reference>,
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
                self.call(node.id, &call.func_name);
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
        if !bound && !self.references.contains(&reference) {
            self.references.push(reference);
        }
    }

    fn call(&mut self, id: u64, name: &str) {
        let known = FUNCTIONS.contains(&name)
            || OPERATORS.contains(&name)
            || (self.loops > 0 && name == operators::NOT_STRICTLY_FALSE);
        if !known {
            let help = spelling::suggest(name, FUNCTIONS.into_iter().chain(MACROS));
            self.refuse(id, &format!("there is no function `{name}`"), Some(help));
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
