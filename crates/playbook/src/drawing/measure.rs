//! How wide texts are, without a font: the advance widths of a usual sans serif (those of Helvetica, which Arial and
//! Liberation Sans share, and which the system fonts of today come near to), with enough to spare for the widest.

/// Widths in thousandths of the size, from space to tilde.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Of a character that the table does not know, most of them letters with accents; and of those as wide as they are high.
const UNKNOWN: u16 = 600;
const WIDE: u16 = 1000;

/// What other fonts may need beyond the table.
const TO_SPARE: f64 = 1.14;

/// A size and weight of the drawing's font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Face {
    /// In units of the drawing.
    pub(super) size: f64,
    /// How much wider than the table says.
    pub(super) stretch: f64,
}

/// Titles of states.
pub(super) const TITLE: Face = Face { size: 14.0, stretch: 1.1 };
/// Labels of arrows.
pub(super) const LABEL: Face = Face { size: 12.0, stretch: 1.03 };
/// Labels of choices, which stand out.
pub(super) const CHOICE: Face = Face { size: 12.0, stretch: 1.12 };
/// Guards and remarks.
pub(super) const SMALL: Face = Face { size: 11.0, stretch: 1.0 };

/// The width of a text.
pub(super) fn width(text: &str, face: Face) -> f64 {
    let thousandths: u32 = text.chars().map(|character| u32::from(advance(character))).sum();
    f64::from(thousandths) / 1000.0 * face.size * face.stretch * TO_SPARE
}

fn advance(character: char) -> u16 {
    let position = u32::from(character).checked_sub(32).and_then(|position| usize::try_from(position).ok());
    match position.and_then(|position| WIDTHS.get(position)) {
        Some(width) => *width,
        None if u32::from(character) >= 0x1100 => WIDE,
        None => UNKNOWN,
    }
}

/// The text, or as much of its beginning as fits, with an ellipsis.
pub(super) fn shortened(text: &str, most: f64, face: Face) -> String {
    if width(text, face) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if width(&kept, face) + width("…", face) > most {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// The text in lines that are no wider than `most`; what does not fit into so many lines is left out.
pub(super) fn wrapped(text: &str, most: f64, lines: usize, face: Face) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while words.peek().is_some() {
        if done.len() + 1 == lines {
            let rest: Vec<&str> = words.by_ref().collect();
            done.push(shortened(&rest.join(" "), most, face));
            break;
        }
        let mut line = words.next().unwrap_or_default().to_owned();
        while let Some(word) = words.next_if(|word| width(&format!("{line} {word}"), face) <= most) {
            line = format!("{line} {word}");
        }
        done.push(shortened(&line, most, face));
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_texts_are_wider_and_bold_ones_are_wider_still() {
        assert!(width("mmm", LABEL) > width("iii", LABEL));
        assert!(width("Published", TITLE) > width("Published", LABEL));
        assert!(width("変更", LABEL) > width("ab", LABEL));
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_and_fits() {
        let short = shortened("organization.plan == null || requester.role == null", 120.0, SMALL);
        assert!(short.ends_with('…') && width(&short, SMALL) <= 120.0, "{short}");
        assert_eq!(shortened("held", 120.0, SMALL), "held");
    }

    #[test]
    fn titles_are_wrapped_between_words_and_end_after_the_last_line() {
        assert_eq!(wrapped("Checking the requirements", 120.0, 2, TITLE), ["Checking the", "requirements"]);
        let lines = wrapped("one two three four five six seven eight nine ten", 60.0, 2, TITLE);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && lines.iter().all(|line| width(line, TITLE) <= 60.0), "{lines:?}");
        assert!(wrapped("  ", 60.0, 2, TITLE).is_empty());
    }
}
