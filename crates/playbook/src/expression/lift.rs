//! Instants that are written as texts, read as instants where they are reckoned with.
//!
//! Facts hold instants as texts, and so do fields and what texts print. Where the checker finds such a text beside a
//! timestamp or a length of time, or where a function takes an instant, the part is read as one; the tree is rewritten
//! once, when its expression is checked, so that nothing is guessed from how a text looks.

use std::collections::BTreeSet;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr};

use super::links::{children, unguarded};
use super::moment_functions::READ;

/// Reads the parts of these numbers as instants.
pub(super) fn read_instants(tree: &mut IdedExpr, parts: &BTreeSet<u64>) {
    // What reads below a link is one part: its condition has the number of the whole.
    if unguarded(tree).is_none() {
        for child in children(&mut tree.expr) {
            read_instants(child, parts);
        }
    }
    if parts.contains(&tree.id) {
        let id = tree.id;
        let args = vec![std::mem::take(tree)];
        *tree = IdedExpr { id, expr: Expr::Call(CallExpr { func_name: READ.to_owned(), target: None, args }) };
    }
}
