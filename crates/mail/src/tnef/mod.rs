//! `winmail.dat`: what Outlook wraps a mail into when it believes that only Outlook will read it (MS-OXTNEF). Its files and its
//! body are taken out; everything else in it is of no use outside.
//!
//! Written here because the readers that are published panic on broken input or are kept no longer. This one trusts no length,
//! goes a few levels deep and never yields more bytes of files than it was given.

mod cursor;
mod properties;
mod rtf;
mod squeezed;

use cursor::Cursor;
use properties::{Properties, Value};

use crate::charset;
use crate::incoming::Problems;

/// The content of a `winmail.dat`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tnef {
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) files: Vec<TnefFile>,
    /// Whether it was read to its end.
    pub(crate) is_whole: bool,
}

/// A file within it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TnefFile {
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) content_id: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

const SIGNATURE: u32 = 0x223e_9f78;
/// How deep messages within messages are opened.
const MAX_DEPTH: usize = 4;
/// How many files are taken out.
const MAX_FILES: usize = 200;

// Attributes (MS-OXTNEF, section 2.1.3.2).
const BODY: u16 = 0x800c;
const MESSAGE_PROPERTIES: u16 = 0x9003;
const CODE_PAGE: u16 = 0x9007;
const FILE_BEGINS: u16 = 0x9002;
const FILE_TITLE: u16 = 0x8010;
const FILE_DATA: u16 = 0x800f;
const FILE_PROPERTIES: u16 = 0x9005;

// Properties (MS-OXPROPS).
const PLAIN_BODY: u16 = 0x1000;
const SQUEEZED_RTF: u16 = 0x1009;
const HTML_BODY: u16 = 0x1013;
const SUBJECT: u16 = 0x0037;
const INTERNET_CODE_PAGE: u16 = 0x3fde;
const DISPLAY_NAME: u16 = 0x3001;
const ATTACHED_DATA: u16 = 0x3701;
const FILE_NAME: u16 = 0x3704;
const LONG_FILE_NAME: u16 = 0x3707;
const MEDIA_TYPE: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;

/// Reads a `winmail.dat`; `None` when these bytes are none.
pub(crate) fn read(bytes: &[u8]) -> Option<Tnef> {
    let mut tnef = Tnef::default();
    read_into(&mut tnef, bytes, 0)?;
    let size: usize = tnef.files.iter().map(|file| file.bytes.len()).sum();
    (size <= bytes.len() * (MAX_DEPTH + 1)).then_some(tnef)
}

/// A message under way: what its attributes say until it is whole.
#[derive(Default)]
struct Message {
    code_page: Option<u32>,
    body: Option<Vec<u8>>,
    properties: Properties,
    subject: Option<String>,
}

fn read_into(tnef: &mut Tnef, bytes: &[u8], depth: usize) -> Option<()> {
    let mut cursor = Cursor::new(bytes);
    if cursor.u32()? != SIGNATURE {
        return None;
    }
    cursor.u16()?;
    let mut message = Message::default();
    let mut file: Option<TnefFile> = None;
    let mut is_whole = true;
    while !cursor.is_empty() {
        let Some((id, data)) = attribute(&mut cursor) else {
            is_whole = false;
            break;
        };
        match id {
            CODE_PAGE => message.code_page = Cursor::new(data).u32(),
            BODY => message.body = Some(data.to_vec()),
            MESSAGE_PROPERTIES => {
                message.properties = Properties::read(data);
                is_whole &= message.properties.is_whole;
            }
            FILE_BEGINS => finish(tnef, file.replace(TnefFile::default())),
            FILE_TITLE => {
                if let Some(file) = &mut file {
                    file.name = message.words(data);
                }
            }
            FILE_DATA => {
                if let Some(file) = &mut file {
                    file.bytes = data.to_vec();
                }
            }
            FILE_PROPERTIES => {
                let properties = Properties::read(data);
                is_whole &= properties.is_whole;
                if let Some(file) = &mut file {
                    describe(tnef, file, &properties, &message, depth);
                }
            }
            _ => {}
        }
    }
    finish(tnef, file);
    message.give(tnef, depth);
    tnef.is_whole = is_whole && (depth == 0 || tnef.is_whole);
    Some(())
}

/// One attribute: level, id, type, length, data, checksum (section 2.1.3.3).
fn attribute<'a>(cursor: &mut Cursor<'a>) -> Option<(u16, &'a [u8])> {
    let level = cursor.u8()?;
    let id = cursor.u16()?;
    cursor.u16()?;
    let length = usize::try_from(cursor.u32()?).ok()?;
    let data = cursor.take(length)?;
    cursor.u16()?;
    matches!(level, 1 | 2).then_some((id, data))
}

fn finish(tnef: &mut Tnef, file: Option<TnefFile>) {
    if let Some(file) = file
        && tnef.files.len() < MAX_FILES
        && !file.bytes.is_empty()
    {
        tnef.files.push(file);
    }
}

/// What the properties of a file say of it; a message that is attached is opened in its place.
fn describe(tnef: &mut Tnef, file: &mut TnefFile, properties: &Properties, message: &Message, depth: usize) {
    let text = |id| properties.get(id).and_then(|value| message.text(value));
    if let Some(name) = [LONG_FILE_NAME, FILE_NAME, DISPLAY_NAME].into_iter().find_map(text) {
        file.name = name;
    }
    file.kind = text(MEDIA_TYPE);
    file.content_id = text(CONTENT_ID).map(|id| id.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty());
    let Some(Value::Bytes(data)) = properties.get(ATTACHED_DATA) else { return };
    // An object begins with the id of its interface.
    let inner = data.get(16..).filter(|inner| inner.starts_with(&SIGNATURE.to_le_bytes()));
    match inner {
        Some(inner) if depth < MAX_DEPTH => {
            if read_into(tnef, inner, depth + 1).is_some() {
                file.bytes.clear();
            }
        }
        Some(_) => {}
        None if file.bytes.is_empty() => file.bytes = data.clone(),
        None => {}
    }
}

impl Message {
    /// Gives the mail its body, or, of a message within it, a file that holds its words.
    fn give(self, tnef: &mut Tnef, depth: usize) {
        let html = self.properties.get(HTML_BODY).and_then(|value| self.text(value));
        let plain = self.properties.get(PLAIN_BODY).and_then(|value| self.text(value));
        let plain = plain.or_else(|| self.body.as_deref().map(|body| self.words(body)));
        let rtf = match self.properties.get(SQUEEZED_RTF) {
            Some(Value::Bytes(squeezed)) => squeezed::open(squeezed).map(|rtf| rtf::read(&rtf)),
            _ => None,
        };
        let (rtf_html, rtf_text) = rtf.map_or((None, None), |rtf| (rtf.html, rtf.text));
        let kept = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (html, text) = (kept(html).or(kept(rtf_html)), kept(plain).or(kept(rtf_text)));
        if depth == 0 {
            (tnef.html, tnef.text) = (html, text);
            return;
        }
        let subject = self.properties.get(SUBJECT).and_then(|value| self.text(value)).or(self.subject);
        let name = subject.unwrap_or_else(|| "message".to_owned()).replace(['/', '\\'], "-");
        let (end, kind, words) = match (text, html) {
            (Some(text), _) => ("txt", "text/plain", text),
            (None, Some(html)) => ("html", "text/html", html),
            (None, None) => return,
        };
        let file = TnefFile {
            name: format!("{name}.{end}"),
            kind: Some(kind.to_owned()),
            content_id: None,
            bytes: words.into_bytes(),
        };
        finish(tnef, Some(file));
    }

    /// A value as text.
    fn text(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::Unicode(text) => text.clone(),
            Value::Bytes(bytes) => self.words(bytes),
            Value::Number(_) => return None,
        };
        Some(text.trim_matches('\0').to_owned()).filter(|text| !text.is_empty())
    }

    /// Bytes as text, by the code page of the message.
    fn words(&self, bytes: &[u8]) -> String {
        let internet = match self.properties.get(INTERNET_CODE_PAGE) {
            Some(Value::Number(page)) => Some(*page),
            _ => None,
        };
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
        let label = charset_of(internet.or(self.code_page).unwrap_or(1252));
        charset::read(&bytes[..end], Some(&label), "winmail.dat", &mut Problems::default()).replace("\r\n", "\n")
    }
}

/// The charset that Windows calls by this number.
fn charset_of(code_page: u32) -> String {
    match code_page {
        65001 => "utf-8".to_owned(),
        65000 => "utf-7".to_owned(),
        20127 => "us-ascii".to_owned(),
        28591..=28605 => format!("iso-8859-{}", code_page - 28590),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        50220..=50222 => "iso-2022-jp".to_owned(),
        51932 => "euc-jp".to_owned(),
        51949 | 949 => "euc-kr".to_owned(),
        54936 | 936 => "gb18030".to_owned(),
        932 => "shift_jis".to_owned(),
        950 => "big5".to_owned(),
        page => format!("windows-{page}"),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
