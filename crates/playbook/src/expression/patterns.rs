//! Regular expressions of `matches`: compiled once with the expression that spells them out, by an engine whose time
//! grows with the text alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::Context;
use cel::extractors::This;
use regex::{Regex, RegexBuilder};

use super::MAX_PATTERN;

/// The most that a compiled pattern may weigh, in bytes.
const MAX_COMPILED: usize = 256 * 1024;

/// The patterns of one expression by their text.
pub(super) type Patterns = Arc<BTreeMap<String, Regex>>;

/// A pattern, ready for use.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    if pattern.chars().count() > MAX_PATTERN {
        return Err(format!("a regular expression has {MAX_PATTERN} characters at most"));
    }
    RegexBuilder::new(pattern).size_limit(MAX_COMPILED).dfa_size_limit(MAX_COMPILED).build().map_err(|error| {
        let told = error.to_string();
        let reason = told.lines().last().unwrap_or_default().trim_start_matches("error: ");
        format!("\"{pattern}\" is not a regular expression: {reason}")
    })
}

/// Brings `matches` into an evaluation. A pattern that was not compiled matches nothing; the checker lets none pass.
pub(super) fn add_to(context: &mut Context<'_, '_>, patterns: &Patterns) {
    if patterns.is_empty() {
        return;
    }
    let patterns = Arc::clone(patterns);
    let matches = move |This(text): This<Arc<String>>, pattern: Arc<String>| -> bool {
        patterns.get(pattern.as_str()).is_some_and(|compiled| compiled.is_match(&text))
    };
    // It only fails when the environment has a `matches` of its own, which is left out of it.
    let _ = context.add_function("matches", matches);
}
