//! `deskhand calendar`: what it prints, and how it ends.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::process::Command;

const OFFICE: &str = "zone: Europe/Lisbon\nhours: {mon: [\"09:00-12:30\", \"14:00-18:00\"], tue: [\"09:00-12:30\", \"14:00-18:00\"], \
    wed: [\"09:00-12:30\", \"14:00-18:00\"], thu: [\"09:00-12:30\", \"14:00-18:00\"], fri: [\"09:00-12:30\", \"14:00-18:00\"]}\n\
    holidays: [2026-12-24, {country: PT, region: PT-11}]\n";

/// What is printed, what is said beside it, and the exit code.
fn run(calendar: &str, command: &str, arguments: &[&str]) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.yaml");
    std::fs::write(&file, calendar).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_deskhand"));
    let output = program.arg("calendar").arg(command).arg(&file).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[track_caller]
fn leads(from: &str, length: &str, to: &str) {
    let ended = run(OFFICE, "add", &["--from", from, "--for", length]);
    assert_eq!(ended, (format!("{to}\n"), String::new(), 0), "{length} from {from}");
}

#[test]
fn every_kind_of_length_is_added() {
    let from = "2026-11-16T11:00:00Z";
    leads(from, "90m", "2026-11-16T12:30:00+00:00");
    leads(from, "24h", "2026-11-17T11:00:00+00:00");
    leads(from, "3 days", "2026-11-19T11:00:00+00:00");
    leads(from, "2 weeks", "2026-11-30T11:00:00+00:00");
    leads(from, "45 business minutes", "2026-11-16T11:45:00+00:00");
    leads(from, "8 business hours", "2026-11-17T11:30:00+00:00");
    leads(from, "3 business days", "2026-11-19T11:00:00+00:00");
    leads(from, "end of working day", "2026-11-16T18:00:00+00:00");
    leads("2026-11-21T11:00:00Z", "end of working day", "2026-11-23T18:00:00+00:00");
}

#[test]
fn the_time_to_begin_at_has_an_offset_a_zone_or_that_of_the_calendar() {
    for from in ["2026-07-06T10:00:00+02:00", "2026-07-06T10:00[Europe/Paris]", "2026-07-06T09:00", "2026-07-06T08:00Z"]
    {
        leads(from, "1 business hour", "2026-07-06T10:00:00+01:00");
    }
}

#[test]
fn holidays_of_the_country_the_region_and_the_file_are_left_out() {
    // 8 December is Portugal's, 13 June 2028 (a Tuesday) Lisbon's, 24 December 2026 the file's own.
    leads("2026-12-07T17:30", "1 business hour", "2026-12-09T09:30:00+00:00");
    leads("2028-06-12T17:30", "1 business hour", "2028-06-14T09:30:00+01:00");
    leads("2026-12-23T17:30", "1 business hour", "2026-12-28T09:30:00+00:00");
}

#[test]
fn working_time_between_is_printed_in_hours_minutes_and_seconds() {
    let between = |from, to| run(OFFICE, "between", &["--from", from, "--to", to]);
    let is = |text: &str| (format!("{text}\n"), String::new(), 0);
    assert_eq!(between("2026-11-16T08:00", "2026-11-17T09:05:07"), is("7:35:07"));
    assert_eq!(between("2026-11-17T09:05:07", "2026-11-16T08:00"), is("-7:35:07"));
    assert_eq!(between("2026-11-21T08:00", "2026-11-22T20:00"), is("0:00:00"));
    assert_eq!(between("2026-11-02T00:00", "2026-11-30T00:00"), is("150:00:00"));
}

#[test]
fn years_whose_holidays_are_not_known_are_counted_and_said() {
    let (printed, said, code) = run(OFFICE, "between", &["--from", "2035-12-31T08:00", "--to", "2036-01-02T08:00"]);
    assert_eq!((printed.as_str(), code), ("15:00:00\n", 0));
    assert_eq!(said, "deskhand: the public holidays from 2036 to 2036 are not known and were not counted.\n");
}

#[test]
fn what_is_no_time_and_no_length_is_misuse() {
    for (from, length) in [
        ("yesterday", "1h"),
        ("2026-11-16T09:00", "a while"),
        ("2026-02-30", "1h"),
        ("2026-11-16T09:00+01:00[Europe/Lisbon]", "1h"),
    ] {
        let (printed, said, code) = run(OFFICE, "add", &["--from", from, "--for", length]);
        assert_eq!((printed.as_str(), code), ("", 2), "{from}, {length}");
        assert!(said.starts_with("deskhand: `"), "{said}");
    }
    let (printed, _, code) = run(OFFICE, "add", &["--from", "2026-11-16T09:00"]);
    assert_eq!((printed.as_str(), code), ("", 2));
}

#[test]
fn a_calendar_that_is_wrong_is_told_line_by_line() {
    let (printed, said, code) =
        run("zone: Europe/Lisbon\nhours: { mon: [ 9-18 ] }\n", "add", &["--from", "2026-11-16T09:00", "--for", "1h"]);
    assert_eq!((printed.as_str(), code), ("", 1));
    assert!(said.contains("error[bad-hours]") && said.contains("office.yaml:2:17"), "{said}");
}

#[test]
fn a_calendar_that_does_not_open_for_years_gives_no_answer() {
    let closed = "zone: UTC\nhours: { mon: [ 09:00-10:00 ] }\nholidays:\n".to_owned();
    let years: String = (2026..2040).map(|year| format!("  - {{ from: {year}-01-01, to: {year}-12-31 }}\n")).collect();
    let (printed, said, code) =
        run(&(closed + &years), "add", &["--from", "2026-11-16T09:00", "--for", "1 business hour"]);
    assert_eq!((printed.as_str(), code), ("", 1));
    assert!(said.contains("no working time for ten years"), "{said}");
}
