//! The `when` of a scenario.

use super::expectations::read_assignee;
use super::read::object;
use super::{Deed, DeedKind, Outside, checks, mails, offset, publish};
use crate::finding::Finding;
use crate::grammar;
use crate::impact::read_priority;
use crate::source::Files;
use crate::yaml::{Entries, Node};

/// What an agent sends or dismisses.
pub(crate) const SUGGESTIONS: [&str; 1] = ["suggestion"];

/// Reads one deed.
pub(super) fn read(node: &Node, files: &Files, findings: &mut Vec<Finding>) -> Option<Deed> {
    let mut entries = Entries::of(node, &grammar::DEED, findings)?;
    let before = findings.len();
    let at = offset::read(&mut entries, findings);
    if at.is_none() && findings.len() == before {
        findings.push(
            Finding::error("missing-key", node.place.clone(), "a deed has a time").with_help("for example `at: +0h`"),
        );
    }
    let kind = read_kind(&mut entries, node, files, findings);
    entries.close(findings);
    Some(Deed { at: at?, kind: kind?, place: node.place.clone() })
}

fn read_kind(entries: &mut Entries<'_>, node: &Node, files: &Files, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    if entries.get("form").is_some() {
        let form = entries.required_word("form", findings);
        let from = entries.required_word("from", findings);
        let answers = entries.get("answers").map(|node| object(node, findings)).unwrap_or_default();
        let on = entries.word("on", findings).map(str::to_owned);
        return Some(DeedKind::Form { form: form?.to_owned(), from: from?.to_owned(), answers, on });
    }
    if let Some(node) = entries.get("mail") {
        return mails::read(node, files, findings);
    }
    if let Some(node) = entries.get("api") {
        return read_call(node, findings);
    }
    if entries.get("agent").is_some() {
        return read_agent(entries, node, findings);
    }
    if entries.get("publish").is_some() {
        return publish::read(entries, findings);
    }
    if entries.get("fails").is_some() {
        return read_failing(entries, findings);
    }
    if !grammar::DEED.later.iter().any(|key| entries.has(key)) {
        findings.push(
            Finding::error("missing-key", node.place.clone(), "here is a time, but nothing happens").with_help(
                "`form`, `mail`, `api`, `publish`, `fails`, or `agent` with `chooses`, `answers`, `sends`, `replies`, `notes`, `assigns`, `prioritises` or `checks`",
            ),
        );
    }
    None
}

/// Reads the body of a call that opens a ticket, as the API takes it.
fn read_call(node: &Node, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    let mut entries = Entries::of(node, &grammar::CALL, findings)?;
    for key in ["subject", "body", "playbook", "priority"] {
        entries.word(key, findings);
    }
    entries.require("subject", findings);
    if let Some(node) = entries.require("requester", findings)
        && let Some(mut requester) = Entries::of(node, &grammar::CALLER, findings)
    {
        requester.required_word("email", findings);
        requester.word("name", findings);
        requester.close(findings);
    }
    if let Some(node) = entries.get("fields") {
        object(node, findings);
    }
    entries.words("tags", findings);
    entries.close(findings);
    Some(DeedKind::Api { request: object(node, findings) })
}

fn read_agent(entries: &mut Entries<'_>, node: &Node, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    let agent = entries.required_word("agent", findings)?.to_owned();
    let on = entries.word("on", findings).map(str::to_owned);
    if let Some(choice) = entries.word("chooses", findings) {
        let inputs = entries.get("inputs").map(|node| object(node, findings)).unwrap_or_default();
        let fields = entries.get("fields").map(|node| object(node, findings)).unwrap_or_default();
        return Some(DeedKind::Chooses { agent, choice: choice.to_owned(), on, inputs, fields });
    }
    if let Some(answer) = entries.word("answers", findings) {
        let question = entries.required_word("of", findings)?.to_owned();
        let note = entries.word("note", findings).map(str::to_owned);
        return Some(DeedKind::Answers { agent, answer: answer.to_owned(), question, note, on });
    }
    if let Some(node) = entries.get("sends") {
        let text = entries.word("text", findings).map(str::to_owned);
        return is_suggestion(node, findings).then_some(DeedKind::SendsSuggestion { agent, text, on });
    }
    if let Some(node) = entries.get("dismisses") {
        return is_suggestion(node, findings).then_some(DeedKind::DismissesSuggestion { agent, on });
    }
    if entries.has("replies") {
        let text = entries.required_word("replies", findings)?.to_owned();
        let to = entries.word("to", findings).map(str::to_owned);
        return Some(DeedKind::Replies { agent, text, to, on });
    }
    if entries.has("notes") {
        let text = entries.required_word("notes", findings)?.to_owned();
        return Some(DeedKind::Notes { agent, text, on });
    }
    if let Some(node) = entries.get("assigns") {
        return Some(DeedKind::Assigns { agent, to: read_assignee("assigns", node, findings), on });
    }
    if entries.has("prioritises") {
        let priority = read_priority("prioritises", entries, findings)?.to_owned();
        return Some(DeedKind::Prioritises { agent, priority, on });
    }
    if let Some(item) = entries.word("checks", findings) {
        let with = entries.get("with").and_then(|node| checks::evidence(node, findings));
        return Some(DeedKind::Checks { agent, item: item.to_owned(), with, on });
    }
    if let Some(item) = entries.word("unchecks", findings) {
        return Some(DeedKind::Unchecks { agent, item: item.to_owned(), on });
    }
    findings.push(Finding::error("missing-key", node.place.clone(), format!("what does {agent} do?")).with_help(
        "`chooses: NAME`, `answers: ANSWER` with `of: NAME`, `sends: suggestion`, `dismisses: suggestion`, \
         `replies: TEXT`, `notes: TEXT`, `assigns: NAME`, `prioritises: PRIORITY` or `checks: ITEM`",
    ));
    None
}

/// Reads `fails: NAME, for: LENGTH`. What a name stands for is known where the handbook is.
fn read_failing(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    let name = entries.required_word("fails", findings);
    let lasts = offset::read_length("for", entries, findings);
    let what = match name? {
        "sender" => Outside::Sender,
        "mailbox" => Outside::Mailbox,
        name => Outside::Database(name.to_owned()),
    };
    Some(DeedKind::Fails { what, lasts: lasts? })
}

/// Whether `sends` or `dismisses` names the one thing that can be sent or dismissed; reports it otherwise.
fn is_suggestion(node: &Node, findings: &mut Vec<Finding>) -> bool {
    let is = node.text().is_some_and(|word| SUGGESTIONS.contains(&word));
    if !is {
        let message = "what is sent or dismissed so is the ticket's suggestion";
        findings.push(Finding::error("wrong-type", node.place.clone(), message).with_help("write `suggestion`"));
    }
    is
}
