//! Text as a header can carry it: one line, no control characters.

/// Makes one line of any text: control characters, line ends and runs of white space become one space, the ends are
/// trimmed. Reading and writing a header both pass here, so a subject comes back as it went out.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// White space, control characters, the Unicode line ends, and the marks that turn text around or hide it: none of them
/// has a place in a name or a subject.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_header_cannot_be_continued_by_its_text() {
        assert_eq!(one_line("Hello\r\nBcc: eve@evil.example"), "Hello Bcc: eve@evil.example");
        assert_eq!(one_line("  a\u{2028}b\t\tc\u{0}d "), "a b c d");
    }

    #[test]
    fn text_cannot_be_turned_around() {
        assert_eq!(one_line("invoice\u{202e}fdp.exe"), "invoice fdp.exe");
    }
}
