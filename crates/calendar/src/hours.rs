//! When a place works in an ordinary week.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;

/// The last minute of a day as an end: midnight after it.
const END_OF_DAY: u32 = 24 * 60;

/// A stretch of a civil day, in minutes from its midnight; the end is not part of it.
///
/// Written `09:00-12:30`; `24:00` is the end of the day. What reaches over midnight is written in two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    start: u32,
    end: u32,
}

/// The spans of each weekday, in order, none within another.
///
/// The default is a week without any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// By weekday, from Monday.
    days: [Vec<DaySpan>; 7],
}

/// Why opening hours could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// The text is no span of a day.
    #[error("`{0}` is no span of a day; write for example `09:00-12:30` or `14:00-24:00`")]
    Malformed(String),
    /// The span ends where it begins, or before.
    #[error(
        "`{0}` ends before it begins; what reaches over midnight is written in two days: `22:00-24:00`, `00:00-06:00`"
    )]
    Backwards(String),
    /// Two spans of a day share time, or stand in the wrong order.
    #[error("`{1}` begins before `{0}` ends; the spans of a day stand in order and do not overlap")]
    Overlapping(DaySpan, DaySpan),
}

impl DaySpan {
    /// The whole day.
    pub const WHOLE_DAY: Self = Self { start: 0, end: END_OF_DAY };

    /// Seconds from midnight to its start.
    pub(crate) fn start_second(self) -> i64 {
        i64::from(self.start) * 60
    }

    /// Seconds from midnight to its end.
    pub(crate) fn end_second(self) -> i64 {
        i64::from(self.end) * 60
    }
}

impl FromStr for DaySpan {
    type Err = HoursError;

    /// Reads `HH:MM-HH:MM`.
    ///
    /// # Errors
    /// [`HoursError::Malformed`] or [`HoursError::Backwards`].
    fn from_str(text: &str) -> Result<Self, HoursError> {
        let read = || {
            let (start, end) = text.split_once('-')?;
            let (start, end) = (minute_of_day(start)?, minute_of_day(end)?);
            (start < END_OF_DAY).then_some(Self { start, end })
        };
        let span = read().ok_or_else(|| HoursError::Malformed(text.to_owned()))?;
        if span.start < span.end { Ok(span) } else { Err(HoursError::Backwards(text.to_owned())) }
    }
}

/// Reads `HH:MM`, from `00:00` to `24:00`.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str| {
        let shaped = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        shaped.then(|| digits.parse::<u32>().ok())?
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let of_day = hour * 60 + minute;
    (minute < 60 && of_day <= END_OF_DAY).then_some(of_day)
}

impl fmt::Display for DaySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
    }
}

impl Hours {
    /// Every day from midnight to midnight.
    #[must_use]
    pub fn always() -> Self {
        Self { days: std::array::from_fn(|_| vec![DaySpan::WHOLE_DAY]) }
    }

    /// The same with these spans on a weekday, in place of those it had.
    ///
    /// # Errors
    /// [`HoursError::Overlapping`] when they are out of order or share time; one may begin where another ends.
    pub fn with(mut self, weekday: Weekday, spans: Vec<DaySpan>) -> Result<Self, HoursError> {
        for pair in spans.windows(2) {
            if let [first, second] = pair
                && second.start < first.end
            {
                return Err(HoursError::Overlapping(*first, *second));
            }
        }
        if let Some(day) = self.days.get_mut(position(weekday)) {
            *day = spans;
        }
        Ok(self)
    }

    /// The spans of a weekday.
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> &[DaySpan] {
        self.days.get(position(weekday)).map_or(&[], Vec::as_slice)
    }

    /// Seconds of a week without holidays and changes of the clock.
    pub(crate) fn seconds_a_week(&self) -> i64 {
        self.days.iter().flatten().map(|span| span.end_second() - span.start_second()).sum()
    }

    /// Working days of such a week.
    pub(crate) fn days_a_week(&self) -> i64 {
        self.days.iter().map(|day| i64::from(!day.is_empty())).sum()
    }

    /// Whether no weekday has any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

fn position(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_a_day_is_read_and_written_alike() {
        for text in ["09:00-12:30", "00:00-24:00", "23:59-24:00", "00:00-00:01"] {
            assert_eq!(text.parse::<DaySpan>().map(|span| span.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_span_of_a_day_is_refused() {
        for text in
            ["", "09:00", "9:00-12:00", "09:00-24:01", "09:60-10:00", "24:00-24:00", "09:00–12:00", "+9:00-10:00"]
        {
            assert_eq!(text.parse::<DaySpan>(), Err(HoursError::Malformed(text.to_owned())), "{text}");
        }
        for text in ["12:00-12:00", "22:00-06:00"] {
            assert_eq!(text.parse::<DaySpan>(), Err(HoursError::Backwards(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn spans_of_a_day_stand_in_order_and_may_touch() {
        let spans = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<DaySpan>>();
        let touching = Hours::default().with(Weekday::Monday, spans(&["09:00-12:00", "12:00-18:00"])).unwrap();
        assert_eq!((touching.seconds_a_week(), touching.days_a_week()), (9 * 3_600, 1));
        for wrong in [["09:00-12:00", "11:59-18:00"], ["14:00-18:00", "09:00-12:00"]] {
            let error = Hours::default().with(Weekday::Monday, spans(&wrong)).unwrap_err();
            assert!(matches!(error, HoursError::Overlapping(..)), "{wrong:?}");
        }
    }
}
