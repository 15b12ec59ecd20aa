//! A chart of bars: a label above each bar and its number at the bar's end, drawn so that it stretches with its place while its words
//! keep their size.

/// How many bars a chart has at most; its table has the rest.
pub const BARS_MAX: usize = 15;
/// The part of the width that the longest bar takes, in per cent; its number stands beyond it.
const LONGEST: i64 = 88;
/// The height of a bar with its label, in pixels.
const ROW: usize = 40;
/// The longest label, in characters.
const LABEL_MAX: usize = 48;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its height in pixels.
    pub height: usize,
    /// Its bars, from the top.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it counts, cut where it is too long.
    pub label: String,
    /// How many.
    pub count: i64,
    /// Its length in per cent of the width; a bar of none is a line.
    pub length: String,
    /// The baseline of its label, in pixels from the top.
    pub label_y: usize,
    /// Its upper edge.
    pub bar_y: usize,
    /// The baseline of its number.
    pub number_y: usize,
}

impl Chart {
    /// A chart of the first [`BARS_MAX`] of these.
    #[must_use]
    pub fn of<'a>(counts: impl Iterator<Item = (&'a str, i64)>) -> Self {
        let shown: Vec<(&str, i64)> = counts.take(BARS_MAX).collect();
        let most = shown.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
        let bar = |(place, (label, count)): (usize, &(&str, i64))| {
            let tenths = count.max(&0) * LONGEST * 10 / most;
            let top = place * ROW;
            Bar {
                label: cut(label),
                count: *count,
                length: format!("{}.{}%", tenths / 10, tenths % 10),
                label_y: top + 14,
                bar_y: top + 20,
                number_y: top + 31,
            }
        };
        Self { height: shown.len() * ROW, bars: shown.iter().enumerate().map(bar).collect() }
    }
}

fn cut(label: &str) -> String {
    if label.chars().count() <= LABEL_MAX {
        return label.to_owned();
    }
    let kept: String = label.chars().take(LABEL_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_leaves_room_for_its_number_and_the_others_are_in_proportion() {
        let chart = Chart::of([("Bo", 8), ("Cy", 4), ("Dora", 0)].into_iter());
        let lengths: Vec<&str> = chart.bars.iter().map(|bar| bar.length.as_str()).collect();
        assert_eq!(lengths, ["88.0%", "44.0%", "0.0%"]);
        assert_eq!((chart.height, chart.bars[1].label_y), (120, 54));
    }

    #[test]
    fn nothing_to_count_and_too_much_to_show_are_charts_too() {
        assert_eq!(Chart::of(std::iter::empty()).height, 0);
        let all_idle = Chart::of([("Bo", 0)].into_iter());
        assert_eq!(all_idle.bars[0].length, "0.0%");
        let long = "é".repeat(60);
        let many = Chart::of((0..40).map(|count| (long.as_str(), count)));
        assert_eq!(many.bars.len(), BARS_MAX);
        assert_eq!(many.bars[0].label.chars().count(), LABEL_MAX);
    }
}
