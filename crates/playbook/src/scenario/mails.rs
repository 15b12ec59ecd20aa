//! Mails that arrive in a story: written there, or as a file has them.

use std::collections::BTreeMap;

use super::read::object;
use super::{DeedKind, Letter};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Files;
use crate::spelling;
use crate::yaml::{Entries, Node};

/// Where the files of mails stand, relative to the handbook.
const FOLDER: &str = "scenarios/";

/// What a mail answers.
pub(crate) const ANSWERED: [&str; 1] = ["last"];

/// What such a file ends with.
const ENDING: &str = ".eml";

/// A file that comes with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type: `text/csv`.
    pub kind: String,
    /// What it says.
    pub text: String,
}

/// A mail as a story writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The sender's address.
    pub from: String,
    /// The body.
    pub text: String,
    /// The body as HTML, beside the plain one; alone where `text` is empty.
    pub html: Option<String>,
    /// The subject; without one, an answer has that of the mail it answers.
    pub subject: Option<String>,
    /// More headers.
    pub headers: BTreeMap<String, String>,
    /// The files that come with it.
    pub attachments: Vec<Attached>,
}

/// Reads the `mail` of a deed.
pub(super) fn read(node: &Node, files: &Files, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    let mut entries = Entries::of(node, &grammar::MAIL, findings)?;
    let answered = entries.get("in_reply_to");
    if let Some(node) = answered.filter(|node| !node.text().is_some_and(|word| ANSWERED.contains(&word))) {
        findings.push(
            Finding::error("wrong-type", node.place.clone(), "a mail answers the last one that its sender was sent")
                .with_help("write `in_reply_to: last`"),
        );
    }
    let letter = match entries.get("raw") {
        Some(raw) => read_raw(raw, files, findings).map(Letter::Raw),
        None => read_written(&mut entries, findings).map(Letter::Written),
    };
    entries.close(findings);
    Some(DeedKind::Mail { letter: letter?, in_reply_to_last: answered.is_some() })
}

/// Reads `raw: PATH`: the text of a file below `scenarios`.
fn read_raw(node: &Node, files: &Files, findings: &mut Vec<Finding>) -> Option<String> {
    let path = crate::yaml::word(node, "raw", findings)?;
    let is_inside =
        !path.starts_with('/') && !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !is_inside || !path.ends_with(ENDING) {
        findings.push(
            Finding::error("bad-path", node.place.clone(), format!("`{path}` is no mail of this handbook")).with_help(
                "name a file below the folder `scenarios` that ends with `.eml`, such as `raw: mails/bounce.eml`",
            ),
        );
        return None;
    }
    let text = files.get(&format!("{FOLDER}{path}"));
    if text.is_none() {
        let known: Vec<&str> = files
            .iter()
            .filter_map(|(path, _)| path.strip_prefix(FOLDER).filter(|path| path.ends_with(ENDING)))
            .collect();
        findings.push(
            Finding::error("missing-file", node.place.clone(), format!("there is no file `{FOLDER}{path}`"))
                .with_help(spelling::suggest(path, known)),
        );
    }
    text.map(str::to_owned)
}

fn read_written(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<Written> {
    let from = entries.required_word("from", findings);
    let text = entries.word("text", findings).unwrap_or_default().to_owned();
    let html = entries.word("html", findings).map(str::to_owned);
    let subject = entries.word("subject", findings).map(str::to_owned);
    let headers = entries.get("headers").map(|node| object(node, findings)).unwrap_or_default();
    let word = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let headers = headers.into_iter().map(|(name, value)| (name, word(value))).collect();
    let attachments = match entries.get("attachments") {
        Some(node) => read_attachments(node, findings),
        None => Vec::new(),
    };
    Some(Written { from: from?.to_owned(), text, html, subject, headers, attachments })
}

fn read_attachments(node: &Node, findings: &mut Vec<Finding>) -> Vec<Attached> {
    let Some(members) = node.list() else {
        let message = format!("`attachments` is a list, here stands {}", node.kind());
        findings.push(
            Finding::error("wrong-type", node.place.clone(), message)
                .with_help("write `[ { name: order.csv, type: text/csv, text: 'a;b' } ]`"),
        );
        return Vec::new();
    };
    members.iter().filter_map(|member| read_attachment(member, findings)).collect()
}

fn read_attachment(node: &Node, findings: &mut Vec<Finding>) -> Option<Attached> {
    let mut entries = Entries::of(node, &grammar::ATTACHMENT, findings)?;
    let name = entries.required_word("name", findings);
    let kind_node = entries.get("type");
    let kind = entries.word("type", findings).unwrap_or("text/plain");
    let text = entries.word("text", findings).unwrap_or_default().to_owned();
    entries.close(findings);
    let is_token =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    if let Some(node) = kind_node
        && !kind.split_once('/').is_some_and(|(kind, sort)| is_token(kind) && is_token(sort))
    {
        findings.push(
            Finding::error("wrong-type", node.place.clone(), format!("`{kind}` is no media type"))
                .with_help("for example `text/csv` or `application/pdf`"),
        );
        return None;
    }
    Some(Attached { name: name?.to_owned(), kind: kind.to_owned(), text })
}
