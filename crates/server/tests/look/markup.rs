//! A strict reader of HTML: every element closed, every attribute quoted. Stricter than a browser, so that a
//! page that passes means the same to all of them.

/// A tag as it was read.
#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What a document is made of, in order.
#[derive(Debug, Clone)]
pub enum Token {
    Open(Tag),
    Close(String),
    Text,
}

const VOID: [&str; 8] = ["meta", "link", "input", "br", "img", "hr", "source", "wbr"];
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Reads `html`, or says where it is not well formed.
pub fn read(html: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut tokens, &rest[..start])?;
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<!doctype html>") {
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("a closing tag never ends")?;
            let last = open.pop().unwrap_or_default();
            if last != name {
                return Err(format!("</{name}> closes <{last}>"));
            }
            tokens.push(Token::Close(name.to_owned()));
            rest = after;
            continue;
        }
        let (tag, closed, after) = read_tag(rest)?;
        rest = after;
        let name = tag.name.clone();
        tokens.push(Token::Open(tag));
        if closed || VOID.contains(&name.as_str()) {
            tokens.push(Token::Close(name));
        } else if RAW.contains(&name.as_str()) {
            let end = format!("</{name}>");
            let (text, after) = rest.split_once(&end).ok_or(format!("<{name}> never closes"))?;
            push_text(&mut tokens, text)?;
            tokens.push(Token::Close(name));
            rest = after;
        } else {
            open.push(name);
        }
    }
    push_text(&mut tokens, rest)?;
    if open.is_empty() { Ok(tokens) } else { Err(format!("never closed: {open:?}")) }
}

fn push_text(tokens: &mut Vec<Token>, text: &str) -> Result<(), String> {
    if text.contains('>') {
        let text: String = text.chars().take(80).collect();
        return Err(format!("a stray > in {text:?}"));
    }
    if !text.trim().is_empty() {
        tokens.push(Token::Text);
    }
    Ok(())
}

/// A tag at the start of `text`, whether it closes itself, and what follows.
fn read_tag(text: &str) -> Result<(Tag, bool, &str), String> {
    let near: String = text.chars().take(80).collect();
    let mut rest = &text[1..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').ok_or("a tag never ends")?;
    let name = rest[..end].to_owned();
    if name.is_empty() {
        return Err(format!("a stray < in {near:?}"));
    }
    rest = &rest[end..];
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((Tag { name, attributes }, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((Tag { name, attributes }, false, after));
        }
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_'))
            .ok_or("a tag never ends")?;
        let key = rest[..end].to_owned();
        if key.is_empty() {
            return Err(format!("not an attribute in {near:?}"));
        }
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let quote = quote.ok_or(format!("an unquoted attribute in {near:?}"))?;
            let (inside, after) = after[1..].split_once(quote).ok_or("an attribute never ends")?;
            inside.clone_into(&mut value);
            rest = after;
        }
        if attributes.iter().any(|(other, _)| *other == key) {
            return Err(format!("{key} twice in {near:?}"));
        }
        attributes.push((key, value));
    }
}

#[test]
fn the_reader_of_markup_finds_what_is_wrong() {
    for wrong in ["<p>", "<p></b>", "<p id=x></p>", "<p id='a' id='b'></p>", "a > b", "<p", "<textarea>"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let tokens = read("<p>a<br><b class=\"c\">d</b></p>").unwrap();
    let texts = tokens.iter().filter(|token| matches!(token, Token::Text)).count();
    assert_eq!((tokens.len(), texts), (8, 2));
}
