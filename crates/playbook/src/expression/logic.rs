//! What a condition is made of, as far as it can be decided without its facts.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use serde_json::{Map, Value};

use super::Expression;
use super::links::{children, path_of, unguarded};

/// A condition, taken apart.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    /// True or false whatever the facts.
    Constant(bool),
    Not(Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
    /// The first decides between the two others.
    If(Box<Formula>, Box<Formula>, Box<Formula>),
    /// What stands at the path is this value.
    Is(Vec<String>, Value),
    /// Anything else.
    Other(Box<Opaque>),
}

/// A condition that can only be decided as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Opaque {
    /// The same for the same condition, wherever it stands.
    pub(crate) key: String,
    /// The condition.
    pub(crate) expression: Expression,
}

impl Opaque {
    /// The paths that it reads.
    pub(crate) fn reads(&self) -> impl Iterator<Item = &[String]> {
        self.expression.references.iter().map(|reference| reference.path.as_slice())
    }
}

impl Expression {
    /// The condition taken apart.
    pub(crate) fn formula(&self) -> Formula {
        formula_of(self, &self.tree)
    }

    /// The value, when it is the same whatever the facts.
    pub(crate) fn constant(&self) -> Option<Value> {
        if self.references.is_empty() { self.evaluate(&Map::new()).ok() } else { None }
    }
}

fn formula_of(whole: &Expression, tree: &IdedExpr) -> Formula {
    let part = |tree: &IdedExpr| Box::new(formula_of(whole, tree));
    if let Some(path) = path_read(tree) {
        return Formula::Is(path, Value::Bool(true));
    }
    match &tree.expr {
        Expr::Literal(literal) => match value_of(literal) {
            Some(Value::Bool(flag)) => Formula::Constant(flag),
            _ => opaque(whole, tree),
        },
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_NOT, [inner]) => Formula::Not(part(inner)),
            (operators::LOGICAL_AND, [left, right]) => Formula::And(part(left), part(right)),
            (operators::LOGICAL_OR, [left, right]) => Formula::Or(part(left), part(right)),
            (operators::CONDITIONAL, [test, yes, no]) => Formula::If(part(test), part(yes), part(no)),
            _ => comparison(call).unwrap_or_else(|| opaque(whole, tree)),
        },
        _ => opaque(whole, tree),
    }
}

/// `path == literal`, `path != literal` and `path in [literals]`.
fn comparison(call: &CallExpr) -> Option<Formula> {
    let [left, right] = call.args.as_slice() else { return None };
    let is = |path: &[String], value: Value| Formula::Is(path.to_vec(), value);
    match call.func_name.as_str() {
        operators::EQUALS | operators::NOT_EQUALS => {
            let equal = match (path_read(left), literal(right), literal(left), path_read(right)) {
                (Some(path), Some(value), _, _) | (_, _, Some(value), Some(path)) => is(&path, value),
                (_, Some(right), Some(left), _) => Formula::Constant(left == right),
                _ => return None,
            };
            if call.func_name == operators::EQUALS { Some(equal) } else { Some(Formula::Not(Box::new(equal))) }
        }
        operators::IN => {
            let (path, Expr::List(list)) = (path_read(left)?, &right.expr) else { return None };
            let mut any = Formula::Constant(false);
            for member in list.elements.iter().rev() {
                any = Formula::Or(Box::new(is(&path, literal(member)?)), Box::new(any));
            }
            Some(any)
        }
        _ => None,
    }
}

/// The path that a tree reads, also below a link, where reading was rewritten.
fn path_read(tree: &IdedExpr) -> Option<Vec<String>> {
    let tree = unguarded(tree).unwrap_or(tree);
    if matches!(&tree.expr, Expr::Select(select) if select.test) {
        return None;
    }
    path_of(&tree.expr)
}

fn literal(tree: &IdedExpr) -> Option<Value> {
    match &tree.expr {
        Expr::Literal(literal) => value_of(literal),
        _ => None,
    }
}

fn value_of(literal: &LiteralValue) -> Option<Value> {
    match literal {
        LiteralValue::Boolean(flag) => Some(Value::Bool(*flag.inner())),
        LiteralValue::Int(number) => Some(Value::from(*number.inner())),
        LiteralValue::UInt(number) => Some(Value::from(*number.inner())),
        LiteralValue::Double(number) => serde_json::Number::from_f64(*number.inner()).map(Value::Number),
        LiteralValue::String(text) => Some(Value::from(text.inner())),
        LiteralValue::Null => Some(Value::Null),
        LiteralValue::Bytes(_) => None,
    }
}

fn opaque(whole: &Expression, tree: &IdedExpr) -> Formula {
    let mut paths = Vec::new();
    let mut plain = tree.clone();
    without_ids(&mut plain, &mut paths);
    let references = whole.references.iter().filter(|reference| paths.contains(&reference.path)).cloned().collect();
    let expression = Expression { tree: tree.clone(), references, ..whole.clone() };
    match expression.constant() {
        Some(Value::Bool(flag)) => Formula::Constant(flag),
        _ => Formula::Other(Box::new(Opaque { key: format!("{plain:?}"), expression })),
    }
}

fn without_ids(tree: &mut IdedExpr, paths: &mut Vec<Vec<String>>) {
    tree.id = 0;
    paths.extend(path_of(&tree.expr));
    children(&mut tree.expr).into_iter().for_each(|child| without_ids(child, paths));
}
