//! What an expression may cost at the most, reckoned before it runs.
//!
//! The evaluator has no limit of its own, so none is needed: every list and text that can reach an expression is
//! bounded ([`MAX_MEMBERS`], [`MAX_TEXT`]), loops go over lists alone, and from the tree follows how many parts are
//! worked out and how many characters are written in the worst case.

use std::collections::BTreeMap;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, operators};

/// The most members of a list that an expression sees.
pub(super) const MAX_MEMBERS: usize = 1_000;

/// The most characters of a text that an expression sees.
pub(super) const MAX_TEXT: usize = 50_000;

/// The most characters of a text in a list that an expression sees.
pub(super) const MAX_MEMBER_TEXT: usize = 10_000;

/// How many parts one evaluation may work out.
const MAX_WORK: u64 = 200_000;

/// How many characters one evaluation may write.
const MAX_WRITTEN: u64 = 64_000_000;

/// How large a value can be.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    /// Members, if it is a list.
    members: u64,
    /// Characters, if it is a text.
    text: u64,
    /// Characters of each member, if those are texts.
    member: u64,
}

/// Whatever stands in the facts.
const FACT: Size = Size { members: MAX_MEMBERS as u64, text: MAX_TEXT as u64, member: MAX_MEMBER_TEXT as u64 };

/// Why an expression may cost too much; `None` when it stays within bounds.
pub(super) fn objection(tree: &IdedExpr) -> Option<String> {
    let mut reckoning = Reckoning { times: 1, ..Reckoning::default() };
    reckoning.visit(tree);
    if reckoning.work > MAX_WORK {
        return Some(format!(
            "this may take {} steps and {MAX_WORK} are allowed: a list has up to {MAX_MEMBERS} members, and each loop \
             inside another goes over all of its own for each of them",
            reckoning.work
        ));
    }
    (reckoning.written > MAX_WRITTEN).then(|| {
        format!(
            "this may write {} characters and {MAX_WRITTEN} are allowed: texts are put together too often",
            reckoning.written
        )
    })
}

#[derive(Default)]
struct Reckoning {
    /// How often the part that is looked at is worked out.
    times: u64,
    work: u64,
    written: u64,
    bound: BTreeMap<String, Size>,
}

impl Reckoning {
    fn visit(&mut self, node: &IdedExpr) -> Size {
        self.work = self.work.saturating_add(self.times);
        match &node.expr {
            Expr::Literal(LiteralValue::String(text)) => {
                Size { text: text.inner().chars().count() as u64, ..Size::default() }
            }
            Expr::Literal(_) | Expr::Unspecified | Expr::Struct(_) => Size::default(),
            Expr::Ident(name) => self.bound.get(name).copied().unwrap_or(FACT),
            Expr::Select(select) => {
                self.visit(&select.operand);
                FACT
            }
            Expr::List(list) => {
                let sizes: Vec<Size> = list.elements.iter().map(|element| self.visit(element)).collect();
                let member = sizes.iter().map(|size| size.text.max(size.member)).max().unwrap_or_default();
                Size { members: sizes.len() as u64, text: 0, member }
            }
            Expr::Map(map) => {
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        self.visit(&entry.key);
                        self.visit(&entry.value);
                    }
                }
                FACT
            }
            Expr::Call(call) => self.call(call),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
        }
    }

    fn call(&mut self, call: &CallExpr) -> Size {
        let parts = call.target.as_deref().into_iter().chain(&call.args);
        let sizes: Vec<Size> = parts.map(|part| self.visit(part)).collect();
        let size = match (call.func_name.as_str(), sizes.as_slice()) {
            (operators::ADD, [left, right]) => Size {
                members: left.members.saturating_add(right.members),
                text: left.text.saturating_add(right.text),
                member: left.member.max(right.member),
            },
            (operators::CONDITIONAL, [_, then, otherwise]) => {
                return Size {
                    members: then.members.max(otherwise.members),
                    text: then.text.max(otherwise.text),
                    member: then.member.max(otherwise.member),
                };
            }
            (operators::INDEX, _) => return FACT,
            ("join", [list, rest @ ..]) => {
                let between = rest.first().map_or(0, |separator| separator.text);
                let each = list.member.saturating_add(between);
                Size { text: list.members.saturating_mul(each), ..Size::default() }
            }
            ("lowerAscii" | "upperAscii" | "trim" | "string", [text]) => {
                Size { text: text.text.max(32), ..Size::default() }
            }
            _ => return Size::default(),
        };
        self.written = self.written.saturating_add(self.times.saturating_mul(size.text));
        size
    }

    fn comprehension(&mut self, comprehension: &ComprehensionExpr) -> Size {
        let range = self.visit(&comprehension.iter_range);
        self.visit(&comprehension.accu_init);
        let member = Size { members: FACT.members, text: range.member, member: range.member };
        let hidden = self.bound.insert(comprehension.iter_var.clone(), member);
        let accumulator = self.bound.insert(comprehension.accu_var.clone(), Size::default());
        let outside = self.times;
        self.times = outside.saturating_mul(range.members);
        self.visit(&comprehension.loop_cond);
        let step = self.visit(&comprehension.loop_step);
        self.times = outside;
        for (name, before) in [(&comprehension.iter_var, hidden), (&comprehension.accu_var, accumulator)] {
            match before {
                Some(size) => self.bound.insert(name.clone(), size),
                None => self.bound.remove(name),
            };
        }
        Size { members: range.members.saturating_mul(step.members), text: 0, member: step.member }
    }
}
