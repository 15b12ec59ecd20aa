//! A playbook as text for Mermaid: a `stateDiagram-v2` (<https://mermaid.js.org/syntax/stateDiagram.html>).

use std::fmt::Write;

use super::chart::{Arrow, Chart, Row};
use super::words::Words;
use crate::definition::{Playbook, StateId};

/// Words that name no state.
const RESERVED: [&str; 16] = [
    "as",
    "class",
    "classdef",
    "click",
    "concurrency",
    "default",
    "direction",
    "end",
    "fork",
    "hide",
    "join",
    "note",
    "root",
    "scale",
    "state",
    "style",
];

/// The playbook in `language` as a Mermaid state diagram.
///
/// Mermaid draws no arrow between states inside different states: such an arrow is drawn between the states around
/// them, and its label says from where to where it leads.
#[must_use]
pub fn mermaid(playbook: &Playbook, language: &str) -> String {
    let words = Words::of(language);
    let chart = Chart::of(playbook, language, &words);
    let mut text = format!("---\ntitle: {}\n---\nstateDiagram-v2\n", quoted(&chart.title));
    let writer = Writer { names: names(&chart), chart: &chart };
    writer.level(None, 1, &mut text);
    for clock in &chart.watched {
        let _ = writeln!(text, "    note right of {} : {}", writer.names[chart.initial], escaped(clock));
    }
    text
}

struct Writer<'c> {
    chart: &'c Chart,
    names: Vec<String>,
}

impl Writer<'_> {
    fn level(&self, level: Option<StateId>, depth: usize, text: &mut String) {
        let indent = "    ".repeat(depth);
        let initial = level.map_or(Some(self.chart.initial), |frame| self.chart.shapes[frame].initial);
        for (id, shape) in self.chart.shapes.iter().enumerate().filter(|(_, shape)| shape.parent == level) {
            let _ = writeln!(text, "{indent}state \"{}\" as {}", escaped(&shape.title), self.names[id]);
            if self.chart.is_frame(id) {
                let _ = writeln!(text, "{indent}state {} {{", self.names[id]);
                self.level(Some(id), depth + 1, text);
                let _ = writeln!(text, "{indent}}}");
            }
            for (_, row) in &shape.stays {
                let _ = writeln!(text, "{indent}{0} --> {0} : {1}", self.names[id], self.label(row));
            }
            if initial == Some(id) {
                let _ = writeln!(text, "{indent}[*] --> {}", self.names[id]);
            }
            if shape.is_final {
                let _ = writeln!(text, "{indent}{} --> [*]", self.names[id]);
            }
        }
        for arrow in &self.chart.arrows {
            let (source, target) = self.drawn_between(arrow);
            if self.chart.shapes[source].parent != level {
                continue;
            }
            let way = match (source, target) == (arrow.source, arrow.target) {
                true => String::new(),
                false => format!("({} → {})", self.title(arrow.source), self.title(arrow.target)),
            };
            for row in &arrow.rows {
                let label = [self.label(row), escaped(&way)].join(" ");
                let label = label.trim_end();
                let _ = writeln!(text, "{indent}{} --> {} : {label}", self.names[source], self.names[target]);
            }
        }
    }

    /// The states with the same parent that an arrow is drawn between: its own, or those around them.
    fn drawn_between(&self, arrow: &Arrow) -> (StateId, StateId) {
        let towards = |id: StateId, other: StateId| {
            let around: Vec<StateId> = self.chart.line(other).collect();
            let outermost = self.chart.line(id).take_while(|id| !around.contains(id)).last();
            outermost.unwrap_or(id)
        };
        let (source, target) = (towards(arrow.source, arrow.target), towards(arrow.target, arrow.source));
        // Between a state and one inside it there is nothing: it is drawn at the outer one.
        match (self.chart.shapes[source].parent, self.chart.shapes[target].parent) {
            (one, other) if one == other => (source, target),
            _ if source == arrow.source && self.chart.line(target).any(|id| id == source) => (source, source),
            _ => (target, target),
        }
    }

    fn title(&self, id: StateId) -> &str {
        &self.chart.shapes[id].title
    }

    fn label(&self, row: &Row) -> String {
        match &row.guard {
            Some(guard) => escaped(&format!("{} [{guard}]", row.text)),
            None => escaped(&row.text),
        }
    }
}

/// A name for each state: its path with letters, digits and `_` alone, and unlike every other.
fn names(chart: &Chart) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for shape in &chart.shapes {
        let mut name = shape.path.replace('.', "__").replace('-', "_");
        while names.contains(&name) || RESERVED.contains(&name.as_str()) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

/// A text that means nothing to Mermaid: what is not plainly part of a word or a sentence stands as its entity code.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let is_plain = character.is_alphanumeric() || " .,-()→…!?/+".contains(character);
        if is_plain {
            plain.push(character);
        } else if !character.is_control() {
            let _ = write!(plain, "#{};", u32::from(character));
        }
    }
    plain
}

/// A text in the quotes of the YAML that Mermaid's front matter is.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
