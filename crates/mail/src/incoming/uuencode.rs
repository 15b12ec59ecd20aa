//! Files in the way of before MIME: lines of 6-bit characters between `begin` and `end`, as a transfer coding or within a text.

use super::Problems;

/// A file that stood in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Enclosed {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A part that is nothing but an encoded file; without its first line it is kept as it is.
pub(super) fn decode(body: &[u8], problems: &mut Problems) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().position(|line| file_name(line).is_some()) else {
        problems.note("a part says it is uuencoded and is not, it is kept as it is");
        return body.to_vec();
    };
    let (bytes, length) = file(&lines[at + 1..]);
    if length.is_none() {
        problems.note("a uuencoded part is cut short");
    }
    bytes
}

/// Takes the files out of a text; only whole ones, whose lines are all as they must be.
pub(super) fn take_out(text: &str) -> (String, Vec<Enclosed>) {
    if !text.contains("begin ") || !text.contains("\nend") {
        return (text.to_owned(), Vec::new());
    }
    let lines: Vec<&str> = text.lines().collect();
    let (mut kept, mut files) = (Vec::with_capacity(lines.len()), Vec::new());
    let mut at = 0;
    // A file that has no end is looked for once, not from every line that could begin it.
    let last_end = lines.iter().rposition(|line| line.trim_end() == "end").unwrap_or(0);
    while at < lines.len() {
        if at < last_end
            && let Some(name) = file_name(lines[at])
            && let (bytes, Some(length)) = file(&lines[at + 1..])
        {
            files.push(Enclosed { name: name.to_owned(), bytes });
            at += 1 + length;
            continue;
        }
        kept.push(lines[at]);
        at += 1;
    }
    (kept.join("\n"), files)
}

/// The name in `begin 644 name`.
fn file_name(line: &str) -> Option<&str> {
    let (mode, name) = line.strip_prefix("begin ")?.split_once(' ')?;
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    Some(name.trim()).filter(|name| is_mode && !name.is_empty())
}

/// The bytes of the lines, and how many lines they took with the `end`; no number when the end is missing.
fn file(lines: &[&str]) -> (Vec<u8>, Option<usize>) {
    let mut bytes = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.trim_end() == "end" {
            return (bytes, Some(number + 1));
        }
        if !push_line(&mut bytes, line.trim_end_matches('\r')) {
            return (bytes, None);
        }
    }
    (bytes, None)
}

/// Reads one line; `false` when it cannot be one.
fn push_line(bytes: &mut Vec<u8>, line: &str) -> bool {
    let symbols = line.as_bytes();
    let Some((first, data)) = symbols.split_first() else {
        return true; // an empty line stands for one of length zero
    };
    if !symbols.iter().all(|symbol| (b' '..=b'`').contains(symbol)) {
        return false;
    }
    let length = usize::from(value(*first));
    // Spaces at the end of a line get lost on the way.
    if data.len() > length.div_ceil(3) * 4 + 2 {
        return false;
    }
    let symbol = |at: usize| data.get(at).map_or(0, |symbol| value(*symbol));
    let mut line = Vec::with_capacity(length + 2);
    for group in 0..length.div_ceil(3) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|offset| symbol(group * 4 + offset));
        line.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    line.truncate(length);
    bytes.extend(line);
    true
}

fn value(symbol: u8) -> u8 {
    symbol.wrapping_sub(b' ') & 0x3f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_a_text_is_taken_out() {
        let text = "See the file.\nbegin 644 log.txt\n#0V%T\n`\nend\nBye";
        let (kept, files) = take_out(text);
        assert_eq!(kept, "See the file.\nBye");
        assert_eq!(files, [Enclosed { name: "log.txt".to_owned(), bytes: b"Cat".to_vec() }]);
    }

    #[test]
    fn what_only_begins_like_a_file_stays() {
        for text in
            ["begin 644 a\nplain words\nend", "begin 12 months\nend", "begin 644 a\n#0V%T", "We begin 644 x\nend"]
        {
            assert_eq!(take_out(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn a_part_is_read_as_far_as_it_goes() {
        let mut problems = Problems::default();
        assert_eq!(decode(b"begin 644 x\r\n#0V%T\r\n`\r\nend\r\n", &mut problems), b"Cat");
        assert!(problems.list().is_empty());
        assert_eq!(decode(b"begin 644 x\r\n#0V%T\r\n", &mut problems), b"Cat");
        assert_eq!(decode(b"no file", &mut problems), b"no file");
        assert_eq!(problems.list().len(), 2);
    }
}
