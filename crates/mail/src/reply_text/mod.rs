//! What a person wrote, without what the mail program added: quotes, the header block of the mail answered, a signature.
//!
//! The published crate for this compiles six expressions for each line and takes any line with a hyphenated word for a
//! signature, so a page of text costs it a second and loses its end; this one reads each line once. It keeps answers
//! written between the quoted lines, and mail that is passed on: that is what its writer wants to show.

mod attribution;
mod below;
mod history;
mod words;

use crate::thread::BODY_MARK;

/// The text without quotes and signature. Empty only if everything is quoted line by line: where nothing else is left (a
/// mail that is only a signature, a mail forwarded without a word), it is the whole text.
#[must_use]
pub fn reply(text: &str) -> String {
    of(text, None)
}

/// The same for a mail with this subject: one that is passed on (`Fwd:`) has no history, whatever it holds is meant.
#[must_use]
pub fn of(text: &str, subject: Option<&str>) -> String {
    let normalised = text.replace("\r\n", "\n");
    if is_forward(subject) {
        return normalised.trim().to_owned();
    }
    let lines: Vec<&str> = normalised.lines().collect();
    let forwarded = lines.iter().position(|line| history::begins_forwarded(line)).unwrap_or(lines.len());
    let before = &lines[..forwarded];
    let history = (0..before.len()).find(|at| history::begins(before, *at));
    let end = history.unwrap_or(before.len());
    let mut own = own_lines(&before[..end]);
    if history.is_none() {
        own.extend(&lines[forwarded..]);
    }
    let own = tidy(&own);
    let marks_its_quotes = end == lines.len();
    let is_nobodys = |line: &&str| line.trim().is_empty() || is_quoted(line) || is_token_line(line);
    let answers = attribution::length(&lines, first_written(&lines)).is_some();
    if own.is_empty() && !(marks_its_quotes && (answers || lines.iter().all(is_nobodys))) {
        return normalised.trim().to_owned();
    }
    own
}

fn is_forward(subject: Option<&str>) -> bool {
    let subject = subject.unwrap_or_default().trim().to_lowercase();
    words::FORWARD_SUBJECTS.iter().any(|start| subject.starts_with(start))
}

fn first_written(lines: &[&str]) -> usize {
    lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len())
}

/// Drops quoted lines with their attribution, signatures, the notes of telephones and of lawyers; what stands between stays.
fn own_lines<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(length) = attribution::length(lines, at) {
            at += length;
        } else if below::is_signature_mark(lines, at) {
            at += below::signature_length(&lines[at..]);
        } else {
            if !is_quoted(lines[at]) && !is_token_line(lines[at]) && !below::is_device_note(lines[at]) {
                kept.push(lines[at]);
            }
            at += 1;
        }
    }
    if let Some(at) = below::disclaimer(&kept)
        && kept[..at].iter().any(|line| !line.trim().is_empty())
    {
        kept.truncate(at);
    }
    kept
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// What stands between the dashes of a divider, in small letters.
fn divided(line: &str) -> Option<String> {
    let line = line.trim();
    if !line.starts_with("--") || !line.ends_with("--") || line.len() > 300 {
        return None;
    }
    Some(line.trim_matches('-').trim().trim_end_matches(':').to_lowercase()).filter(|words| !words.is_empty())
}

/// The line by which our own mail is found again.
fn is_token_line(line: &str) -> bool {
    let token = line.trim().strip_prefix(BODY_MARK).and_then(|rest| rest.strip_suffix(']'));
    token.is_some_and(|token| !token.contains(['[', ']']))
}

/// Joins the lines, without blank ones at the ends and with no more than one between.
fn tidy(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut blank = false;
    for line in lines.iter().map(|line| line.trim_end()) {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests;
