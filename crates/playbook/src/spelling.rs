//! What somebody probably meant to write.

use std::fmt::Write as _;

/// How many names are listed when none is alike.
const LISTED: usize = 12;

/// What is longer, in bytes, is no name that somebody misspelt, and would take long to compare.
const LONGEST: usize = 200;

/// Among how many known names the most alike is sought.
const COMPARED: usize = 1_000;

/// Help for an unknown `name`: the known one most like it, otherwise what there is.
pub(crate) fn suggest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(close) = closest(name, &known) {
        return format!("did you mean `{close}`?");
    }
    if known.is_empty() {
        return "there is none".to_owned();
    }
    let mut out = "there is ".to_owned();
    for (position, candidate) in known.iter().take(LISTED).enumerate() {
        let _ = write!(out, "{}`{candidate}`", if position == 0 { "" } else { ", " });
    }
    if known.len() > LISTED {
        let _ = write!(out, " and {} more", known.len() - LISTED);
    }
    out
}

/// The known name most like `name`, if one is alike enough to be meant.
pub(crate) fn closest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    let length = name.chars().count();
    let tolerance = (length / 3).clamp(1, 3);
    known
        .iter()
        .take(COMPARED)
        .filter(|candidate| candidate.len() <= LONGEST && candidate.chars().count().abs_diff(length) <= tolerance)
        .map(|candidate| (strsim::osa_distance(name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= tolerance && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        assert_eq!(suggest("entyr", ["entry", "exit", "on"]), "did you mean `entry`?");
    }

    #[test]
    fn what_is_too_long_to_be_a_name_is_like_none() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(closest(&long, &[&long[1..]]), None);
        assert_eq!(closest(&long[1..], &[&long[2..]]), Some(&long[2..]));
    }

    #[test]
    fn nothing_alike_lists_what_there_is() {
        assert_eq!(suggest("zebra", ["on", "exit"]), "there is `on`, `exit`");
        assert_eq!(suggest("zebra", []), "there is none");
    }
}
