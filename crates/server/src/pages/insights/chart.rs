//! Charts of a span: columns of what came in and went out, a line of what was unfinished, and a bar of on whom tickets waited. They
//! stretch with their place while their words keep their size.

/// The height of the tallest column, and of the line, in pixels.
const TALLEST: i64 = 120;
/// What is above it for its number.
const ABOVE: i64 = 20;
/// How many dates stand beneath a chart at most.
const DATES_MAX: usize = 5;
/// Up to how many parts each column has its number.
const NUMBERED_MAX: usize = 7;

/// Columns, two a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The columns.
    pub columns: Vec<Column>,
    /// The dates beneath them.
    pub dates: Vec<Mark>,
    /// Where the columns stand, in pixels from the top.
    pub ground: i64,
    /// The baseline of the dates.
    pub dates_y: i64,
    /// The height of the whole.
    pub height: i64,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// `opened` or `closed`.
    pub of: &'static str,
    /// Its left edge, in per cent.
    pub x: String,
    /// Its upper edge.
    pub y: i64,
    /// Its width, in per cent.
    pub width: String,
    /// Its height.
    pub height: i64,
    /// Its number above it, where it has one.
    pub number: Option<Mark>,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where, in per cent.
    pub x: String,
    /// Their baseline.
    pub y: i64,
    /// On which side of it they are: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The words.
    pub text: String,
}

/// A line over an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's points, as SVG has them, in a box of [`Line::across`] by 100.
    pub points: String,
    /// The points of the area beneath it.
    pub area: String,
    /// How wide that box is.
    pub across: usize,
    /// The numbers at its highest point and at its end.
    pub numbers: Vec<Mark>,
    /// The dates beneath it.
    pub dates: Vec<Mark>,
    /// The box's upper edge, in pixels.
    pub top: i64,
    /// The box's height.
    pub tall: i64,
    /// The baseline of the dates.
    pub dates_y: i64,
    /// The height of the whole.
    pub height: i64,
}

/// A bar in two shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// The first share, in per cent.
    pub first: String,
    /// The second.
    pub second: String,
    /// The same as people read them.
    pub words: (String, String),
}

/// Per cent with a tenth, for places and widths.
fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// `of` parts of a whole, in thousandths.
fn thousandths(part: usize, of: usize) -> i64 {
    i64::try_from(part * 1000 / of.max(1)).unwrap_or_default()
}

impl Columns {
    /// Columns for parts: the date of each, and its two numbers.
    #[must_use]
    pub fn of(parts: &[(String, [i64; 2])]) -> Self {
        let count = parts.len();
        let ground = ABOVE + TALLEST;
        let most = parts.iter().flat_map(|(_, numbers)| *numbers).max().unwrap_or_default().max(1);
        let mut columns = Vec::with_capacity(count * 2);
        // The tallest of each kind has its number, where there is no room for all.
        let tallest = [0, 1].map(|kind| (0..count).max_by_key(|place| (parts[*place].1[kind], usize::MAX - place)));
        for (place, (_, numbers)) in parts.iter().enumerate() {
            for (kind, of) in ["opened", "closed"].into_iter().enumerate() {
                let (number, width) = (numbers[kind], thousandths(36, count * 100));
                let x = thousandths(place * 100 + 12 + kind * 40, count * 100);
                let height = number.max(0) * TALLEST / most;
                let is_told = number > 0 && (count <= NUMBERED_MAX || tallest[kind] == Some(place));
                let number = is_told.then(|| Mark {
                    x: percent(x + width / 2),
                    y: ground - height - 6,
                    anchor: side(x, 10),
                    text: number.to_string(),
                });
                columns.push(Column {
                    of,
                    x: percent(x),
                    y: ground - height,
                    width: percent(width.max(2)),
                    height,
                    number,
                });
            }
        }
        let dates_y = ground + 18;
        Self {
            columns,
            dates: dates(parts.iter().map(|(date, _)| date), dates_y),
            ground,
            dates_y,
            height: dates_y + 6,
        }
    }
}

/// On which side of a place words are, so that they stay within the chart.
fn side(x: i64, margin: i64) -> &'static str {
    match x {
        x if x < margin => "start",
        x if x > 1000 - margin => "end",
        _ => "middle",
    }
}

fn dates<'a>(all: impl ExactSizeIterator<Item = &'a String>, y: i64) -> Vec<Mark> {
    let count = all.len();
    let every = count.div_ceil(DATES_MAX).max(1);
    let date = |(place, text): (usize, &String)| {
        let x = thousandths(place * 2 + 1, count * 2);
        Mark { x: percent(x), y, anchor: side(x, 80), text: text.clone() }
    };
    all.enumerate().filter(|(place, _)| place % every == 0).map(date).collect()
}

impl Line {
    /// A line through the numbers of parts.
    #[must_use]
    pub fn of(parts: &[(String, i64)]) -> Self {
        let count = parts.len();
        let most = parts.iter().map(|(_, number)| *number).max().unwrap_or_default().max(1);
        let height = |number: i64| 100 - number.max(0) * 100 / most;
        // In halves of a part, so that a point stands in the middle of its part; the line goes to both edges.
        let mut points: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(place, (_, number))| format!("{},{}", place * 2 + 1, height(*number)))
            .collect();
        if let (Some((_, first)), Some((_, last))) = (parts.first(), parts.last()) {
            points.insert(0, format!("0,{}", height(*first)));
            points.push(format!("{},{}", count * 2, height(*last)));
        }
        let highest = (0..count).max_by_key(|place| (parts[*place].1, usize::MAX - place));
        let near_the_end = |place: usize| (place + 1) * 10 > count * 8;
        let told = highest.filter(|place| !near_the_end(*place)).into_iter().chain(count.checked_sub(1));
        let number = |place: usize| {
            let x = if place + 1 == count { 1000 } else { thousandths(place * 2 + 1, count * 2) };
            let (number, anchor) = (parts[place].1, side(x, 60));
            Mark { x: percent(x), y: ABOVE + height(number) * TALLEST / 100 - 6, anchor, text: number.to_string() }
        };
        let dates_y = ABOVE + TALLEST + 18;
        Self {
            area: format!("0,100 {} {},100", points.join(" "), count * 2),
            points: points.join(" "),
            across: count * 2,
            numbers: told.map(number).collect(),
            dates: dates(parts.iter().map(|(date, _)| date), dates_y),
            top: ABOVE,
            tall: TALLEST,
            dates_y,
            height: dates_y + 6,
        }
    }
}

impl Shares {
    /// The shares of two in their sum; `None` where that is nothing.
    #[must_use]
    pub fn of(first: i64, second: i64) -> Option<Self> {
        let whole = first.checked_add(second).filter(|whole| *whole > 0)?;
        let share = i64::try_from(i128::from(first) * 1000 / i128::from(whole)).unwrap_or_default();
        let whole = (share + 5) / 10;
        let words = (format!("{whole} %"), format!("{} %", 100 - whole));
        Some(Self { first: percent(share), second: percent(1000 - share), words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(numbers: &[[i64; 2]]) -> Vec<(String, [i64; 2])> {
        numbers.iter().enumerate().map(|(day, numbers)| (format!("{day}"), *numbers)).collect()
    }

    #[test]
    fn columns_stand_on_one_ground_in_proportion_and_leave_room_for_their_numbers() {
        let chart = Columns::of(&days(&[[4, 2], [0, 1]]));
        let heights: Vec<i64> = chart.columns.iter().map(|column| column.height).collect();
        assert_eq!(heights, [120, 60, 0, 30]);
        assert!(chart.columns.iter().all(|column| column.y + column.height == chart.ground && column.y >= ABOVE));
        let numbers: Vec<&str> =
            chart.columns.iter().filter_map(|column| Some(column.number.as_ref()?.text.as_str())).collect();
        assert_eq!(numbers, ["4", "2", "1"]);
    }

    #[test]
    fn of_many_parts_the_tallest_have_their_number_and_a_few_their_date() {
        let chart = Columns::of(&days(&[[1, 0]; 28].map(|day| day)));
        assert_eq!(chart.columns.iter().filter(|column| column.number.is_some()).count(), 1);
        assert_eq!((chart.columns.len(), chart.dates.len()), (56, 5));
        assert_eq!(Columns::of(&[]).columns.len(), 0);
        let whole: Vec<f64> =
            chart.columns.iter().map(|column| column.x.trim_end_matches('%').parse().unwrap()).collect();
        assert!(whole.is_sorted() && whole.iter().all(|x| (0.0..100.0).contains(x)));
    }

    #[test]
    fn a_line_tells_its_highest_point_and_its_end() {
        let parts: Vec<(String, i64)> = [2, 8, 4, 4, 6].into_iter().map(|n| (n.to_string(), n)).collect();
        let line = Line::of(&parts);
        assert_eq!(line.points, "0,75 1,75 3,0 5,50 7,50 9,25 10,25");
        let told: Vec<&str> = line.numbers.iter().map(|number| number.text.as_str()).collect();
        assert_eq!(told, ["8", "6"]);
        assert_eq!(Line::of(&[]).numbers, []);
        assert_eq!(Line::of(&parts[..1]).numbers.len(), 1);
    }

    #[test]
    fn shares_are_a_hundred_together() {
        let shares = Shares::of(1, 2).unwrap();
        assert_eq!((shares.first.as_str(), shares.second.as_str()), ("33.3%", "66.7%"));
        assert_eq!(shares.words, ("33 %".to_owned(), "67 %".to_owned()));
        assert_eq!((Shares::of(0, 0), Shares::of(0, 9).unwrap().second.as_str()), (None, "100.0%"));
        assert!(Shares::of(i64::MAX / 2, i64::MAX / 2).is_some());
    }
}
