use super::*;
use crate::source::Files;
use calendar::Span;
use jiff::Zoned;

const OFFICE: &str = "zone: Europe/Lisbon\nhours:\n  mon: [ 09:00-12:30, 14:00-18:00 ]\n  tue: 09:00-18:00\n\
    holidays: [ 2026-11-17, 12-24, { country: PT, region: 20 }, { from: 2027-01-04, to: 2027-01-08 } ]\n";

fn told(text: &str) -> String {
    let files: Files = [("office.yaml".to_owned(), text.to_owned())].into_iter().collect();
    let findings = read_calendar("office.yaml", text).err().unwrap_or_default();
    findings.iter().map(|finding| finding.render(&files) + "\n").collect()
}

#[test]
fn a_calendar_is_read_as_it_is_written() {
    let office = read_calendar("office.yaml", OFFICE).unwrap();
    let at = |text: &str| format!("{text}[Europe/Lisbon]").parse::<Zoned>().unwrap().timestamp();
    assert!(office.is_open(at("2026-11-16T12:29")) && !office.is_open(at("2026-11-16T12:30")));
    for off in ["2026-11-17T12:00", "2030-12-24T12:00", "2027-01-05T12:00", "2026-05-25T12:00", "2026-12-08T12:00"] {
        assert!(!office.is_open(at(off)), "{off}");
    }
    assert!(office.is_open(at("2026-11-24T17:59")));
    assert_eq!(office.add(at("2026-11-16T17:00"), &Span::BusinessHours(2)), Ok(at("2026-11-23T10:00")));
    assert_eq!(read_calendar("x.yaml", &format!("language: 1\ncalendar: office\n{OFFICE}")), Ok(office));
}

#[test]
fn what_a_calendar_gets_wrong_is_told_with_what_was_meant() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    let _quiet = settings.bind_to_scope();
    insta::assert_snapshot!(told(
        "language: 2\nzone: Europe/Lisboa\nhours:\n  mon: [ 9-18, 14:00-13:00 ]\n  tue: [ 09:00-12:00, 11:00-13:00 ]\n\
         \x20 wendesday: []\nholidays:\n  - 25.12.2026\n  - { country: Portugal }\n  - { country: DE, region: BX }\n\
         \x20 - { region: BY }\n  - { from: 2026-12-31, to: 2026-12-24 }\n  - { from: 2026-01-01, to: 2036-01-01 }\n\
         \x20 - { from: 2026-01-01 }\n  - []\nopen: always\n"
    ));
}

#[test]
fn a_calendar_without_any_hours_is_refused() {
    for hours in ["{}", "{ mon: [] }"] {
        let findings = read_calendar("x.yaml", &format!("zone: UTC\nhours: {hours}\n")).unwrap_err();
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["never-open"]);
    }
}

#[test]
fn what_is_not_one_calendar_is_refused() {
    for (text, code) in
        [("", "empty-file"), ("a: 1\n---\nb: 2\n", "second-document"), ("{", "bad-yaml"), ("- 1\n", "wrong-type")]
    {
        assert_eq!(read_calendar("x.yaml", text).unwrap_err()[0].code, code, "{text}");
    }
}
