//! What a person wrote, without what the mail program added: quotes, the header block of the mail answered, a signature.
//!
//! The published crate for this compiles six expressions for each line and takes any line with a hyphenated word for a
//! signature, so a page of text costs it a second and loses its end; this one reads each line once. It keeps answers
//! written between the quoted lines.

use crate::thread::BODY_MARK;

/// How many lines an attribution ("On … wrote:") may be broken into.
const MAX_ATTRIBUTION_LINES: usize = 4;
/// A lone `--` begins a signature only if no more lines than this follow.
const MAX_SIGNATURE_LINES: usize = 12;

/// What an attribution ends with, before its colon.
const VERBS: [&str; 7] = ["wrote", "escreveu", "schrieb", "a écrit", "escribió", "escribio", "schreef"];

/// The text without quotes and signature. Empty only if everything is quoted line by line: where nothing else is left (a
/// mail that is only a signature, a mail forwarded without a word), it is the whole text.
#[must_use]
pub fn reply(text: &str) -> String {
    let normalised = text.replace("\r\n", "\n");
    let lines: Vec<&str> = normalised.lines().collect();
    let end = (0..lines.len()).find(|at| begins_history(&lines, *at)).unwrap_or(lines.len());
    let own = tidy(&own_lines(&lines[..end]));
    let marks_its_quotes = end == lines.len();
    let is_nobodys = |line: &&str| line.trim().is_empty() || is_quoted(line) || is_token_line(line);
    let answers = attribution_length(&lines, first_written(&lines)).is_some();
    if own.is_empty() && !(marks_its_quotes && (answers || lines.iter().all(is_nobodys))) {
        return normalised.trim().to_owned();
    }
    own
}

fn first_written(lines: &[&str]) -> usize {
    lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len())
}

/// Drops quoted lines with their attribution, signatures and the notes of telephones; what stands between stays.
fn own_lines<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(length) = attribution_length(lines, at) {
            at += length;
        } else if is_signature_mark(lines, at) {
            at += signature_length(&lines[at..]);
        } else {
            if !is_quoted(lines[at]) && !is_token_line(lines[at]) && !is_device_note(lines[at]) {
                kept.push(lines[at]);
            }
            at += 1;
        }
    }
    kept
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// The line by which our own mail is found again.
fn is_token_line(line: &str) -> bool {
    let token = line.trim().strip_prefix(BODY_MARK).and_then(|rest| rest.strip_suffix(']'));
    token.is_some_and(|token| !token.contains(['[', ']']))
}

/// Where the mail that is answered begins without quote marks, to the end: a divider, or a block of its header fields, or
/// an attribution that is followed by unmarked text.
fn begins_history(lines: &[&str], at: usize) -> bool {
    is_original_divider(lines[at]) || begins_header_block(lines, at) || attributes_unmarked(lines, at)
}

fn is_original_divider(line: &str) -> bool {
    let line = line.trim();
    if !line.starts_with("--") || !line.ends_with("--") {
        return false;
    }
    let words = line.trim_matches('-').trim().to_lowercase();
    matches!(
        words.as_str(),
        "original message"
            | "mensagem original"
            | "ursprüngliche nachricht"
            | "message d'origine"
            | "message d’origine"
            | "mensaje original"
            | "original appointment"
    )
}

/// A rule of underscores or nothing, then "From: … / Sent: … / Subject: …" in one of five languages.
fn begins_header_block(lines: &[&str], at: usize) -> bool {
    let is_rule = |line: &str| line.trim().len() >= 10 && line.trim().bytes().all(|byte| byte == b'_');
    let mut start = at;
    if is_rule(lines[at]) {
        start = (at + 1..lines.len()).find(|next| !lines[*next].trim().is_empty()).unwrap_or(lines.len());
    }
    let Some(first) = lines.get(start) else {
        return false;
    };
    if !is_field(first, &["from", "de", "von"]) {
        return false;
    }
    let others = [
        "sent", "date", "to", "cc", "subject", "enviado", "enviada", "data", "para", "assunto", "gesendet", "datum",
        "an", "betreff", "envoyé", "à", "objet", "fecha", "asunto",
    ];
    lines[start + 1..].iter().take(8).filter(|line| is_field(line, &others)).count() >= 2
}

fn is_field(line: &str, names: &[&str]) -> bool {
    let line = line.trim().trim_start_matches('*');
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    let name = name.trim_end_matches('*').trim().to_lowercase();
    names.contains(&name.as_str()) && !value.trim_matches(['*', ' ', '\u{a0}']).is_empty()
}

/// How many lines an attribution takes that begins here and is followed by quoted lines or nothing.
fn attribution_length(lines: &[&str], at: usize) -> Option<usize> {
    let length = attribution(lines, at)?;
    let next = lines[at + length..].iter().find(|line| !line.trim().is_empty());
    next.is_none_or(|line| is_quoted(line)).then_some(length)
}

/// Whether an attribution with a date and an hour or address begins here and unmarked text follows: the rest is a quote.
fn attributes_unmarked(lines: &[&str], at: usize) -> bool {
    let Some(length) = attribution(lines, at) else {
        return false;
    };
    let next = lines[at + length..].iter().find(|line| !line.trim().is_empty());
    let whole = lines[at..at + length].join(" ");
    let certain = whole.contains('@') || has_hour(&whole);
    certain && next.is_some_and(|line| !is_quoted(line))
}

fn has_hour(text: &str) -> bool {
    let bytes = text.as_bytes();
    let around =
        |at: usize| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    text.match_indices([':', 'h']).any(|(at, _)| around(at))
}

/// How many lines "On … wrote:" takes from here, in one of five languages, with at least one digit for its date. What
/// stands above a line that opens an attribution of its own is the writer's, however it begins.
fn attribution(lines: &[&str], at: usize) -> Option<usize> {
    let first = lines.get(at)?.trim().trim_start_matches('>').trim().to_lowercase();
    if is_quoted(lines[at]) {
        return None;
    }
    let dated = first.starts_with(|c: char| c.is_ascii_digit());
    let named = first.contains('<') && first.contains('@');
    if !opens_attribution(&first) && !dated && !named {
        return None;
    }
    let mut whole = String::new();
    for (number, line) in lines[at..].iter().take(MAX_ATTRIBUTION_LINES).enumerate() {
        let line = line.trim();
        let opens_another = number > 0 && opens_attribution(&line.to_lowercase());
        if line.is_empty() || is_quoted(line) || (opens_another && attribution(lines, at + number).is_some()) {
            return None;
        }
        whole.push_str(&line.to_lowercase());
        whole.push(' ');
        if ends_attribution(&whole) {
            return whole.contains(|c: char| c.is_ascii_digit()).then_some(number + 1);
        }
        if VERBS.iter().any(|verb| line.to_lowercase().contains(&format!("{verb}:"))) {
            return None; // "Bo wrote: thanks" tells what Bo wrote
        }
    }
    None
}

/// Whether a line in small letters begins as attributions do.
fn opens_attribution(line: &str) -> bool {
    ["on ", "em ", "no dia ", "am ", "le ", "el ", "op "].iter().any(|word| line.starts_with(word))
}

fn ends_attribution(whole: &str) -> bool {
    let Some(whole) = whole.trim_end().strip_suffix(':') else {
        return false;
    };
    let whole = whole.trim_end();
    let tail: String = whole.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    VERBS.iter().any(|verb| whole.ends_with(verb)) || (whole.starts_with("am ") && tail.contains(" schrieb "))
}

fn is_signature_mark(lines: &[&str], at: usize) -> bool {
    match lines[at] {
        "-- " | "--\u{a0}" => true,
        line if line.trim_end() == "--" => {
            let near = &lines[at..lines.len().min(at + MAX_SIGNATURE_LINES + 2)];
            signature_length(near) <= MAX_SIGNATURE_LINES
        }
        _ => false,
    }
}

/// A signature ends where a quote begins, or with the text.
fn signature_length(lines: &[&str]) -> usize {
    (1..lines.len()).find(|at| is_quoted(lines[*at]) || attribution_length(lines, *at).is_some()).unwrap_or(lines.len())
}

fn is_device_note(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let begins = [
        "sent from my ",
        "sent from outlook",
        "sent from mail for",
        "get outlook for",
        "enviado do meu ",
        "enviado a partir do meu ",
        "enviado de meu ",
        "enviado do outlook",
        "obter o outlook para",
        "obtenha o outlook para",
        "von meinem ",
        "gesendet von ",
        "envoyé de mon ",
        "envoyé depuis mon ",
        "enviado desde mi ",
    ];
    line.len() <= 120
        && begins.iter().any(|start| line.starts_with(start))
        && (!line.starts_with("von meinem ") || line.ends_with("gesendet"))
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
#[path = "reply_text_tests.rs"]
mod tests;
