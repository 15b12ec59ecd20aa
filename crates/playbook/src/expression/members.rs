//! What a loop goes over, and what is put behind a list: the members of a list in their order, the names in an object in that of their
//! letters. The evaluator's own objects have no order, so the same facts would give one list today and another tomorrow.
//!
//! The tree is rewritten once: such a part becomes `@members(…)` of it.

use cel::common::ast::{CallExpr, Expr, operators};
use cel::common::types::{CelList, CelMap, DYN_TYPE};
use cel::common::value::{CowVal, Val};
use cel::{Env, ExecutionError, IdedExpr};

use super::cost::MAX_MEMBERS;
use super::links::children;

/// What gives the members. Nobody can write this name.
const MEMBERS: &str = "@members";

/// Has every loop go over its members in one order, and every sum take them in.
pub(super) fn put_in_order(tree: &mut IdedExpr) {
    for child in children(&mut tree.expr) {
        put_in_order(child);
    }
    match &mut tree.expr {
        Expr::Comprehension(loops) => take_members_of(&mut loops.iter_range),
        Expr::Call(CallExpr { func_name, args, .. }) if func_name == operators::ADD => {
            // What is spelt out is no object, and the evaluator knows its own loops by the lists in them.
            let is_spelt = |part: &IdedExpr| matches!(part.expr, Expr::Literal(_) | Expr::List(_));
            args.iter_mut().skip(1).filter(|part| !is_spelt(part)).for_each(take_members_of);
        }
        _ => {}
    }
}

fn take_members_of(part: &mut IdedExpr) {
    let args = vec![std::mem::take(part)];
    part.expr = Expr::Call(CallExpr { func_name: MEMBERS.to_owned(), target: None, args });
}

/// The part as it was written.
pub(super) fn written(part: &IdedExpr) -> &IdedExpr {
    match &part.expr {
        Expr::Call(CallExpr { func_name, args, .. }) if func_name == MEMBERS => args.first().unwrap_or(part),
        _ => part,
    }
}

/// The names in an object, as many as an expression sees of a list; whatever else it is as it is.
fn members<'b, 'v>(mut values: Vec<CowVal<'b, 'v>>) -> Result<CowVal<'b, 'v>, ExecutionError> {
    let value = values.pop().ok_or_else(ExecutionError::missing_argument_or_target)?;
    let Some(object) = value.downcast_ref::<CelMap<'_>>() else { return Ok(value) };
    let mut names: Vec<_> = object.inner().keys().collect();
    names.sort_unstable();
    let names = names.into_iter().take(MAX_MEMBERS).map(|name| name.inner().clone_as_boxed());
    Ok(CowVal::owned(CelList::from(names.collect::<Vec<Box<dyn Val>>>())))
}

/// Declares what gives the members.
///
/// # Errors
/// When the environment has one of the same name.
pub(super) fn declare(env: &mut Env) -> Result<(), cel::DeclarationError> {
    env.add_overload(MEMBERS, "members", vec![DYN_TYPE], members)
}
