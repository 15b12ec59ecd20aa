//! Working time as people in an office expect it.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use calendar::{Calendar, DaySpan, DaysOff, Hours, Span, SpanError, holidays};
use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

const WEEKDAYS: [Weekday; 5] = [Monday, Tuesday, Wednesday, Thursday, Friday];

fn open(days: &[Weekday], spans: &[&str]) -> Hours {
    let spans: Vec<DaySpan> = spans.iter().map(|span| span.parse().unwrap()).collect();
    days.iter().fold(Hours::default(), |hours, day| hours.with(*day, spans.clone()).unwrap())
}

/// Monday to Friday with a break, in Lisbon, with Portugal's holidays.
fn office() -> Calendar {
    let mut off = DaysOff::none();
    off.add_place(holidays::Place::find("PT", None).unwrap());
    Calendar::new(lisbon(), open(&WEEKDAYS, &["09:00-12:30", "14:00-18:00"]), off)
}

fn lisbon() -> TimeZone {
    TimeZone::get("Europe/Lisbon").unwrap()
}

/// A civil time in Lisbon.
fn at(text: &str) -> Timestamp {
    format!("{text}[Europe/Lisbon]").parse::<Zoned>().unwrap().timestamp()
}

#[track_caller]
fn leads(calendar: &Calendar, from: &str, span: &str, to: &str) {
    let there = calendar.add(at(from), &Span::parse(span).unwrap()).unwrap();
    assert_eq!(there.to_zoned(lisbon()).datetime(), at(to).to_zoned(lisbon()).datetime(), "{span} after {from}");
}

#[test]
fn business_hours_pass_over_breaks_nights_and_weekends() {
    let office = office();
    leads(&office, "2026-11-16T09:00", "3 business hours", "2026-11-16T12:00");
    leads(&office, "2026-11-16T12:00", "45 business minutes", "2026-11-16T14:15");
    leads(&office, "2026-11-20T17:30", "1 business hour", "2026-11-23T09:30");
    leads(&office, "2026-11-21T03:00", "45 business minutes", "2026-11-23T09:45");
}

#[test]
fn what_ends_with_the_day_ends_at_closing_time() {
    leads(&office(), "2026-11-16T14:00", "4 business hours", "2026-11-16T18:00");
    leads(&office(), "2026-11-16T09:00", "210 business minutes", "2026-11-16T12:30");
}

#[test]
fn a_holiday_is_no_working_day() {
    // Tuesday 8 December 2026.
    leads(&office(), "2026-12-07T17:00", "2 business hours", "2026-12-09T10:00");
    leads(&office(), "2026-12-07T15:00", "1 business day", "2026-12-09T15:00");
    assert_eq!(office().days_off().name(jiff::civil::date(2026, 12, 8)), Some("Immaculate Conception"));
}

#[test]
fn three_business_days_from_monday_afternoon_is_thursday_afternoon() {
    leads(&office(), "2026-11-16T15:00", "3 business days", "2026-11-19T15:00");
    leads(&office(), "2026-11-19T15:00", "3 business days", "2026-11-24T15:00");
}

#[test]
fn what_is_asked_off_hours_is_asked_at_the_next_opening() {
    leads(&office(), "2026-11-16T07:00", "1 business day", "2026-11-17T09:00");
    leads(&office(), "2026-11-16T13:00", "1 business day", "2026-11-17T14:00");
    leads(&office(), "2026-11-16T18:00", "1 business day", "2026-11-18T09:00");
    leads(&office(), "2026-11-21T12:00", "3 business days", "2026-11-26T09:00");
    leads(&office(), "2026-11-21T12:00", "0 business days", "2026-11-23T09:00");
}

#[test]
fn a_time_outside_the_hours_of_the_day_it_leads_to_is_moved_into_them() {
    let hours = open(&[Monday], &["08:00-20:00"])
        .with(Tuesday, vec!["10:00-12:00".parse().unwrap(), "14:00-16:00".parse().unwrap()])
        .unwrap();
    let calendar = Calendar::new(lisbon(), hours, DaysOff::none());
    leads(&calendar, "2026-11-16T08:30", "1 business day", "2026-11-17T10:00");
    leads(&calendar, "2026-11-16T12:00", "1 business day", "2026-11-17T12:00");
    leads(&calendar, "2026-11-16T12:01", "1 business day", "2026-11-17T14:00");
    leads(&calendar, "2026-11-16T19:00", "1 business day", "2026-11-17T16:00");
}

#[test]
fn the_working_day_ends_when_its_last_span_does() {
    leads(&office(), "2026-11-16T10:00", "end of working day", "2026-11-16T18:00");
    leads(&office(), "2026-11-16T13:00", "end of working day", "2026-11-16T18:00");
    leads(&office(), "2026-11-16T06:00", "end of working day", "2026-11-16T18:00");
    leads(&office(), "2026-11-16T18:00", "end of working day", "2026-11-17T18:00");
    leads(&office(), "2026-11-20T19:00", "end of working day", "2026-11-23T18:00");
}

#[test]
fn spans_that_touch_at_midnight_are_one_night_and_two_days() {
    let hours = open(&[Monday], &["22:00-24:00"]).with(Tuesday, vec!["00:00-06:00".parse().unwrap()]).unwrap();
    let night = Calendar::new(lisbon(), hours, DaysOff::none());
    leads(&night, "2026-11-16T23:00", "3 business hours", "2026-11-17T02:00");
    leads(&night, "2026-11-16T23:00", "end of working day", "2026-11-17T00:00");
    leads(&night, "2026-11-17T05:00", "2 business hours", "2026-11-23T23:00");
}

#[test]
fn a_span_over_a_gap_is_shorter_and_over_a_fold_longer() {
    // The clocks of Lisbon go from 01:00 to 02:00 on 29 March 2026, and from 02:00 back to 01:00 on 25 October.
    let sunday = Calendar::new(lisbon(), open(&[Sunday], &["00:30-03:00"]), DaysOff::none());
    let length = |from, to| sunday.between(at(from), at(to));
    assert_eq!(length("2026-03-29T00:00", "2026-03-29T12:00"), SignedDuration::from_mins(90));
    assert_eq!(length("2026-10-25T00:00", "2026-10-25T12:00"), SignedDuration::from_mins(210));
    assert_eq!(length("2026-11-01T00:00", "2026-11-01T12:00"), SignedDuration::from_mins(150));
    leads(&sunday, "2026-03-29T00:30", "1 business hour", "2026-03-29T02:30");
}

#[test]
fn a_working_day_that_the_clocks_swallow_is_none() {
    let hour = open(&[Sunday], &["01:00-02:00"]);
    let calendar = Calendar::new(lisbon(), hour, DaysOff::none());
    leads(&calendar, "2026-03-22T01:15", "1 business day", "2026-04-05T01:15");
}

#[test]
fn a_warning_goes_back_the_way_that_a_deadline_goes_ahead() {
    let office = office();
    let before = |text, span| {
        let there = office.subtract(at(text), &Span::parse(span).unwrap()).unwrap();
        there.to_zoned(lisbon()).datetime().to_string()
    };
    assert_eq!(before("2026-11-17T10:00", "2 business hours"), "2026-11-16T17:00:00");
    assert_eq!(before("2026-11-16T14:00", "1 business hour"), "2026-11-16T11:30:00");
    assert_eq!(before("2026-11-23T15:00", "1 business day"), "2026-11-20T15:00:00");
    assert_eq!(before("2026-11-22T15:00", "1 business day"), "2026-11-19T18:00:00");
    assert_eq!(before("2026-10-26T12:00", "1 day"), "2026-10-25T12:00:00");
    assert_eq!(before("2026-10-25T12:00", "24h"), "2026-10-24T13:00:00");
    let backwards = office.subtract(at("2026-11-16T14:00"), &Span::EndOfWorkingDay);
    assert_eq!(backwards, Err(SpanError::NotBackwards(Span::EndOfWorkingDay)));
}

#[test]
fn a_calendar_that_never_opens_is_an_error_and_not_a_wait_for_ever() {
    let never = Calendar::new(lisbon(), Hours::default(), DaysOff::none());
    let mut off = DaysOff::none();
    assert_eq!(off.add_dates("2026-01-01".parse().unwrap(), "2045-12-31".parse().unwrap(), 10_000), 7_305);
    let closed = Calendar::new(lisbon(), Hours::always(), off);
    for calendar in [&never, &closed] {
        for span in [Span::BusinessMinutes(1), Span::BusinessHours(8), Span::BusinessDays(1), Span::EndOfWorkingDay] {
            assert_eq!(calendar.add(at("2026-11-16T09:00"), &span), Err(SpanError::NeverOpen(span)));
        }
        assert_eq!(calendar.next_opening(at("2026-11-16T09:00")), None);
    }
    leads(&closed, "2036-06-01T00:00", "1 business hour", "2046-01-01T01:00");
}

#[test]
fn a_hundred_years_and_the_end_of_time_are_counted_or_refused() {
    let rare = Calendar::new(lisbon(), open(&[Saturday], &["09:00-09:01"]), DaysOff::none());
    let long = Span::parse("876000 business hours").unwrap();
    assert_eq!(rare.add(at("2026-11-16T09:00"), &long), Err(SpanError::OutOfRange(long)));
    leads(&office(), "2026-11-16T09:00", "20000 business hours", "2037-06-02T15:30");
}

#[test]
fn years_without_known_holidays_are_named() {
    let office = office();
    let unknown = |from: &str, to: &str| office.unknown_years(at(from), at(to));
    assert_eq!(unknown("2026-01-01T00:00", "2035-12-31T12:00"), None);
    assert_eq!(unknown("2034-01-01T00:00", "2038-01-01T12:00"), Some(2036..=2038));
    assert_eq!(unknown("2018-01-01T00:00", "2021-01-01T12:00"), Some(2018..=2019));
    assert_eq!(unknown("2040-01-01T00:00", "2018-01-01T12:00"), Some(2018..=2040));
    assert_eq!(Calendar::always(lisbon()).unknown_years(at("1990-01-01T00:00"), at("2090-01-01T00:00")), None);
}
