use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// Every table that can be reached from those of whole files, by its address.
fn tables() -> BTreeMap<usize, &'static Mapping> {
    let mut found = BTreeMap::new();
    let mut next: Vec<&'static Mapping> =
        vec![&DESK, &CALENDAR, &FORM, &LOOKUP, &SEGMENT, &FRONT_MATTER, &PLAYBOOK, &SCENARIO];
    while let Some(table) = next.pop() {
        if found.insert(std::ptr::from_ref(table) as usize, table).is_none() {
            table.keys().for_each(|key| gather(key.shape, &mut next));
        }
    }
    found
}

fn gather(shape: Shape, found: &mut Vec<&'static Mapping>) {
    match shape {
        Shape::Mapping(table) | Shape::Transitions(table) | Shape::On(table) => found.push(table),
        Shape::Named(_, members) | Shape::List(members) | Shape::OneOrMore(members) => gather(*members, found),
        Shape::Either(one, other) => {
            gather(*one, found);
            gather(*other, found);
        }
        _ => {}
    }
}

#[test]
fn the_rows_of_each_table_agree_with_each_other() {
    let mut called = BTreeSet::new();
    for table in tables().values() {
        let what = table.what;
        assert!(called.insert(what), "two tables are called {what}");
        let names: BTreeSet<&str> = table.keys().map(|key| key.name).collect();
        assert_eq!(names.len(), table.keys().count(), "{what} has a key twice");
        assert!(table.later.iter().all(|later| !names.contains(later)), "{what} has a key that comes later");
        let named = table.some_of.iter().chain(table.keys().flat_map(|key| key.beside.iter().chain(key.beside_one_of)));
        named.for_each(|name| assert!(names.contains(name), "{what} speaks of `{name}` and has no such key"));
        assert!(table.keys().all(|key| key.summary.ends_with(['.', '…'])), "{what} has a key that says nothing");
    }
    assert!(called.len() > 30);
}

/// That the pattern of a spelling matches all that `takes` takes, its examples among them.
#[track_caller]
fn matches(spelling: &Spelling, text: &str, takes: impl Fn(&str) -> bool) {
    let pattern = Regex::new(&(spelling.pattern)()).unwrap();
    for text in spelling.examples.iter().copied().chain([text]).filter(|text| takes(text)) {
        assert!(pattern.is_match(text), "{} does not match {text:?}", pattern.as_str());
    }
    for example in spelling.examples {
        assert!(takes(example), "{example} is no example");
    }
}

proptest! {
    #[test]
    fn a_pattern_matches_whatever_the_reader_takes(
        span in " ?[0-9]{1,3} ?(s|m|h|days?|weeks?|business (minute|hour|day)s?|end of working day|x)?",
        weekly in " ?((MO|TU|WE|XX)(, ?(TH|FR|SA|SU|mo))? )?[0-9]{1,2}:[0-9]{2} ?",
        hours in "[0-2]?[0-9]:[0-6][0-9] ?- ?[0-2][0-9]:[0-6][0-9]",
        offset in "\\+?([0-9]{1,2}[dhmsx]){0,3}",
        name in "[a-c_A-]{0,3}[0-9a-c_é-]{0,3}",
        day in "([12][09][0-9]{2}-)?[01][0-9]-[0-3][0-9]",
    ) {
        matches(&SPAN, &span, |text| calendar::Span::parse(text).is_ok());
        matches(&spellings::WEEKLY, &weekly, |text| crate::definition::Weekly::parse(text).is_ok());
        matches(&spellings::DAY_SPAN, &hours, |text| text.parse::<calendar::DaySpan>().is_ok());
        matches(&spellings::OFFSET, &offset, crate::scenario::is_offset);
        matches(&IDENTIFIER, &name, |text| {
            crate::definition::check_identifier("", text, &crate::source::Place::start_of(""), &mut Vec::new())
        });
        matches(&spellings::DAY, &day, |text| {
            text.parse::<calendar::YearDay>().is_ok() || text.parse::<jiff::civil::Date>().is_ok()
        });
    }

    #[test]
    fn a_pattern_refuses_what_is_no_length_of_time(text in "[0-9a-z ]{0,12}") {
        let pattern = Regex::new(&(SPAN.pattern)()).unwrap();
        let read = calendar::Span::parse(&text);
        prop_assert!(!pattern.is_match(&text) || !matches!(read, Err(calendar::SpanError::Malformed(_))), "{}", text);
    }
}
