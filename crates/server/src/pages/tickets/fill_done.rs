//! What a step did, in the viewer's words: who was told, who has the ticket now, how urgent it is and why.

use desk::runs::view::TicketView;
use playbook::{Done, Trace};

use super::deeds::priority_key;
use super::fill_list::Words;
use crate::texts::Texts;

/// How many things are said of one step, and how long a name or a reason may be, in characters.
const SAID_MAX: usize = 4;
const NAME_MAX: usize = 120;

/// Actions of which there is nothing to say but that they were carried out, and the text that says so.
const PLAIN: [(&str, &str); 9] = [
    ("note", "done-note"),
    ("reply", "done-reply"),
    ("suggest", "done-suggest"),
    ("ask", "done-ask"),
    ("approve", "done-ask"),
    ("open", "done-open"),
    ("send", "done-send"),
    ("lookup", "done-lookup"),
    ("set", "done-set"),
];

/// What came of its actions; `None` where nothing is known of it.
pub(super) fn came(texts: &Texts, words: &Words, view: &TicketView, trace: &Trace) -> Option<String> {
    joined(trace.done.iter().map(|done| said(texts, words, view, done)))
}

/// The same, and what else was carried out.
pub(super) fn all(texts: &Texts, words: &Words, view: &TicketView, trace: &Trace) -> Option<String> {
    let came = trace.done.iter().map(|done| said(texts, words, view, done));
    let mut keys: Vec<&str> = Vec::new();
    for action in &trace.actions {
        let key = PLAIN.iter().find(|(name, _)| *name == action.action).map(|(_, key)| *key);
        keys.extend(key.filter(|key| !keys.contains(key)));
    }
    joined(came.chain(keys.into_iter().map(|key| texts.get(key))))
}

fn joined(said: impl Iterator<Item = String>) -> Option<String> {
    let said: Vec<String> = said.take(SAID_MAX).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

fn said(texts: &Texts, words: &Words, view: &TicketView, done: &Done) -> String {
    match done {
        Done::Prioritised { to, rule } => {
            let priority = texts.get(priority_key(to));
            let because = rule.as_ref().map(|(impact, rule)| because(texts, view, impact, rule));
            match because {
                Some(because) => {
                    texts.with("done-priority-because", &[("priority", &priority), ("because", &cut(&because))])
                }
                None => texts.with("done-priority", &[("priority", &priority)]),
            }
        }
        Done::Given { to: Some(to) } => texts.with("done-given", &[("to", &cut(to))]),
        Done::Given { to: None } => texts.get("done-nobody"),
        Done::Told { whom, name } => match (whom.as_str(), name.as_str()) {
            ("team", team) => texts.with("done-told-team", &[("team", &cut(&words.team(team)))]),
            ("role", "lead") => texts.get("done-told-leads"),
            ("role", "owner") => texts.get("done-told-owners"),
            ("role", "agent") => texts.get("done-told-agents"),
            (_, name) => texts.with("done-told", &[("whom", &cut(name))]),
        },
    }
}

/// Why a rule gives its priority, in the words of the ticket's handbook; its name where that has none.
fn because(texts: &Texts, view: &TicketView, impact: &str, rule: &str) -> String {
    let because = view.handbook.impacts.get(impact).and_then(|rules| rules.because(rule));
    because.map_or_else(|| rule.to_owned(), |words| words.text(texts.tag()).to_owned())
}

fn cut(text: &str) -> String {
    if text.chars().count() <= NAME_MAX {
        return text.to_owned();
    }
    text.chars().take(NAME_MAX - 1).chain(['…']).collect()
}
