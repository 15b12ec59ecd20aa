//! Another name and zone for a desk, written into the handbook's `desk.yaml`: they have one home, and its comments stay.

use playbook::Files;

use crate::{Error, Result};

/// Where a handbook says what its desk is called.
const FILE: &str = "desk.yaml";

/// The same handbook, whose desk is called `name` and lives in `zone`.
///
/// # Errors
/// When `desk.yaml` does not say them on one line each, as the built-in one does.
pub fn named(files: &Files, name: &str, zone: &str) -> Result<Files> {
    let lines = files.iter().find(|(path, _)| *path == FILE).map(|(_, text)| text);
    let renamed =
        lines.and_then(|text| with_value(text, "desk", name)).and_then(|text| with_value(&text, "zone", zone));
    let renamed = renamed.ok_or_else(|| {
        Error::conflict("desk-file", "The handbook says the desk's name or zone in a way that cannot be changed here.")
            .advise("Leave both as they are, and change desk.yaml yourself.")
    })?;
    let others = files.iter().filter(|(path, _)| *path != FILE).map(|(path, text)| (path.to_owned(), text.to_owned()));
    Ok(others.chain([(FILE.to_owned(), renamed)]).collect())
}

/// `text` with another value of a key that stands at the margin with its value on the same line; `None` where it does not.
fn with_value(text: &str, key: &str, value: &str) -> Option<String> {
    let mut found = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let old = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':'));
        match old {
            Some(old) if !found => {
                found = true;
                let trimmed = old.trim_start();
                // What goes on over several lines is somebody's own way of writing.
                if trimmed.is_empty() || trimmed.starts_with(['|', '>', '{', '[', '&', '*', '!', '#']) {
                    return None;
                }
                let comment = comment_of(old).map(|comment| format!("  {comment}")).unwrap_or_default();
                // A JSON string is a YAML string.
                lines.push(format!("{key}: {}{comment}", serde_json::Value::from(value)));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    found.then(|| lines.join("\n") + "\n")
}

/// The comment at the end of a line's value, which may be quoted.
fn comment_of(value: &str) -> Option<&str> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in value.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if before.is_whitespace() => quote = Some(c),
            (None, '#') if before.is_whitespace() => return Some(&value[at..]),
            _ => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::tree;
    use crate::runs::actions;

    #[test]
    fn the_built_in_handbook_takes_any_name_and_stays_sound() {
        for name in ["Acme Help", "\"Quoted\" # and: [marked]", "Ærø ☂", "yes", "1"] {
            let files = named(&tree::built_in(), name, "America/Sao_Paulo").unwrap();
            let handbook = playbook::compile(&files, &actions::registry()).unwrap();
            assert_eq!(handbook.desk.name, name);
            assert_eq!(handbook.desk.zone.iana_name(), Some("America/Sao_Paulo"));
            assert_eq!(files.iter().count(), tree::built_in().iter().count());
        }
    }

    #[test]
    fn comments_stay_and_other_lines_are_not_touched() {
        let text = "language: 1\ndesk: 'Support # 1'  # our name\nzone: Europe/Lisbon # days\nteams:\n  desk: x\n";
        let renamed = with_value(text, "desk", "Acme").unwrap();
        assert_eq!(renamed, "language: 1\ndesk: \"Acme\"  # our name\nzone: Europe/Lisbon # days\nteams:\n  desk: x\n");
    }

    #[test]
    fn what_is_written_in_another_way_is_left_alone() {
        for text in ["desk: >\n  Support\nzone: Europe/Lisbon\n", "desk:\n  Support\n", "{desk: Support}\n", ""] {
            assert_eq!(with_value(text, "desk", "Acme"), None, "{text}");
        }
    }
}
