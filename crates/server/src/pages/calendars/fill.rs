//! A month of a calendar as it is drawn, and what its form asks.

use desk::Result;
use desk::organizations::days_off::{DayOff, NoDayOff};
use desk::teams::hours::{self, Counted};
use jiff::ToSpan;
use jiff::civil::Date;
use playbook::{Handbook, Whose};

use super::view::{Day, Month};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::meanwhile::Standing;
use crate::pages::moments::Moments;
use crate::pages::visit::Visit;
use crate::texts::Texts;

/// The month that is drawn: the one that was asked for, else that of today where the calendar is.
pub(super) fn first_of(asked: Option<&str>, visit: &Visit, (calendar, _): &Counted) -> Date {
    let here = visit.app.desk.now().to_zoned(calendar.zone().clone()).date().first_of_month();
    asked.and_then(hours::month).unwrap_or(here)
}

/// The month of these hours that begins with `first`.
pub fn month_of(
    visit: &Visit,
    moments: &Moments,
    (calendar, by): Counted,
    days_off: &[DayOff],
    first: Date,
) -> Result<Month> {
    let texts = visit.texts;
    let today = visit.app.desk.now().to_zoned(calendar.zone().clone()).date();
    let zone = calendar.zone().iana_name().unwrap_or("UTC").replace('_', " ");
    let calendar = hours::with_days_off(calendar, days_off.iter().cloned());
    let day = |day: hours::Day| Day {
        iso: day.date.to_string(),
        number: day.date.day(),
        hours: day.hours.iter().map(|span| short(span)).collect(),
        off: day.off,
        name: day.name.unwrap_or_default(),
        today: day.date == today,
    };
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
    let mut days: Vec<Option<Day>> = vec![None; before];
    days.extend(hours::days_of(&calendar, first).into_iter().map(|found| Some(day(found))));
    days.resize(days.len().div_ceil(7) * 7, None);
    let counts = match (by.calendar, by.whose) {
        (None, _) => texts.get("calendar-always"),
        (Some(name), Whose::Desk) => texts.with("calendar-of-desk", &[("calendar", &name), ("zone", &zone)]),
        (Some(name), _) => texts.with("calendar-own", &[("calendar", &name), ("zone", &zone)]),
    };
    Ok(Month {
        name: moments.short_month(first),
        counts,
        weekdays: texts.get("when-weekdays").split(' ').map(str::to_owned).collect(),
        weeks: days.chunks(7).map(<[Option<Day>]>::to_vec).collect(),
    })
}

/// `09:00-18:00` as it is read in a small place: `9–18`.
fn short(span: &str) -> String {
    let time = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
        let hour = hour.trim_start_matches('0');
        let hour = if hour.is_empty() { "0" } else { hour };
        if minute == "00" { hour.to_owned() } else { format!("{hour}:{minute}") }
    };
    let (start, end) = span.split_once('-').unwrap_or((span, ""));
    format!("{}–{}", time(start), time(end))
}

/// The months before and after, as addresses and names.
pub(super) fn others(moments: &Moments, path: &str, first: Date) -> [(String, String); 2] {
    let other = |months: i32| {
        let first = first.checked_add(months.months()).unwrap_or(first);
        (format!("{path}?month={}", first.strftime("%Y-%m")), moments.short_month(first))
    };
    [other(-1), other(1)]
}

/// The two questions: which calendar, and which days off besides.
pub(super) fn fields(
    texts: &'static Texts,
    handbook: &Handbook,
    none: &'static str,
    kept: &Written,
    entered: Option<Written>,
) -> Vec<Field> {
    let asked = |(chosen, days): &Written| {
        let option =
            |value: &str, label: String| FieldOption { value: value.to_owned(), label, chosen: value == chosen };
        let mut options = vec![option("", texts.get(none))];
        options.extend(handbook.calendars.keys().map(|name| option(name, name.clone())));
        vec![
            Field::new("calendar", texts.get("calendar-which"), FieldKind::Choice(options)),
            Field::new("days_off", texts.get("calendar-days-off"), FieldKind::LongText(days.clone()))
                .helped(texts.get("calendar-days-off-help"))
                .optional(),
        ]
    };
    Standing::of(&asked(kept)).onto(asked(entered.as_ref().unwrap_or(kept)))
}

/// Calendar and days off, as they are written in their fields.
pub(super) type Written = (String, String);

/// The days off as they are written in a field, and as they were written there.
pub(super) fn written(days: &[DayOff]) -> String {
    days.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The days off of a field.
pub(super) fn read(text: &str) -> Vec<String> {
    text.lines().flat_map(read_line).collect()
}

/// Those of one line: several dates, however they are parted, or one with its name. What begins with a letter belongs to a name.
fn read_line(line: &str) -> Vec<String> {
    let line = line.replace(" .. ", "..");
    let mut days: Vec<String> = Vec::new();
    for part in line.split([',', ';']) {
        for (place, word) in part.split_whitespace().enumerate() {
            let names =
                word.parse::<DayOff>() == Err(NoDayOff::NoDate) && (place > 0 || word.starts_with(char::is_alphabetic));
            match days.last_mut().filter(|_| names) {
                Some(day) => {
                    day.push_str(if place == 0 { ", " } else { " " });
                    day.push_str(word);
                }
                None => days.push(word.to_owned()),
            }
        }
    }
    days
}

/// What is wrong with the lines of such a field, each by its number.
pub(super) fn mistakes(texts: &Texts, text: &str) -> Option<String> {
    let wrong = |(place, line): (usize, &str)| {
        let (day, why) =
            read_line(line).into_iter().find_map(|day| Some((day.clone(), day.parse::<DayOff>().err()?)))?;
        let key = match why {
            NoDayOff::NoDate => "day-off-no-date",
            NoDayOff::Backwards => "day-off-backwards",
            NoDayOff::TooLong => "day-off-too-long",
            NoDayOff::BadName => "day-off-bad-name",
        };
        let day: String = day.chars().take(SHOWN_MAX).collect();
        Some(texts.with(key, &[("line", &(place + 1).to_string()), ("day", &day)]))
    };
    let wrong: Vec<String> = text.lines().enumerate().filter_map(wrong).take(LINES_SAID).collect();
    (!wrong.is_empty()).then(|| wrong.join(" "))
}

/// How much of a wrong line is said again, in characters, and how many of them are.
const SHOWN_MAX: usize = 40;
const LINES_SAID: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_short_and_days_off_are_read_however_they_are_parted() {
        assert_eq!([short("09:00-18:00"), short("08:30-12:30"), short("00:00-24:00")], ["9–18", "8:30–12:30", "0–24"]);
        assert_eq!(read("2026-12-24, 2026-12-31\r\n\n2027-01-02;31"), ["2026-12-24", "2026-12-31", "2027-01-02", "31"]);
        assert_eq!(read("2026-12-24 2026-12-31"), ["2026-12-24", "2026-12-31"]);
    }

    #[test]
    fn a_line_may_be_several_days_and_have_a_name() {
        let text = "2026-12-24 .. 2026-12-31 Christmas, New Year\n2027-01-02 2027-01-05 Stock taking\nsoon";
        let days = ["2026-12-24..2026-12-31 Christmas, New Year", "2027-01-02", "2027-01-05 Stock taking", "soon"];
        assert_eq!(read(text), days);
    }
}
