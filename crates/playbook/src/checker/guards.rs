//! What guards exclude and imply: a condition is tried both ways unless what is known decides it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::expression::{Formula, Opaque};

/// What is known of the facts of a ticket, because a guard that needed it was passed or because it was set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Knowledge {
    values: BTreeMap<Vec<String>, Known>,
    /// Verdicts on conditions that are decided as a whole, with the paths they read.
    verdicts: BTreeMap<String, (bool, Vec<Vec<String>>)>,
}

/// What is known of one value; values stand as JSON text, so that they can be compared and sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Known {
    Is(String),
    IsNone(BTreeSet<String>),
}

impl Knowledge {
    /// The same knowing the value at a path.
    pub(super) fn learn(&mut self, path: &[String], value: &Value) {
        self.values.insert(path.to_vec(), Known::Is(value.to_string()));
    }

    /// The same knowing that the path holds anything but this value.
    pub(super) fn exclude(&mut self, path: &[String], value: &Value) {
        if let Known::IsNone(others) =
            self.values.entry(path.to_vec()).or_insert_with(|| Known::IsNone(BTreeSet::new()))
        {
            others.insert(value.to_string());
        }
    }

    /// Forgets what is known at and below a path, and every verdict that read it.
    pub(super) fn forget(&mut self, path: &[String]) {
        let touches = |other: &[String]| other.starts_with(path) || path.starts_with(other);
        self.values.retain(|known, _| !touches(known));
        self.verdicts.retain(|_, (_, reads)| !reads.iter().any(|read| touches(read)));
    }

    /// Keeps only what concerns these roots.
    pub(super) fn keep(&mut self, is_kept: impl Fn(&str) -> bool) {
        let kept = |path: &[String]| path.first().is_some_and(|root| is_kept(root));
        self.values.retain(|path, _| kept(path));
        self.verdicts.retain(|_, (_, reads)| reads.iter().all(|path| kept(path)));
    }

    fn is(&self, path: &[String], value: &Value) -> Option<bool> {
        let text = value.to_string();
        match self.values.get(path)? {
            Known::Is(known) => Some(*known == text),
            Known::IsNone(others) => others.contains(&text).then_some(false),
        }
    }

    fn value(&self, path: &[String]) -> Option<Value> {
        match self.values.get(path)? {
            Known::Is(text) => serde_json::from_str(text).ok(),
            Known::IsNone(_) => None,
        }
    }
}

/// What is certain at a path apart from what was learnt.
pub(super) enum Certain {
    Value(Value),
    /// Something, but not null.
    Something,
    Unknown,
}

/// Every way a condition can turn out, with what is known then.
pub(super) fn judge(
    formula: &Formula,
    known: &Knowledge,
    certain: &dyn Fn(&[String]) -> Certain,
) -> Vec<(bool, Knowledge)> {
    // What the first part leads to: `second` says what is asked next, if anything is.
    let then = |first: &Formula, second: [Option<&Formula>; 2]| -> Vec<(bool, Knowledge)> {
        let [if_false, if_true] = second;
        (judge(first, known, certain).into_iter())
            .flat_map(|(held, known)| match if held { if_true } else { if_false } {
                Some(next) => judge(next, &known, certain),
                None => vec![(held, known)],
            })
            .collect()
    };
    match formula {
        Formula::Constant(held) => vec![(*held, known.clone())],
        Formula::Not(inner) => judge(inner, known, certain).into_iter().map(|(held, known)| (!held, known)).collect(),
        Formula::And(left, right) => then(left, [None, Some(right)]),
        Formula::Or(left, right) => then(left, [Some(right), None]),
        Formula::If(test, yes, no) => then(test, [Some(no), Some(yes)]),
        Formula::Is(path, value) => is(path, value, known, certain),
        Formula::Other(opaque) => whole(opaque, known, certain),
    }
}

fn is(
    path: &[String],
    value: &Value,
    known: &Knowledge,
    certain: &dyn Fn(&[String]) -> Certain,
) -> Vec<(bool, Knowledge)> {
    let decided = match certain(path) {
        Certain::Value(certain) => Some(certain == *value),
        Certain::Something if value.is_null() => Some(false),
        Certain::Something | Certain::Unknown => known.is(path, value),
    };
    if let Some(held) = decided {
        return vec![(held, known.clone())];
    }
    let (mut yes, mut no) = (known.clone(), known.clone());
    yes.learn(path, value);
    no.exclude(path, value);
    vec![(true, yes), (false, no)]
}

fn whole(opaque: &Opaque, known: &Knowledge, certain: &dyn Fn(&[String]) -> Certain) -> Vec<(bool, Knowledge)> {
    if let Some((held, _)) = known.verdicts.get(&opaque.key) {
        return vec![(*held, known.clone())];
    }
    if let Some(held) = worked_out(opaque, known) {
        return vec![(held, known.clone())];
    }
    let verdict = |held: bool| {
        let mut known = known.clone();
        // What a link says is looked up each time, so a verdict on it is not kept.
        if opaque.reads().all(|path| matches!(certain(path), Certain::Unknown)) {
            let reads = opaque.reads().map(<[String]>::to_vec).collect();
            known.verdicts.insert(opaque.key.clone(), (held, reads));
        }
        (held, known)
    };
    vec![verdict(true), verdict(false)]
}

/// The verdict, when every fact that it needs is a plain field that is known.
fn worked_out(opaque: &Opaque, known: &Knowledge) -> Option<bool> {
    let mut values = Map::new();
    for path in opaque.reads() {
        let [root] = path else { return None };
        values.insert(root.clone(), known.value(path)?);
    }
    opaque.expression.evaluate(&values).ok()?.as_bool()
}
