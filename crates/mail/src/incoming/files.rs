//! The files of a mail: what it carries beside its text, and what lies within attached mails and within `winmail.dat`.

use super::parts::{self, Part};
use super::{Attachment, Fields, MAX_PARTS, Problems};
use crate::header_text::one_line;
use crate::tnef::{self, Tnef};

/// How deep mails within mails are opened.
const MAX_NESTED: usize = 5;

/// The files found so far.
pub(super) struct Files {
    pub(super) list: Vec<Attachment>,
    /// How many bytes may still be taken out of what is wrapped.
    spare: usize,
    /// The content of the `winmail.dat`, whose body may be the mail's.
    pub(super) tnef: Option<Tnef>,
    /// Returned mail is no news: what lies within a report stays there.
    is_report: bool,
}

impl Files {
    pub(super) fn new(parts: &parts::Parts) -> Self {
        let is_report = parts.leaves.iter().any(|part| part.kind.ends_with("delivery-status"));
        Self { list: Vec::new(), spare: parts.spare, tnef: None, is_report }
    }

    /// Adds a part, and what can be taken out of it.
    pub(super) fn add(&mut self, part: &Part, problems: &mut Problems) {
        self.add_within(part, None, 0, problems);
    }

    /// Adds a file that stood in a text.
    pub(super) fn enclose(&mut self, name: &str, bytes: Vec<u8>, problems: &mut Problems) {
        let name = Some(clean_name(name)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| format!("attachment-{}.bin", self.list.len() + 1));
        let kind = kind_by_name(&name).to_owned();
        self.push(
            Attachment { name, kind, size: bytes.len(), inline: false, within: None, bytes, content_id: None },
            problems,
        );
    }

    fn add_within(&mut self, part: &Part, within: Option<&str>, depth: usize, problems: &mut Problems) {
        if is_tnef(part) && self.open_tnef(part, within, problems) {
            return;
        }
        let file = attachment(part, self.list.len(), within);
        let name = file.name.clone();
        let is_mail = matches!(part.kind.as_str(), "message/rfc822" | "message/global");
        if within.is_some() {
            if !self.push(file, problems) {
                return;
            }
        } else {
            self.list.push(file);
        }
        if is_mail && depth < MAX_NESTED && !self.is_report {
            let inner = parts::walk(&part.bytes, &mut Problems::default());
            for leaf in inner.leaves.iter().filter(|leaf| !super::body::is_readable(leaf)) {
                self.add_within(leaf, Some(&name), depth + 1, problems);
            }
        }
    }

    /// Adds what was taken out of something; `false` when that would be too much.
    fn push(&mut self, file: Attachment, problems: &mut Problems) -> bool {
        if file.size > self.spare || self.list.len() >= MAX_PARTS {
            problems.note("what lies within is too large to be taken out, it stays where it is");
            return false;
        }
        self.spare -= file.size;
        self.list.push(file);
        true
    }

    /// Takes the files out of a `winmail.dat`; `false` when it is not understood and stays as it is.
    fn open_tnef(&mut self, part: &Part, within: Option<&str>, problems: &mut Problems) -> bool {
        let Some(mut content) = tnef::read(&part.bytes) else {
            problems.note("winmail.dat is not understood, it is kept unopened");
            return false;
        };
        let name = file_name(part, self.list.len() + 1);
        let is_whole = content.is_whole;
        if !is_whole {
            problems.note("winmail.dat is cut short, it is read as far as it goes and kept");
        }
        for (number, file) in std::mem::take(&mut content.files).into_iter().enumerate() {
            let given = Some(clean_name(&file.name)).filter(|name| !name.is_empty());
            let shown = given.unwrap_or_else(|| format!("attachment-{}.bin", number + 1));
            let kind = file.kind.filter(|kind| kind.contains('/')).unwrap_or_else(|| kind_by_name(&shown).to_owned());
            let taken = Attachment {
                kind: kind.to_lowercase(),
                name: shown,
                size: file.bytes.len(),
                inline: false,
                within: Some(within.unwrap_or(&name).to_owned()),
                bytes: file.bytes,
                content_id: file.content_id,
            };
            if !self.push(taken, problems) {
                return false;
            }
        }
        if self.tnef.is_none() && within.is_none() {
            self.tnef = Some(content);
        }
        is_whole
    }
}

fn is_tnef(part: &Part) -> bool {
    let named = || part.file_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"));
    matches!(part.kind.as_str(), "application/ms-tnef" | "application/vnd.ms-tnef")
        || (part.kind == "application/octet-stream" && named())
}

fn attachment(part: &Part, earlier: usize, within: Option<&str>) -> Attachment {
    let content_id = part.fields.ids("Content-ID").into_iter().next().or_else(|| {
        let bare = part.fields.raw("Content-ID")?;
        Some(bare.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty())
    });
    let inline = part.disposition.as_deref() != Some("attachment")
        && (part.disposition.is_some() || part.place.related)
        && content_id.is_some()
        && within.is_none();
    Attachment {
        name: file_name(part, earlier + 1),
        kind: part.kind.clone(),
        size: part.bytes.len(),
        inline,
        within: within.map(str::to_owned),
        bytes: part.bytes.clone(),
        content_id,
    }
}

/// The longest file name kept, in bytes.
const MAX_NAME: usize = 200;

fn file_name(part: &Part, number: usize) -> String {
    let given = part.file_name.as_deref().map(clean_name).filter(|name| !name.is_empty());
    given.unwrap_or_else(|| match part.kind.as_str() {
        "message/rfc822" | "message/global" => {
            let (block, _) = parts::split_head(&part.bytes);
            let mut unheard = Problems::default();
            let subject = Fields::read(block, &mut unheard).text("Subject", &mut unheard);
            let name =
                subject.map(|subject| clean_name(&subject.replace(['/', '\\'], "-"))).filter(|name| !name.is_empty());
            format!("{}.eml", name.unwrap_or_else(|| format!("message-{number}")))
        }
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        "text/calendar" => "invitation.ics".to_owned(),
        "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat".to_owned(),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "smime.p7m".to_owned(),
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s".to_owned(),
        "application/pgp-signature" => "signature.asc".to_owned(),
        kind => format!("attachment-{number}.{}", extension(kind)),
    })
}

/// A file name without folders, control characters and leading dots.
fn clean_name(given: &str) -> String {
    let line = one_line(given);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|')).collect();
    let kept = kept.trim_start_matches(['.', ' ']).trim_end();
    if kept.len() <= MAX_NAME {
        return kept.to_owned();
    }
    let (stem, extension) = kept.rsplit_once('.').filter(|(_, end)| end.len() <= 10).unwrap_or((kept, ""));
    let stem = &stem[..stem.floor_char_boundary(MAX_NAME - 11)];
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

fn extension(kind: &str) -> &str {
    match kind {
        "text/plain" => "txt",
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        kind if kind.starts_with("multipart/") => "bin",
        _ => {
            let subtype = kind.rsplit('/').next().unwrap_or_default();
            let short = subtype.len() <= 5 && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if short && !subtype.is_empty() { subtype } else { "bin" }
        }
    }
}

/// The media type that a file's name suggests, where nothing else says it.
fn kind_by_name(name: &str) -> &'static str {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match end.as_str() {
        "txt" | "log" => "text/plain",
        "html" | "htm" => "text/html",
        "csv" => "text/csv",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_file_name_has_no_folders_and_no_tricks() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\temp\\re\u{202e}port.pdf"), "re port.pdf");
        assert_eq!(clean_name("..."), "");
        assert_eq!(clean_name(".htaccess"), "htaccess");
        assert_eq!(clean_name(&format!("{}.pdf", "á".repeat(300))).len(), 188 + 4);
    }
}
