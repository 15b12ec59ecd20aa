//! Working time against a model that is slow and obvious, and the laws that hold for it.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use calendar::{Calendar, DaySpan, DaysOff, Hours, Span, SpanError, Standstill};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

/// Zones whose clocks change by an hour, by half an hour, at midnight, never, or which left a whole day out.
const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Lisbon",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Atlantic/Azores",
    "Asia/Kathmandu",
    "Pacific/Apia",
];

/// Around changes of the clock: the last Sunday of March and of October 2026, 1 November and 8 March in America, the
/// day that Apia left out, and a year's end.
const MOMENTS: [&str; 7] = [
    "2026-03-27T12:00:00Z",
    "2026-10-23T12:00:00Z",
    "2026-03-06T12:00:00Z",
    "2026-10-30T12:00:00Z",
    "2011-12-28T12:00:00Z",
    "2026-12-30T12:00:00Z",
    "2026-04-03T12:00:00Z",
];

fn zones() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(&ZONES[..]).prop_map(|name| TimeZone::get(name).unwrap())
}

/// Minutes within three days of a moment at which something happens.
fn instants() -> impl Strategy<Value = Timestamp> {
    (prop::sample::select(&MOMENTS[..]), -4_320_i64..4_320)
        .prop_map(|(moment, minute)| moment.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute))
}

fn span_of_day(start: u32, end: u32) -> DaySpan {
    format!("{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60).parse().unwrap()
}

/// Up to three spans, their edges at half hours so that breaks and changes of the clock meet them.
fn spans_of_a_day() -> impl Strategy<Value = Vec<DaySpan>> {
    prop::collection::btree_set(0_u32..=48, 0..=6).prop_map(|edges| {
        let edges: Vec<u32> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| span_of_day(pair[0] * 30, pair[1] * 30)).collect()
    })
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let week = prop::collection::vec(spans_of_a_day(), 7);
    let off = prop::collection::vec((prop::sample::select(&MOMENTS[..]), -3_i64..4), 0..4);
    (zones(), week, off, any::<bool>()).prop_map(|(zone, week, off, christmas)| {
        let hours = (0_i8..).zip(week).fold(Hours::default(), |hours, (day, spans)| {
            hours.with(Weekday::from_monday_zero_offset(day).unwrap(), spans).unwrap()
        });
        let mut days_off = DaysOff::none();
        for (moment, days) in off {
            let date = moment.parse::<Timestamp>().unwrap().to_zoned(zone.clone()).date();
            days_off.add_date(date.checked_add(days.days()).unwrap());
        }
        if christmas {
            days_off.add_yearly("12-25".parse().unwrap());
            days_off.add_yearly("12-31".parse().unwrap());
        }
        Calendar::new(zone, hours, days_off)
    })
}

/// Calendars that are open at least somewhere in the week.
fn open_calendars() -> impl Strategy<Value = Calendar> {
    calendars().prop_filter("never open", |calendar| !calendar.hours().is_empty())
}

fn minute() -> SignedDuration {
    SignedDuration::from_mins(1)
}

/// The model: minute by minute, does the civil minute lie in the spans of its day?
struct Model<'c> {
    calendar: &'c Calendar,
    /// By weekday from Monday, in minutes, read back from how the spans are written.
    week: Vec<Vec<(i32, i32)>>,
}

impl<'c> Model<'c> {
    fn of(calendar: &'c Calendar) -> Self {
        let minutes = |text: &str| {
            let (hour, minute) = text.split_once(':').unwrap();
            hour.parse::<i32>().unwrap() * 60 + minute.parse::<i32>().unwrap()
        };
        let read = |span: &DaySpan| {
            let text = span.to_string();
            let (start, end) = text.split_once('-').unwrap();
            (minutes(start), minutes(end))
        };
        let days = (0..7).map(|day| Weekday::from_monday_zero_offset(day).unwrap());
        Self { calendar, week: days.map(|day| calendar.hours().on(day).iter().map(read).collect()).collect() }
    }

    fn is_open(&self, at: Timestamp) -> bool {
        let civil = self.calendar.zone().to_datetime(at);
        let minute = i32::from(civil.hour()) * 60 + i32::from(civil.minute());
        let weekday = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap();
        self.week[weekday].iter().any(|(start, end)| (*start..*end).contains(&minute))
            && !self.calendar.days_off().contains(civil.date())
    }

    /// The minutes from `from` on that are open, until `enough` of them were found or 24 days have passed.
    fn minutes(&self, from: Timestamp, enough: usize) -> Vec<Timestamp> {
        let minutes = (0..24 * 1_440).map(|count| from + minute() * count);
        minutes.filter(|at| self.is_open(*at)).take(enough).collect()
    }
}

/// Whiles in order from an instant on, each a while after the last one.
fn standstills() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((1_i64..900, 1_i64..2_000), 0..5)
}

fn after(from: Timestamp, whiles: &[(i64, i64)]) -> Vec<Standstill> {
    let mut at = from;
    let stand = |(runs, stands): &(i64, i64)| {
        let stop = at + SignedDuration::from_mins(*runs);
        at = stop + SignedDuration::from_mins(*stands);
        Standstill { from: stop, to: at }
    };
    whiles.iter().map(stand).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn it_is_open_when_the_civil_minute_lies_in_a_span(calendar in calendars(), at in instants()) {
        prop_assert_eq!(calendar.is_open(at), Model::of(&calendar).is_open(at));
    }

    #[test]
    fn open_time_between_is_the_number_of_open_minutes(calendar in calendars(), from in instants(), length in 0_i32..5_000) {
        let to = from + minute() * length;
        let model = Model::of(&calendar);
        let open = (0..length).filter(|count| model.is_open(from + minute() * *count)).count();
        prop_assert_eq!(calendar.between(from, to), SignedDuration::from_mins(open as i64));
        prop_assert_eq!(calendar.between(to, from), -SignedDuration::from_mins(open as i64));
    }

    #[test]
    fn so_many_business_minutes_end_with_the_last_of_them(
        calendar in open_calendars(), from in instants(), count in 1_usize..2_000,
    ) {
        let minutes = Model::of(&calendar).minutes(from, count);
        prop_assume!(minutes.len() == count);
        let expected = *minutes.last().unwrap() + minute();
        let span = Span::BusinessMinutes(u32::try_from(count).unwrap());
        prop_assert_eq!(calendar.add(from, &span), Ok(expected));
    }

    #[test]
    fn the_next_opening_is_the_first_open_minute(calendar in open_calendars(), from in instants()) {
        let minutes = Model::of(&calendar).minutes(from, 1);
        prop_assume!(!minutes.is_empty());
        prop_assert_eq!(calendar.next_opening(from), Some(minutes[0]));
    }

    #[test]
    fn business_days_lead_to_that_working_day_by_a_list_of_days(
        calendar in open_calendars(), from in instants(), count in 1_usize..8,
    ) {
        let minutes = Model::of(&calendar).minutes(from, usize::MAX);
        let day = |at: &Timestamp| at.to_zoned(calendar.zone().clone()).date();
        prop_assume!(!minutes.is_empty());
        let first = day(&minutes[0]);
        let mut days: Vec<_> = minutes.iter().map(day).filter(|date| *date > first).collect();
        days.sort();
        days.dedup();
        prop_assume!(days.len() > count);
        let target = days[count - 1];
        let of_target: Vec<Timestamp> = minutes.iter().copied().filter(|at| day(at) == target).collect();
        let found = calendar.add(from, &Span::BusinessDays(u32::try_from(count).unwrap())).unwrap();
        let is_inside = of_target.contains(&found);
        let closes = of_target.contains(&(found - minute()));
        prop_assert!(is_inside || closes, "{} is not on {}", found, target);
        // Where the same time of day is open on that day, it is that one.
        let wanted = minutes[0].to_zoned(calendar.zone().clone()).time();
        let same = target.to_datetime(wanted).to_zoned(calendar.zone().clone()).unwrap().timestamp();
        if of_target.contains(&same) {
            prop_assert_eq!(found, same);
        }
    }

    #[test]
    fn the_end_of_the_working_day_is_the_last_minute_of_the_day_that_is_open_next(
        calendar in open_calendars(), from in instants(),
    ) {
        let minutes = Model::of(&calendar).minutes(from, usize::MAX);
        prop_assume!(!minutes.is_empty());
        let day = |at: &Timestamp| at.to_zoned(calendar.zone().clone()).date();
        let last = minutes.iter().filter(|at| day(at) == day(&minutes[0])).max().unwrap();
        prop_assert_eq!(calendar.add(from, &Span::EndOfWorkingDay), Ok(*last + minute()));
    }

    #[test]
    fn what_was_added_lies_between(calendar in open_calendars(), from in instants(), count in 0_u32..100_000) {
        let span = Span::BusinessMinutes(count);
        let until = calendar.add(from, &span).unwrap();
        prop_assert_eq!(calendar.between(from, until).as_secs(), span.seconds());
        let before = calendar.subtract(from, &span).unwrap();
        prop_assert_eq!(calendar.between(before, from).as_secs(), span.seconds());
    }

    #[test]
    fn subtracting_takes_an_addition_back_to_where_it_began_to_count(
        calendar in open_calendars(), from in instants(), count in 1_u32..20_000,
    ) {
        let span = Span::BusinessMinutes(count);
        let until = calendar.add(from, &span).unwrap();
        prop_assert_eq!(calendar.subtract(until, &span).ok(), calendar.next_opening(from));
        let before = calendar.subtract(from, &span).unwrap();
        prop_assert_eq!(calendar.add(before, &span).ok(), calendar.previous_closing(from));
    }

    #[test]
    fn a_longer_span_and_a_later_start_never_end_earlier(
        calendar in open_calendars(), from in instants(), later in 0_i32..3_000, count in 0_u32..3_000, more in 0_u32..3_000,
    ) {
        let add = |from, count| calendar.add(from, &Span::BusinessMinutes(count)).unwrap();
        prop_assert!(add(from, count) <= add(from, count + more));
        prop_assert!(add(from, count) <= add(from + minute() * later, count));
        let days = |count: u32| calendar.add(from, &Span::BusinessDays(count)).unwrap();
        prop_assert!(days(count % 60) <= days(count % 60 + more % 60));
    }

    #[test]
    fn always_open_is_elapsed_time_and_civil_days(zone in zones(), from in instants(), count in 0_u32..2_000) {
        let always = Calendar::always(zone.clone());
        prop_assert!(always.is_open(from));
        prop_assert_eq!(always.add(from, &Span::BusinessHours(count)), always.add(from, &Span::Hours(count)));
        // Where a day is left out, civil days count it and working days do not.
        if zone.iana_name() != Some("Pacific/Apia") {
            prop_assert_eq!(always.add(from, &Span::BusinessDays(count)), always.add(from, &Span::Days(count)));
            prop_assert_eq!(always.subtract(from, &Span::BusinessDays(count)), always.subtract(from, &Span::Days(count)));
        }
    }

    #[test]
    fn a_long_way_is_the_sum_of_its_parts(calendar in open_calendars(), from in instants(), count in 1_u32..60_000) {
        // The long way skips weeks, the short ones do not.
        let whole = calendar.add(from, &Span::BusinessHours(count)).unwrap();
        let mut days = from;
        let mut open = SignedDuration::ZERO;
        for _ in 0..400 {
            let next = (days + SignedDuration::from_hours(20)).min(whole);
            open += calendar.between(days, next);
            days = next;
        }
        open += calendar.between(days, whole);
        prop_assert_eq!(open, SignedDuration::from_hours(i64::from(count)));
    }

    #[test]
    fn no_calendar_and_no_span_run_for_ever(calendar in calendars(), from in instants(), count in 0_u32..=36_525) {
        for span in [Span::BusinessDays(count), Span::BusinessHours(count), Span::BusinessMinutes(count), Span::EndOfWorkingDay] {
            match calendar.add(from, &span) {
                Ok(there) => prop_assert!(there >= from),
                Err(error) => prop_assert!(matches!(error, SpanError::NeverOpen(_) | SpanError::OutOfRange(_)), "{}", error),
            }
            if let Ok(before) = calendar.subtract(from, &span) {
                prop_assert!(before <= from);
            }
        }
    }

    #[test]
    fn minutes_that_stand_still_are_not_among_those_that_are_counted(
        calendar in open_calendars(), from in instants(), whiles in standstills(), count in 1_usize..2_000,
    ) {
        let stood = after(from, &whiles);
        let runs = |at: &Timestamp| !stood.iter().any(|still| still.from <= *at && *at < still.to);
        let minutes = Model::of(&calendar).minutes(from, usize::MAX);
        let counted: Vec<Timestamp> = minutes.into_iter().filter(runs).take(count).collect();
        prop_assume!(counted.len() == count);
        let span = Span::BusinessMinutes(u32::try_from(count).unwrap());
        let end = span.after_without(from, &stood, &calendar, calendar.zone());
        prop_assert_eq!(end, Ok(*counted.last().unwrap() + minute()));
    }

    #[test]
    fn what_ran_between_standstills_is_what_would_have_run_without_them(
        calendar in open_calendars(), from in instants(), whiles in standstills(), count in 1_u32..40, kind in 0_u8..6,
    ) {
        let span = match kind {
            0 => Span::Hours(count),
            1 => Span::Days(count),
            2 => Span::BusinessMinutes(count * 60),
            3 => Span::BusinessHours(count),
            4 => Span::BusinessDays(count),
            _ => Span::EndOfWorkingDay,
        };
        let stood = after(from, &whiles);
        let allowed = span.passed(from, calendar.add(from, &span).unwrap(), &calendar);
        let end = span.after_without(from, &stood, &calendar, calendar.zone()).unwrap();
        let stood: Vec<Standstill> = stood.into_iter().filter(|still| still.from < end).collect();
        let edges = std::iter::once(from).chain(stood.iter().map(|still| still.to));
        let until = stood.iter().map(|still| still.from).chain([end]);
        let ran = edges.zip(until).fold(SignedDuration::ZERO, |ran, (start, stop)| ran + span.passed(start, stop, &calendar));
        prop_assert_eq!(ran, allowed, "{} from {} without {:?}", span, from, stood);
        prop_assert!(stood.iter().all(|still| end >= still.to), "it runs out in no standstill");
    }
}
