//! Instants, lengths of time and calendars in expressions.

use super::findings::scope;
use super::*;
use crate::expression::Wanted;

fn facts() -> Value {
    json!({
        "now": "2026-11-17T11:30:00Z", "ticket": {"opened_at": "2026-11-17T09:00:00.25Z"}, "due": "2026-11-18",
        "details": "2026-11-17T12:30:00+01:00", "urgent": true, "none": null, "event": {"data": {"at": "2026-11-17T11:30:00Z"}},
    })
}

/// The value over the facts, of an expression that the checker lets pass.
fn worked_out(source: &str) -> Value {
    let mut expression = parse(source).unwrap_or_else(|findings| panic!("{source}: {findings:?}"));
    let mut findings = Vec::new();
    expression.check(&scope(), Wanted::Value, &mut findings);
    assert_eq!(findings, [], "{source}");
    expression.evaluate(&values(facts())).unwrap_or_else(|fault| panic!("{source}: {fault}"))
}

#[test]
fn instants_of_facts_are_reckoned_with_as_they_stand() {
    for (source, expected) in [
        ("now - ticket.opened_at > duration('2h')", json!(true)),
        ("now - ticket.opened_at", json!("8999.75s")),
        ("string(now - ticket.opened_at)", json!("8999.75s")),
        ("now - timestamp(ticket.opened_at) > duration('2h30m')", json!(false)),
        ("now + duration('36h')", json!("2026-11-18T23:30:00Z")),
        ("duration('36h') + now - duration('1h')", json!("2026-11-18T22:30:00Z")),
        ("timestamp(details)", json!("2026-11-17T11:30:00Z")),
        ("now == timestamp(details) && timestamp(details) == now", json!(true)),
        ("now >= '2026-11-17T12:30:00+01:00' && '2026-11-17T12:30:00.5+01:00' > now", json!(true)),
        ("now in [timestamp(details)] && timestamp(details) in [now]", json!(true)),
        ("now < timestamp(due, 'Asia/Tokyo')", json!(true)),
        ("timestamp(due, 'Asia/Tokyo')", json!("2026-11-17T15:00:00Z")),
        ("(urgent ? now : timestamp(details)) < now", json!(false)),
        ("event.data.at <= timestamp(now) && timestamp(now) - event.data.at == duration('0s')", json!(true)),
        ("duration('90m') + duration('-1h') == duration('1800s')", json!(true)),
        ("{'seen': now, 'wait': duration('1h')}", json!({"seen": "2026-11-17T11:30:00Z", "wait": "3600s"})),
        ("'at ' + now", json!("at 2026-11-17T11:30:00Z")),
        ("now.startsWith('2026-11-17')", json!(true)),
        ("event.at == null || timestamp(now) != null", json!(true)),
    ] {
        let source = source.replace("event.at", "details");
        assert_eq!(worked_out(&source), expected, "{source}");
    }
}

#[test]
fn the_parts_of_an_instant_are_those_of_cel_in_utc_or_in_a_zone() {
    for (source, expected) in [
        ("getFullYear()", 2026),
        ("getMonth()", 10),
        ("getDate()", 17),
        ("getDayOfMonth()", 16),
        ("getDayOfWeek()", 2),
        ("getDayOfYear()", 320),
        ("getHours()", 11),
        ("getMinutes()", 30),
        ("getSeconds()", 0),
        ("getMilliseconds()", 0),
        ("getHours('Asia/Kolkata')", 17),
        ("getMinutes('Asia/Kolkata')", 0),
        ("getHours('-08:00')", 3),
        ("getDate('+13:00')", 18),
        ("getDayOfWeek('Pacific/Auckland')", 3),
    ] {
        assert_eq!(worked_out(&format!("now.{source}")), json!(expected), "{source}");
        assert_eq!(worked_out(&format!("timestamp(now).{source}")), json!(expected), "{source}");
    }
    assert_eq!(worked_out("ticket.opened_at.getMilliseconds()"), json!(250));
    for (source, expected) in
        [("getHours()", -1), ("getMinutes()", -90), ("getSeconds()", -5400), ("getMilliseconds()", -250)]
    {
        assert_eq!(worked_out(&format!("duration('-1h30m0.25s').{source}")), json!(expected), "{source}");
    }
}

#[test]
fn what_spells_no_instant_is_a_fault_that_says_so() {
    for (source, told) in [
        ("timestamp(none)", "`none` is null here"),
        ("timestamp(word)", "\"tomorrow\" is no instant"),
        ("duration(word)", "\"tomorrow\" is no length of time"),
        ("timestamp(now).getHours(word)", "there is no time zone \"tomorrow\""),
        ("timestamp('9999-12-30T00:00:00Z') + duration('48h')", "beyond the calendar"),
    ] {
        let facts = json!({"none": null, "word": "tomorrow", "now": "2026-11-17T11:30:00Z"});
        let fault = evaluate(source, facts).unwrap_err();
        let all = format!("{} {}", fault.message, fault.help.unwrap_or_default());
        assert!(all.contains(told), "{source}: {all}");
    }
}

#[test]
fn a_calendar_is_asked_whether_it_is_open() {
    let week = calendar::Hours::default().with(jiff::civil::Weekday::Tuesday, vec!["09:00-12:00".parse().unwrap()]);
    let zone = jiff::tz::TimeZone::get("Europe/Lisbon").unwrap();
    let office = calendar::Calendar::new(zone, week.unwrap(), calendar::DaysOff::none());
    let calendars = Calendars::from([("office".to_owned(), Arc::new(office))]);
    let asked = |source: &str| {
        let mut expression = parse(source).unwrap();
        let mut findings = Vec::new();
        expression.check(&scope(), Wanted::Condition, &mut findings);
        assert_eq!(findings, [], "{source}");
        expression.holds_with(&values(facts()), &calendars)
    };
    assert!(asked("calendars.office.open(now)").unwrap());
    assert!(!asked("calendars['office'].open(now + duration('1h'))").unwrap());
    assert!(!asked("calendars.office.open(timestamp('2026-11-18T10:00:00Z'))").unwrap());
    assert!(asked("calendars['late-shop'].open(now)").is_err(), "nothing is guessed of one that is not there");
    let fault = evaluate("calendars.office.open(now)", facts()).unwrap_err();
    assert!(fault.message.contains("cannot be worked out"), "{fault}");
}
