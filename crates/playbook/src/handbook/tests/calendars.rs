//! Calendars, and who names them.

use super::*;
use crate::CalendarChoice;

const OFFICE: &str = "language: 1\ncalendar: office\nzone: Europe/Madrid\nhours: { mon: [ 09:00-18:00 ] }\n";
const BODY: &str = "opens: [ api ]\ninitial: a\nstates: { a: { after: { 3 business days: b } }, b: { type: final } }\n";

fn with_calendar(head: &str) -> Files {
    let mut files = sample::files(&[("x", &format!("{head}{BODY}"))]);
    files.insert("calendars/office.yaml", OFFICE);
    files
}

#[test]
fn a_playbook_and_the_desk_name_calendars_that_there_are() {
    let mut files = with_calendar("calendar: office\n");
    let handbook = compile(&files, &sample::registry()).unwrap();
    assert_eq!(handbook.playbooks["x"].calendar(), Some(&CalendarChoice::Named("office".to_owned())));
    assert_eq!(handbook.desk_calendar().zone().iana_name(), Some("Europe/Lisbon"));
    files.insert("desk.yaml", format!("{}calendar: office\n", sample::DESK));
    let handbook = compile(&files, &sample::registry()).unwrap();
    assert_eq!(handbook.desk_calendar(), handbook.calendars["office"]);
}

#[test]
fn a_playbook_may_leave_the_calendar_to_the_organization() {
    let mut files = with_calendar("calendar: organization\n");
    let handbook = compile(&files, &sample::registry()).unwrap();
    assert_eq!(handbook.playbooks["x"].calendar(), Some(&CalendarChoice::Organization));
    assert_eq!(handbook.warnings().iter().map(|finding| finding.code).collect::<Vec<_>>(), ["no-calendar"]);
    let attributes = "attributes: { organization: { calendar: { type: choice, of: [ office ] } } }\n";
    files.insert("desk.yaml", format!("{}{attributes}", sample::DESK));
    assert_eq!(compile(&files, &sample::registry()).unwrap().warnings(), []);
}

#[test]
fn a_calendar_that_there_is_not_is_told_with_what_was_meant() {
    let mut files = with_calendar("calendar: offce\n");
    files.insert("desk.yaml", format!("{}calendar: home\n", sample::DESK));
    files.insert("calendars/organization.yaml", OFFICE.replace("calendar: office\n", ""));
    files.insert("calendars/other.yaml", OFFICE);
    let findings = compile(&files, &sample::registry()).unwrap_err();
    let _quiet = quiet();
    insta::assert_snapshot!(findings.iter().map(|finding| finding.render(&files) + "\n").collect::<String>());
}

#[test]
fn a_clock_may_name_a_calendar_of_its_own() {
    let clock = |calendar: &str| {
        format!(
            "clocks: {{ c: {{ start: ticket.opened, stop: agent.replied, within: 1 business hour, calendar: {calendar}, breach: [] }} }}\n"
        )
    };
    let handbook = compile(&with_calendar(&clock("office")), &sample::registry()).unwrap();
    assert_eq!(handbook.playbooks["x"].calendars_of_clocks(), [&CalendarChoice::Named("office".to_owned())]);
    let handbook = compile(&with_calendar(&clock("organization")), &sample::registry()).unwrap();
    assert_eq!(handbook.playbooks["x"].calendars_of_clocks(), [&CalendarChoice::Organization]);
    assert_eq!(handbook.warnings().iter().map(|finding| finding.code).collect::<Vec<_>>(), ["no-calendar"]);
    let findings = compile(&with_calendar(&clock("offce")), &sample::registry()).unwrap_err();
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["unknown-calendar"]);
}
