//! Text whose lines flow (RFC 3676): a line that ends in a space goes on in the next.

/// Puts the lines of `format=flowed` text together. `deletes_space` is its `DelSp=yes`: the space at a break is not part of the
/// text.
pub(super) fn unflow(text: &str, deletes_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // How deep the line lies in quotes that the last one goes on in.
    let mut flowing: Option<usize> = None;
    for line in text.lines() {
        let content = line.trim_start_matches('>');
        let depth = line.len() - content.len();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        if flowing.take() != Some(depth) || is_signature {
            if !out.is_empty() {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&">".repeat(depth));
                out.push(' ');
            }
        }
        let flows = content.ends_with(' ') && !is_signature;
        out.push_str(if flows && deletes_space { &content[..content.len() - 1] } else { content });
        flowing = flows.then_some(depth);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn lines_flow_within_their_quote() {
        let text = "A long \nline.\n From here\n> quoted \n> on\n>> deeper \n> not\n-- \nMaria";
        assert_eq!(unflow(text, false), "A long line.\nFrom here\n> quoted on\n>> deeper \n> not\n-- \nMaria");
    }

    #[test]
    fn a_space_at_a_break_may_not_count() {
        assert_eq!(unflow("日本 \n語", true), "日本語");
        assert_eq!(unflow("a \n\nb", false), "a \nb");
    }
}
