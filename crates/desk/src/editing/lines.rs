//! Differences of two handbooks, file by file and line by line.

use std::time::Duration;

use playbook::Files;
use similar::{ChangeTag, TextDiff};

use super::differing;

/// How many lines of a file's differences are shown, and of all files together.
const SHOWN: usize = 1_000;
const SHOWN_IN_ALL: usize = 5_000;
/// How many lines that are the same stand around what is not.
const AROUND: usize = 3;
/// How long two texts may be compared; then what differs is told more coarsely.
const PATIENCE: Duration = Duration::from_millis(300);
/// The longest line that is shown, in characters.
const LINE_MAX: usize = 500;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is in both.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// A line of one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What became of it.
    pub sign: Sign,
    /// Its number in the text before, from 1.
    pub before: Option<usize>,
    /// Its number in the text after.
    pub after: Option<usize>,
    /// The line.
    pub text: String,
}

/// What is otherwise in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub path: String,
    /// Whether it was there before, and is there now.
    pub was: bool,
    /// See `was`.
    pub is: bool,
    /// How many lines came.
    pub added: usize,
    /// How many lines went.
    pub removed: usize,
    /// Lines that stand together, in order.
    pub hunks: Vec<Vec<Line>>,
    /// Whether there are more than are told here.
    pub is_cut: bool,
}

/// Every file that is not the same in both.
pub fn differences(before: &Files, after: &Files) -> Vec<Difference> {
    let mut left = SHOWN_IN_ALL;
    let of_file = |path: String| {
        let difference = compare(path, before, after, left.min(SHOWN));
        left -= difference.hunks.iter().map(Vec::len).sum::<usize>().min(left);
        difference
    };
    differing(before, after).into_iter().map(of_file).collect()
}

fn compare(path: String, before: &Files, after: &Files, most: usize) -> Difference {
    let (old, new) = (before.get(&path), after.get(&path));
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old.unwrap_or_default(), new.unwrap_or_default());
    let (mut added, mut removed, mut shown) = (0, 0, 0);
    let (mut hunks, mut is_cut) = (Vec::new(), false);
    for group in diff.grouped_ops(AROUND) {
        let mut lines = Vec::new();
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => Sign::Same,
                ChangeTag::Insert => Sign::Added,
                ChangeTag::Delete => Sign::Removed,
            };
            added += usize::from(sign == Sign::Added);
            removed += usize::from(sign == Sign::Removed);
            if shown >= most {
                is_cut = true;
                continue;
            }
            shown += 1;
            let text = change.value().trim_end_matches(['\n', '\r']).chars().take(LINE_MAX).collect();
            let number = |index: Option<usize>| index.map(|index| index + 1);
            lines.push(Line { sign, before: number(change.old_index()), after: number(change.new_index()), text });
        }
        if !lines.is_empty() {
            hunks.push(lines);
        }
    }
    Difference { was: old.is_some(), is: new.is_some(), path, added, removed, hunks, is_cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Files {
        texts.iter().copied().collect()
    }

    #[test]
    fn a_line_that_changed_is_told_with_both_numbers_and_what_stands_around_it() {
        let before = files(&[("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"), ("gone.md", "x\n"), ("same.md", "y\n")]);
        let after = files(&[("a.md", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n"), ("new.md", "n\n"), ("same.md", "y\n")]);
        let found = differences(&before, &after);
        let told: Vec<_> = found.iter().map(|it| (it.path.as_str(), it.was, it.is, it.added, it.removed)).collect();
        assert_eq!(told, [("a.md", true, true, 2, 1), ("gone.md", true, false, 0, 1), ("new.md", false, true, 1, 0)]);
        let lines: Vec<_> =
            found[0].hunks.concat().into_iter().map(|line| (line.before, line.after, line.text)).collect();
        assert_eq!(lines[0], (Some(2), Some(2), "2".to_owned()));
        assert!(
            lines.contains(&(Some(5), None, "5".to_owned())) && lines.contains(&(None, Some(5), "five".to_owned()))
        );
        assert_eq!(lines.last().unwrap(), &(None, Some(10), "10".to_owned()));
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_told_within_bounds() {
        let long = |word: &str| (0..20_000).map(|n| format!("{word} {n}\n")).collect::<String>();
        let found = differences(&files(&[("a.md", &long("one"))]), &files(&[("a.md", &long("other"))]));
        assert_eq!((found[0].added, found[0].removed, found[0].is_cut), (20_000, 20_000, true));
        assert_eq!(found[0].hunks.concat().len(), SHOWN);
    }
}
