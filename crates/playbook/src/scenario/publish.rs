//! A new revision of the handbook in a story: `publish`, what it changes of the files at hand, and `move`.

use std::collections::BTreeMap;

use super::{Deed, DeedKind};
use crate::finding::Finding;
use crate::grammar;
use crate::interpreter::StateMap;
use crate::source::{Files, Place};
use crate::spelling;
use crate::yaml::{Entries, Key, Node, word};

/// What a revision does to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file, inside the handbook.
    pub path: String,
    /// What becomes of it.
    pub edit: FileEdit,
    /// Where the story says so.
    pub place: Place,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileEdit {
    /// It has this text from now on, whether it was there or not.
    Whole(String),
    /// It is gone.
    Gone,
    /// Texts that stand in it once are replaced, one after the other: old and new.
    Replaced(Vec<(String, String)>),
}

impl Files {
    /// The files with these changes, one after the other.
    ///
    /// # Errors
    /// A finding for each change that does not fit: a file that is not there, or a text that does not stand in it exactly once.
    pub fn changed(&self, changes: &[FileChange]) -> Result<Self, Vec<Finding>> {
        let (mut files, mut findings) = (self.clone(), Vec::new());
        for change in changes {
            if let Err(finding) = files.change(change) {
                findings.push(finding);
            }
        }
        if findings.is_empty() { Ok(files) } else { Err(findings) }
    }

    fn change(&mut self, change: &FileChange) -> Result<(), Finding> {
        let FileChange { path, edit, place } = change;
        let missing = |files: &Self| {
            Finding::error("missing-file", place.clone(), format!("the handbook has no file `{path}`"))
                .with_help(spelling::suggest(path, files.iter().map(|(path, _)| path)))
        };
        match edit {
            FileEdit::Whole(text) => self.insert(path, text),
            FileEdit::Gone => {
                if !self.remove(path) {
                    return Err(missing(self));
                }
            }
            FileEdit::Replaced(pairs) => {
                let mut text = self.get(path).ok_or_else(|| missing(self))?.to_owned();
                for (old, new) in pairs {
                    text = replaced(&text, old, new).map_err(|message| {
                        Finding::error("not-replaced", place.clone(), format!("{message} in `{path}`"))
                            .with_help("write so much of the line that it can be meant only once, blanks included")
                    })?;
                }
                self.insert(path, text);
            }
        }
        Ok(())
    }
}

fn replaced(text: &str, old: &str, new: &str) -> Result<String, String> {
    match text.matches(old).count() {
        1 => Ok(text.replacen(old, new, 1)),
        0 => Err(format!("`{old}` does not stand")),
        times => Err(format!("`{old}` stands {times} times")),
    }
}

/// Reads `publish: { PATH: … }` and `move: { PLAYBOOK: { OLD: NEW } }`.
pub(super) fn read(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<DeedKind> {
    let node = entries.get("publish")?;
    let moves = match entries.get("move") {
        Some(node) => read_moves(node, findings),
        None => BTreeMap::new(),
    };
    let Some(files) = node.mapping().filter(|files| !files.is_empty()) else {
        findings.push(
            Finding::error("wrong-type", node.place.clone(), "a new revision says what it changes, file by file").with_help(
                "for example `publish: { replies/hello.md: Hello, playbooks/repair.yaml: { replace: [ [ 3 days, 5 days ] ] } }`",
            ),
        );
        return None;
    };
    let changes: Vec<_> = files.iter().filter_map(|(key, node)| read_file(key, node, findings)).collect();
    (changes.len() == files.len()).then_some(DeedKind::Publish { changes, moves })
}

fn read_file(key: &Key, node: &Node, findings: &mut Vec<Finding>) -> Option<FileChange> {
    let change = |edit| FileChange { path: key.text.clone(), edit, place: key.place.clone() };
    if node.is_nothing() {
        return Some(change(FileEdit::Gone));
    }
    if node.mapping().is_none() {
        return word(node, &key.text, findings).map(|text| change(FileEdit::Whole(text.to_owned())));
    }
    let mut entries = Entries::of(node, &grammar::FILE_CHANGE, findings)?;
    let pairs = entries.require("replace", findings);
    entries.close(findings);
    let pairs = pairs?;
    let read: Option<Vec<_>> = pairs.list().and_then(|pairs| pairs.iter().map(read_pair).collect());
    if read.as_ref().is_none_or(Vec::is_empty) {
        findings.push(
            Finding::error("wrong-type", pairs.place.clone(), "`replace` is a list of pairs, the old text and the new")
                .with_help("for example `replace: [ [ '3 days', '5 days' ] ]`"),
        );
        return None;
    }
    read.map(|pairs| change(FileEdit::Replaced(pairs)))
}

fn read_pair(node: &Node) -> Option<(String, String)> {
    match node.list()? {
        [old, new] => Some((old.text().filter(|old| !old.is_empty())?.to_owned(), new.text()?.to_owned())),
        _ => None,
    }
}

fn read_moves(node: &Node, findings: &mut Vec<Finding>) -> BTreeMap<String, StateMap> {
    let mut moves = BTreeMap::new();
    let shape = |node: &Node| {
        Finding::error("wrong-type", node.place.clone(), "`move` says of each playbook which state becomes which")
            .with_help(
                "for example `move: { repair: { waiting: with_client } }`; `{}` where all states are still there",
            )
    };
    let Some(playbooks) = node.mapping() else {
        findings.push(shape(node));
        return moves;
    };
    for (playbook, states) in playbooks {
        let pairs: Option<Vec<(String, String)>> = states.mapping().and_then(|states| {
            states.iter().map(|(old, new)| Some((old.text.clone(), new.text()?.to_owned()))).collect()
        });
        match pairs {
            Some(pairs) => drop(moves.insert(playbook.text.clone(), pairs.into_iter().collect())),
            None => findings.push(shape(states)),
        }
    }
    moves
}

/// Reports the changes that do not fit the files as they are by then: what is published in a story stays.
pub(super) fn check(when: &[Deed], files: &Files, findings: &mut Vec<Finding>) {
    let mut published = None;
    for deed in when {
        let DeedKind::Publish { changes, .. } = &deed.kind else { continue };
        match published.as_ref().unwrap_or(files).changed(changes) {
            Ok(changed) => published = Some(changed),
            Err(wrong) => findings.extend(wrong),
        }
    }
}
