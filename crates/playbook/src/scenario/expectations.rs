//! The `then` of a scenario.

use super::{Expectation, ExpectationKind, offset};
use crate::clock::ClockState;
use crate::finding::Finding;
use crate::grammar;
use crate::impact::read_priority;
use crate::run::Status;
use crate::spelling;
use crate::yaml::{Entries, Node};

/// Reads one expectation.
pub(super) fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Expectation> {
    let mut entries = Entries::of(node, &grammar::EXPECTATION, findings)?;
    let at = offset::read(&mut entries, findings);
    let kind = if let Some(never) = entries.get("never") {
        let mut inner = Entries::of(never, &grammar::NEVER, findings)?;
        let kind = read_kind(&mut inner, never, findings);
        inner.close(findings);
        kind.map(|kind| ExpectationKind::Never(Box::new(kind)))
    } else {
        read_kind(&mut entries, node, findings)
    };
    entries.close(findings);
    Some(Expectation { at, kind: kind?, place: node.place.clone() })
}

fn read_kind(entries: &mut Entries<'_>, node: &Node, findings: &mut Vec<Finding>) -> Option<ExpectationKind> {
    let on = entries.word("on", findings);
    let ticket = entries.word("ticket", findings).or(on).map(str::to_owned);
    let to = entries.word("to", findings).map(str::to_owned);
    if let Some(state) = entries.word("state", findings) {
        return Some(ExpectationKind::State { state: state.to_owned(), ticket });
    }
    if let Some(word) = entries.word("status", findings) {
        return read_status(word, node, ticket, findings);
    }
    if let Some(reply) = entries.word("mail", findings) {
        return Some(ExpectationKind::Mail { reply: reply.to_owned(), to });
    }
    if entries.get("mails").is_some() {
        let count = count("mails", entries, findings)?;
        return Some(ExpectationKind::Mails { count, to });
    }
    if entries.get("tickets").is_some() {
        return Some(ExpectationKind::Tickets { count: count("tickets", entries, findings)? });
    }
    if let Some(who) = entries.word("told", findings) {
        let text = entries.word("text", findings).map(str::to_owned);
        let times = if entries.has("times") { Some(count("times", entries, findings)?) } else { None };
        return Some(ExpectationKind::Told { who: who.to_owned(), text, times });
    }
    if let Some(node) = entries.get("assigned") {
        return Some(ExpectationKind::Assigned { to: read_assignee("assigned", node, findings), ticket });
    }
    if let Some(name) = entries.word("field", findings) {
        let is = entries.require("is", findings)?.value();
        return Some(ExpectationKind::Field { name: name.to_owned(), is, ticket });
    }
    if let Some(choice) = entries.word("offered", findings) {
        return Some(ExpectationKind::Offered { choice: choice.to_owned(), ticket });
    }
    if let Some(text) = entries.word("note", findings) {
        return Some(ExpectationKind::Note { text: text.to_owned(), ticket });
    }
    if entries.has("priority") {
        let priority = read_priority("priority", entries, findings)?.to_owned();
        return Some(ExpectationKind::Priority { priority, ticket });
    }
    if let Some(subject) = entries.word("subject", findings) {
        return Some(ExpectationKind::Subject { subject: subject.to_owned(), ticket });
    }
    if let Some(name) = entries.word("clock", findings) {
        return read_clock(name, entries, node, ticket, findings);
    }
    findings.push(
        Finding::error("missing-key", node.place.clone(), "here is nothing that could be so or not").with_help(
            "`state`, `status`, `mail`, `mails`, `tickets`, `never`, `told`, `assigned`, `field`, `offered`, `note`, \
             `priority`, `subject` or `clock`",
        ),
    );
    None
}

fn read_clock(
    name: &str,
    entries: &mut Entries<'_>,
    node: &Node,
    ticket: Option<String>,
    findings: &mut Vec<Finding>,
) -> Option<ExpectationKind> {
    let stands = entries.word("stands", findings).map(str::to_owned);
    let left = if entries.has("left") { Some(offset::read_length("left", entries, findings)?) } else { None };
    if let Some(word) = stands.as_deref().filter(|word| !ClockState::WORDS.contains(word)) {
        let help = spelling::suggest(word, ClockState::WORDS);
        let message = format!("no clock stands `{word}`");
        findings.push(Finding::error("unknown-name", node.place.clone(), message).with_help(help));
        return None;
    }
    if stands.is_none() && left.is_none() {
        let message = "a clock `stands` somehow, or has something `left`";
        findings.push(
            Finding::error("missing-key", node.place.clone(), message)
                .with_help("`{ clock: answer, stands: paused, left: 3h }`"),
        );
        return None;
    }
    Some(ExpectationKind::Clock { name: name.to_owned(), stands, left, ticket })
}

fn read_status(
    word: &str,
    node: &Node,
    ticket: Option<String>,
    findings: &mut Vec<Finding>,
) -> Option<ExpectationKind> {
    let status = Status::from_word(word);
    if status.is_none() {
        let help = spelling::suggest(word, Status::WORDS);
        findings.push(
            Finding::error("unknown-name", node.place.clone(), format!("there is no status `{word}`")).with_help(help),
        );
    }
    Some(ExpectationKind::Status { status: status?, ticket })
}

fn count(key: &'static str, entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<u64> {
    let place = entries.get(key)?.place.clone();
    let number = entries.integer(key, findings)?;
    let count = u64::try_from(number).ok();
    if count.is_none() {
        findings.push(Finding::error("wrong-type", place, format!("`{key}` is 0 or more")));
    }
    count
}

/// Reads who has a ticket: a name, or nothing for nobody.
pub(super) fn read_assignee(key: &str, node: &Node, findings: &mut Vec<Finding>) -> Option<String> {
    if node.scalar().is_none() {
        let message = format!("`{key}` is somebody's name or nothing, here stands {}", node.kind());
        findings.push(Finding::error("wrong-type", node.place.clone(), message));
    }
    node.text().map(str::to_owned)
}
