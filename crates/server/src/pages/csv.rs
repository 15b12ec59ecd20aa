//! Fields of CSV (RFC 4180) for spreadsheets.

/// The media type.
pub const CSV: &str = "text/csv; charset=utf-8";

/// A file of these lines, the names of its columns first. It begins with a byte order mark, without which some spreadsheets take its
/// letters for those of another alphabet.
#[must_use]
pub fn file(lines: &[String]) -> String {
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// A field as it stands in a line. One that a spreadsheet would take for a formula is marked as text.
#[must_use]
pub fn field(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_is_no_formula() {
        assert_eq!(field("Acme"), "Acme");
        assert_eq!(field("Acme, \"the\" one"), "\"Acme, \"\"the\"\" one\"");
        assert_eq!(field("=SUM(A1)"), "'=SUM(A1)");
    }
}
