use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn next(schedule: &str, now: &str) -> String {
    let lisbon = zone("Europe/Lisbon");
    let next = Recurrence::parse(schedule).unwrap().next_after(now.parse().unwrap(), &lisbon).unwrap();
    next.to_zoned(lisbon).strftime("%a %F %H:%M%:z").to_string()
}

#[test]
fn every_way_to_write_a_schedule_is_read_and_written_again_as_it_was() {
    for text in [
        "16:00",
        "MO 16:00",
        "MO,WE 16:00",
        "day 8 09:00",
        "day 1,15 00:00",
        "last day 23:59",
        "12-24 09:00",
        "02-29 09:00",
    ] {
        assert_eq!(Recurrence::parse(text).unwrap().to_string(), text);
    }
    for place in ["first", "second", "third", "fourth", "last"] {
        let text = format!("{place} FR 17:30");
        assert_eq!(Recurrence::parse(&text).unwrap().to_string(), text);
    }
    assert_eq!(Recurrence::parse(" day 1, 15  09:00 ").unwrap().to_string(), "day 1,15 09:00");
}

#[test]
fn what_is_no_schedule_is_refused_with_what_it_could_be() {
    let why = |text: &str| Recurrence::parse(text).unwrap_err();
    for text in [
        "",
        "8 09:00",
        "day 09:00",
        "day 8",
        "day 8 9:00",
        "fifth MO 09:00",
        "monthly 09:00",
        "first MO",
        "first MO 24:00",
    ] {
        assert!(why(text).contains("write for example"), "{text}: {}", why(text));
    }
    assert_eq!(why("day 32 09:00"), "no month has a day `32`; days are 1 to 31, or `last day`");
    assert_eq!(why("day 0 09:00"), "no month has a day `0`; days are 1 to 31, or `last day`");
    assert_eq!(why("day 8,8 09:00"), "the day `8` stands there twice");
    assert_eq!(why("first XX 09:00"), "there is no day `XX`; the days are MO, TU, WE, TH, FR, SA, SU");
    for text in ["02-30 09:00", "13-01 09:00", "00-10 09:00", "2-3 09:00", "12-24-25 09:00"] {
        assert!(why(text).contains("never comes"), "{text}: {}", why(text));
    }
}

#[test]
fn a_day_of_the_month_comes_every_month_and_one_that_a_month_lacks_is_its_last() {
    assert_eq!(next("day 8 09:00", "2026-11-08T08:59:59Z"), "Sun 2026-11-08 09:00+00:00");
    assert_eq!(next("day 8 09:00", "2026-11-08T09:00:00Z"), "Tue 2026-12-08 09:00+00:00");
    assert_eq!(next("day 31 09:00", "2027-01-31T09:00:00Z"), "Sun 2027-02-28 09:00+00:00");
    assert_eq!(next("day 31 09:00", "2028-02-01T00:00:00Z"), "Tue 2028-02-29 09:00+00:00");
    assert_eq!(next("day 31 09:00", "2027-04-01T00:00:00Z"), "Fri 2027-04-30 09:00+01:00");
    assert_eq!(next("last day 09:00", "2027-02-01T00:00:00Z"), "Sun 2027-02-28 09:00+00:00");
    assert_eq!(next("day 15,1 09:00", "2026-11-02T00:00:00Z"), "Sun 2026-11-15 09:00+00:00");
}

#[test]
fn the_first_monday_and_the_last_friday_are_found_in_every_month() {
    assert_eq!(next("first MO 09:00", "2026-11-02T09:00:00Z"), "Mon 2026-12-07 09:00+00:00");
    assert_eq!(next("fourth TU 09:00", "2026-11-01T00:00:00Z"), "Tue 2026-11-24 09:00+00:00");
    assert_eq!(next("last FR 17:00", "2026-12-01T00:00:00Z"), "Fri 2026-12-25 17:00+00:00");
}

#[test]
fn a_day_of_the_year_comes_once_a_year_and_a_leap_day_every_year() {
    assert_eq!(next("12-24 09:00", "2026-12-24T09:00:00Z"), "Fri 2027-12-24 09:00+00:00");
    assert_eq!(next("01-02 09:00", "2026-01-01T00:00:00Z"), "Fri 2026-01-02 09:00+00:00");
    assert_eq!(next("02-29 09:00", "2026-03-01T00:00:00Z"), "Sun 2027-02-28 09:00+00:00");
    assert_eq!(next("02-29 09:00", "2028-01-01T00:00:00Z"), "Tue 2028-02-29 09:00+00:00");
}

#[test]
fn a_time_that_the_clocks_skip_comes_when_they_have_moved_and_one_that_comes_twice_comes_first() {
    assert_eq!(next("last SU 01:30", "2026-03-01T00:00:00Z"), "Sun 2026-03-29 02:30+01:00");
    assert_eq!(next("day 25 01:30", "2026-10-24T12:00:00Z"), "Sun 2026-10-25 01:30+01:00");
    assert_eq!(next("day 25 01:30", "2026-10-25T00:30:00Z"), "Wed 2026-11-25 01:30+00:00");
}

/// What a schedule says of one day, asked of every day in turn.
fn says(schedule: &Recurrence, day: Date) -> bool {
    let length = day.days_in_month();
    match schedule {
        Recurrence::Weekly(weekly) => {
            let words = weekly.parts().0;
            let word = DAYS.iter().find(|(_, known)| *known == day.weekday()).unwrap().0;
            words.is_empty() || words.contains(&word)
        }
        Recurrence::Monthly(Days::Numbered(numbers), _) => {
            numbers.contains(&day.day()) || day.day() == length && numbers.iter().any(|number| *number > length)
        }
        Recurrence::Monthly(Days::Last, _) => day.day() == length,
        Recurrence::Monthly(Days::Weekday(Nth::From(position), weekday), _) => {
            day.weekday() == *weekday && usize::try_from((day.day() - 1) / 7).unwrap() == *position
        }
        Recurrence::Monthly(Days::Weekday(Nth::Last, weekday), _) => {
            day.weekday() == *weekday && day.day() + 7 > length
        }
        Recurrence::Monthly(Days::OfYear(month, number), _) => {
            day.month() == *month && (day.day() == *number || day.day() == length && *number > length)
        }
    }
}

/// The same by looking at every day of the years around, which is slow and plain.
fn every_time(schedule: &Recurrence, now: Timestamp, zone: &TimeZone) -> Vec<Timestamp> {
    let time = match schedule {
        Recurrence::Weekly(weekly) => read_time(&weekly.parts().1).unwrap(),
        Recurrence::Monthly(_, time) => *time,
    };
    let today = now.to_zoned(zone.clone()).date();
    let days = (-400..=400).map(|offset: i64| today.checked_add(offset.days()).unwrap());
    days.filter(|day| says(schedule, *day)).map(|day| zone.to_timestamp(day.to_datetime(time)).unwrap()).collect()
}

fn any_schedule() -> impl Strategy<Value = String> {
    let weekday = || prop::sample::select(DAYS.map(|(word, _)| word).to_vec());
    let days = prop_oneof![
        Just(String::new()),
        weekday().prop_map(|day| format!("{day} ")),
        (1..=31, 1..=31).prop_map(|(a, b)| if a == b { format!("day {a} ") } else { format!("day {a},{b} ") }),
        Just("last day ".to_owned()),
        (prop::sample::select(PLACES.map(|(word, _)| word).to_vec()), weekday())
            .prop_map(|(place, day)| format!("{place} {day} ")),
        (1..=12, 1..=28).prop_map(|(month, day)| format!("{month:02}-{day:02} ")),
        Just("02-29 ".to_owned()),
        Just("10-31 ".to_owned()),
    ];
    (days, 0..24, 0..60).prop_map(|(days, hour, minute)| format!("{days}{hour:02}:{minute:02}"))
}

proptest! {
    #[test]
    fn the_times_are_those_that_a_look_at_every_day_finds(
        text in any_schedule(),
        seconds in 1_700_000_000_i64..1_900_000_000,
        name in prop::sample::select(vec!["Europe/Lisbon", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia"]),
    ) {
        let (schedule, zone) = (Recurrence::parse(&text).unwrap(), zone(name));
        let now = Timestamp::from_second(seconds).unwrap();
        let times = every_time(&schedule, now, &zone);
        let (next, last) = (schedule.next_after(now, &zone).unwrap(), schedule.last_until(now, &zone).unwrap());
        prop_assert_eq!(times.iter().filter(|time| **time > now).min(), Some(&next));
        prop_assert_eq!(times.iter().filter(|time| **time <= now).max(), Some(&last));
        // A time is not after itself, and is the last until itself.
        prop_assert_eq!(schedule.last_until(next, &zone), Some(next));
        prop_assert!(schedule.next_after(next, &zone) > Some(next));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}") {
        if let Ok(schedule) = Recurrence::parse(&text) {
            let written = schedule.to_string();
            prop_assert_eq!(Recurrence::parse(&written).unwrap().to_string(), written);
        }
    }
}
