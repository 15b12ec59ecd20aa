//! What can be taken out of a playbook: a transition, a timer, a schedule, a choice, an action; and lengths of time that are
//! doubled or halved.

use crate::tree::{SPANS, Step, Tree};

/// A playbook that lost a part, or has another one.
pub struct Mutant {
    /// The playbook.
    pub playbook: String,
    /// What it lost, or what is another, for people: `testing.first: after 3 days`.
    pub lost: String,
    /// The state that lost it.
    pub state: String,
    /// The event, timer or choice that led there, where one did.
    pub cause: Option<String>,
    /// What is left of the file.
    pub text: String,
}

/// Every way in which a playbook can lose one part.
pub fn of(playbook: &str, text: &str) -> Vec<Mutant> {
    let tree = Tree::read(text);
    let mut search = Search { playbook, whole: &tree, found: Vec::new() };
    if let Tree::Mapping(entries) = &tree {
        for (key, node) in entries {
            match key.as_str() {
                "states" => search.states("", node, &[Step::Key(key.clone())]),
                "reopen" => {
                    search.lose("", "reopen", None, &[Step::Key(key.clone())]);
                    search.inside("", "reopen", None, node, &[Step::Key(key.clone())]);
                }
                _ => {}
            }
        }
    }
    search.found
}

struct Search<'t> {
    playbook: &'t str,
    whole: &'t Tree,
    found: Vec<Mutant>,
}

impl Search<'_> {
    fn states(&mut self, around: &str, node: &Tree, way: &[Step]) {
        let Tree::Mapping(states) = node else { return };
        for (name, state) in states {
            let path = if around.is_empty() { name.clone() } else { format!("{around}.{name}") };
            self.state(&path, state, &on(way, Step::Key(name.clone())));
        }
    }

    fn state(&mut self, path: &str, node: &Tree, way: &[Step]) {
        let Tree::Mapping(entries) = node else { return };
        for (key, node) in entries {
            let way = on(way, Step::Key(key.clone()));
            match (key.as_str(), node) {
                ("states", _) => self.states(path, node, &way),
                ("on" | "after" | "choices", Tree::Mapping(rules)) => {
                    for (name, rule) in rules {
                        let way = on(&way, Step::Key(name.clone()));
                        let cause = if key == "choices" { format!("choice.{name}") } else { name.clone() };
                        self.lose(path, &format!("{key} {name}"), Some(&cause), &way);
                        if key == "after" {
                            self.lengthen(path, key, name, &way);
                        }
                        self.inside(path, &format!("{key} {name}"), Some(&cause), rule, &way);
                    }
                }
                ("every" | "at" | "always" | "entry" | "exit", _) => self.inside(path, key, None, node, &way),
                _ => {}
            }
        }
    }

    /// The members of every list below a rule, and its guard.
    fn inside(&mut self, path: &str, label: &str, cause: Option<&str>, node: &Tree, way: &[Step]) {
        match node {
            Tree::List(members) => {
                for (position, member) in members.iter().enumerate() {
                    let (way, label) = (on(way, Step::Member(position)), format!("{label} [{position}]"));
                    self.lose(path, &label, cause, &way);
                    self.inside(path, &label, cause, member, &way);
                }
            }
            Tree::Mapping(entries) => {
                for (key, node) in entries {
                    let (way, label) = (on(way, Step::Key(key.clone())), format!("{label} {key}"));
                    if let (true, Tree::Scalar { text, .. }) = (SPANS.contains(&key.as_str()), node) {
                        self.lengthen(path, &label, text, &way);
                    }
                    match key.as_str() {
                        "guard" | "when" | "late_until" | "once_per" | "require" => {
                            self.lose(path, &label, cause, &way)
                        }
                        "actions" | "target" | "reply" | "suggest" => self.inside(path, &label, cause, node, &way),
                        _ => {}
                    }
                }
            }
            Tree::Scalar { .. } => {}
        }
    }

    /// A length of time that is twice as long, and one that is half as long.
    fn lengthen(&mut self, path: &str, what: &str, length: &str, way: &[Step]) {
        for other in others(length) {
            self.found.push(Mutant {
                playbook: self.playbook.to_owned(),
                lost: format!("{path}: {what} {length} as {other}"),
                state: path.to_owned(),
                cause: Some("after".to_owned()),
                text: self.whole.with(way, &other).write(),
            });
        }
    }

    fn lose(&mut self, path: &str, what: &str, cause: Option<&str>, way: &[Step]) {
        self.found.push(Mutant {
            playbook: self.playbook.to_owned(),
            lost: format!("{path}: {what}"),
            state: path.to_owned(),
            cause: cause.map(str::to_owned),
            text: self.whole.without(way).write(),
        });
    }
}

/// `6 days` and `1 days` for `3 days`. What cannot be halved is only doubled.
fn others(length: &str) -> Vec<String> {
    let digits = length.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = length.split_at(digits);
    let number: u32 = number.parse().unwrap_or_else(|_| panic!("{length} has no number"));
    [number * 2, number / 2].into_iter().filter(|other| *other > 0).map(|other| format!("{other}{unit}")).collect()
}

fn on(way: &[Step], step: Step) -> Vec<Step> {
    let mut way = way.to_vec();
    way.push(step);
    way
}
