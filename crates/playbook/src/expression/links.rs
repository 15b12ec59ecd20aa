//! Links that are not open: `links.config.state` reads null while `links.config` is null.
//!
//! The tree is rewritten once: a path below a link becomes `links.config == null ? null : links.config.state`.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, EntryExpr, Expr, LiteralValue, SelectExpr, operators};

/// Whether a null at this path reads as an object of nulls.
pub(super) fn reads_as_null(path: &[String]) -> bool {
    match path {
        [root] => root == "opener",
        [root, _] => root == "links",
        _ => false,
    }
}

/// Rewrites every path below a link, or below `opener`, so that it reads null when the link is.
pub(super) fn read_null_below_closed_links(tree: &mut IdedExpr) {
    if let Expr::Select(select) = &tree.expr
        && let Some(link) = link_below(select)
    {
        let id = tree.id;
        let otherwise = if select.test { LiteralValue::Boolean(false.into()) } else { LiteralValue::Null };
        let node = |expr| IdedExpr { id, expr };
        let call =
            |func_name: &str, args| node(Expr::Call(CallExpr { func_name: func_name.to_owned(), target: None, args }));
        let closed = call(operators::EQUALS, vec![link, node(Expr::Literal(LiteralValue::Null))]);
        let below = std::mem::take(tree);
        *tree = call(operators::CONDITIONAL, vec![closed, node(Expr::Literal(otherwise)), below]);
        return;
    }
    for child in children(&mut tree.expr) {
        read_null_below_closed_links(child);
    }
}

/// The path below a link as it was written, if this is what reading it was rewritten to.
pub(super) fn unguarded(node: &IdedExpr) -> Option<&IdedExpr> {
    match &node.expr {
        // Only the rewriting gives the whole and its condition the same number.
        Expr::Call(CallExpr { func_name, args, .. }) if func_name == operators::CONDITIONAL => match args.as_slice() {
            [condition, _, below] if condition.id == node.id => Some(below),
            _ => None,
        },
        _ => None,
    }
}

/// The link that a selection reads below, if it does.
fn link_below(select: &SelectExpr) -> Option<IdedExpr> {
    let mut operand = &select.operand;
    loop {
        if path_of(&operand.expr).is_some_and(|path| reads_as_null(&path)) {
            return Some((**operand).clone());
        }
        match &operand.expr {
            Expr::Select(inner) => operand = &inner.operand,
            _ => return None,
        }
    }
}

/// The names that a chain of selections spells.
pub(super) fn path_of(expr: &Expr) -> Option<Vec<String>> {
    match expr {
        Expr::Ident(name) => Some(vec![name.clone()]),
        Expr::Select(select) => {
            let mut path = path_of(&select.operand.expr)?;
            path.push(select.field.clone());
            Some(path)
        }
        _ => None,
    }
}

/// The parts of an expression.
pub(super) fn children(expr: &mut Expr) -> Vec<&mut IdedExpr> {
    match expr {
        Expr::Call(call) => call.target.iter_mut().map(|target| &mut **target).chain(&mut call.args).collect(),
        Expr::Comprehension(loops) => vec![
            &mut loops.iter_range,
            &mut loops.accu_init,
            &mut loops.loop_cond,
            &mut loops.loop_step,
            &mut loops.result,
        ],
        Expr::List(list) => list.elements.iter_mut().collect(),
        Expr::Map(map) => map
            .entries
            .iter_mut()
            .flat_map(|entry| match &mut entry.expr {
                EntryExpr::MapEntry(entry) => vec![&mut entry.key, &mut entry.value],
                EntryExpr::StructField(field) => vec![&mut field.value],
            })
            .collect(),
        Expr::Select(select) => vec![&mut select.operand],
        Expr::Struct(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}
