//! What stands below the words: signatures, the notes of telephones, what lawyers write.

use super::words::{DEVICES, DISCLAIMER_HEADINGS, DISCLAIMERS, SECRECY};
use super::{attribution, is_quoted};

/// A lone `--` begins a signature only if no more lines than this follow.
const MAX_SIGNATURE_LINES: usize = 12;
/// The longest note of a telephone, in bytes.
const MAX_NOTE: usize = 120;

pub(super) fn is_signature_mark(lines: &[&str], at: usize) -> bool {
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
pub(super) fn signature_length(lines: &[&str]) -> usize {
    (1..lines.len())
        .find(|at| is_quoted(lines[*at]) || attribution::length(lines, *at).is_some())
        .unwrap_or(lines.len())
}

/// A line by which a telephone or a program says that it was used.
pub(super) fn is_device_note(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_NOTE || line.ends_with(['?', '!']) {
        return false;
    }
    let line = line.trim_start_matches(['*', '_', '[']).to_lowercase();
    let begins = DEVICES.iter().find(|start| line.starts_with(*start));
    match begins {
        None => false,
        Some(&"von meinem ") => line.contains("gesendet"),
        // "Sent from the office, Bo" is a sentence; what telephones say names a program or a make.
        Some(
            &("sent from " | "sent via " | "enviado do " | "enviado com " | "envoyé depuis " | "enviado desde "
            | "inviato da " | "wysłano z " | "gesendet mit " | "gesendet von "),
        ) => names_a_program(&line),
        Some(_) => true,
    }
}

fn names_a_program(line: &str) -> bool {
    [
        "iphone",
        "ipad",
        "android",
        "samsung",
        "galaxy",
        "mail",
        "outlook",
        "proton",
        "yahoo",
        "smartphone",
        "mobil",
        "telem",
        "celular",
        "móvil",
        "handy",
        "phone",
        "téléphone",
        "huawei",
        "xiaomi",
        "thunderbird",
        "zoho",
        "spark",
        "gerät",
        "dispositivo",
        "windows",
    ]
    .iter()
    .any(|word| line.contains(word))
}

/// Where the paragraphs begin that lawyers write, which end the text.
pub(super) fn disclaimer(lines: &[&str]) -> Option<usize> {
    (0..lines.len()).find(|at| {
        let begins_paragraph = *at == 0 || lines[at - 1].trim().is_empty();
        begins_paragraph && (is_heading(lines[*at]) || is_warning(&lines[*at..]))
    })
}

/// A heading alone on its line, or with its text after a colon.
fn is_heading(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '_', '-', ' ']);
    let (heading, _) = line.split_once(':').unwrap_or((line, ""));
    heading.len() <= MAX_NOTE && DISCLAIMER_HEADINGS.contains(&heading.trim().to_lowercase().as_str())
}

/// A paragraph that begins as they do and speaks of secrecy.
fn is_warning(lines: &[&str]) -> bool {
    let start = lines.first().map_or("", |line| line.trim_start_matches(['*', '_', ' ', '[']));
    let near = start[..start.floor_char_boundary(MAX_NOTE)].to_lowercase();
    DISCLAIMERS.iter().any(|known| near.starts_with(known)) && {
        let paragraph = lines.iter().take(MAX_SIGNATURE_LINES).take_while(|line| !line.trim().is_empty());
        let paragraph = paragraph.map(|line| line.to_lowercase()).collect::<String>();
        SECRECY.iter().any(|word| paragraph.contains(word))
    }
}
