use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{compile, sample};

fn lisbon() -> TimeZone {
    TimeZone::get("Europe/Lisbon").unwrap()
}

fn timetable(recurrence: &str, before: Option<&str>) -> Timetable {
    let before = before.map(|before| before.parse().unwrap());
    Timetable { recurrence: Recurrence::parse(recurrence).unwrap(), before }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The only schedule of a playbook with this opening, in a handbook with a segment of either kind.
fn scheduled(opening: &str) -> Scheduled {
    let mut files = sample::files(&[("x", &format!("opens: [ {opening} ]\ninitial: a\nstates: {{ a: {{}} }}\n"))]);
    files.insert(
        "segments/clients.yaml",
        "language: 1\nsegment: clients\nof: organization\nwhere: organization.plan != null\n",
    );
    files.insert("segments/people.yaml", "language: 1\nsegment: people\nof: contact\nwhere: contact.role != null\n");
    let handbook = compile(&files, &sample::registry()).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|finding| finding.render(&files)).collect::<String>())
    });
    let (_, _, scheduled) = handbook.schedules().next().unwrap();
    scheduled.clone()
}

fn member(plan: &str) -> Map<String, Value> {
    Map::from_iter([("organization".to_owned(), json!({"name": "Acme", "plan": plan, "instances": null}))])
}

#[test]
fn a_ticket_is_opened_as_long_before_its_date_as_the_schedule_says() {
    let (table, zone) = (timetable("day 8 09:00", Some("14 days")), lisbon());
    let opens = table.next_opening(at("2026-11-17T09:00:00Z"), &zone).unwrap();
    assert_eq!(opens, at("2026-11-24T09:00:00Z"));
    assert_eq!(table.last_opened(at("2026-11-24T08:59:59Z"), &zone).unwrap().date.to_string(), "2026-11-08");
    let occurrence = table.last_opened(opens, &zone).unwrap();
    assert_eq!((occurrence.date.to_string(), occurrence.at), ("2026-12-08".to_owned(), at("2026-12-08T09:00:00Z")));
    assert_eq!(table.next_opening(opens, &zone), Some(at("2026-12-25T09:00:00Z")));
}

#[test]
fn an_occurrence_knows_its_month_and_the_one_before() {
    let table = timetable("day 8 09:00", None);
    let occurrence = table.last_opened(at("2027-01-08T09:00:00Z"), &lisbon()).unwrap();
    let expected = json!({
        "at": "2027-01-08T09:00:00Z", "date": "2027-01-08", "month": "2027-01", "previous_month": "2026-12",
    });
    assert_eq!(Occurrence::value(Some(&occurrence)), expected);
    let nothing = json!({"at": null, "date": null, "month": null, "previous_month": null});
    assert_eq!(Occurrence::value(None), nothing);
}

#[test]
fn the_key_names_the_member_and_the_date_or_what_the_handbook_says() {
    let occurrence = timetable("day 8 09:00", None).last_opened(at("2026-12-10T00:00:00Z"), &lisbon()).unwrap();
    let key = |opening: &str| scheduled(opening).key(&occurrence, Some("7"), Some("9"));
    assert_eq!(key("{ schedule: day 8 09:00 }"), "date=2026-12-08");
    assert_eq!(key("{ schedule: day 8 09:00, each: clients }"), "organization=7/date=2026-12-08");
    assert_eq!(key("{ schedule: day 8 09:00, each: people }"), "contact=9/date=2026-12-08");
    assert_eq!(
        key("{ schedule: MO 09:00, each: clients, key: [ organization, month ] }"),
        "organization=7/month=2026-12"
    );
    assert_eq!(key("{ schedule: MO 09:00, each: people, key: [ organization, year ] }"), "organization=7/year=2026");
}

#[test]
fn each_member_may_have_times_of_its_own_and_one_without_has_none() {
    let scheduled = scheduled("{ agreed: organization.plan, each: clients, before: 1 day }");
    assert!(scheduled.is_agreed());
    assert_eq!(scheduled.to_string(), "agreed organization.plan each clients before 1 day");
    let table = scheduled.timetable(&member("third TU 10:00")).unwrap().unwrap();
    assert_eq!(table.next_opening(at("2026-11-01T00:00:00Z"), &lisbon()), Some(at("2026-11-16T10:00:00Z")));
    assert_eq!(scheduled.timetable(&member(" ")).unwrap(), None);
    let fault = scheduled.timetable(&member("whenever")).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.place.line), ("bad-schedule", 4));
}

#[test]
fn the_requester_of_a_ticket_may_be_named_by_an_expression() {
    let scheduled = scheduled("{ schedule: MO 09:00, each: clients, requester: organization.plan }");
    assert_eq!(scheduled.requester(&member("maria@acme.example")).unwrap().unwrap(), "maria@acme.example");
    assert_eq!(scheduled.requester(&member("")).unwrap(), None);
}

proptest! {
    #[test]
    fn between_the_last_opening_and_the_next_there_is_no_other(
        recurrence in prop::sample::select(vec![
            "16:00", "00:30", "MO 16:00", "SU,MO 01:30", "day 31 09:00", "day 1,2 01:30", "last day 23:59", "last SU 01:30",
            "02-29 09:00",
        ]),
        before in prop::option::of(prop::sample::select(vec!["90m", "24h", "1 day", "14 days", "5 weeks", "366 days"])),
        seconds in 1_700_000_000_i64..1_900_000_000,
        name in prop::sample::select(vec!["Europe/Lisbon", "America/Santiago"]),
    ) {
        let (table, zone) = (timetable(recurrence, before), TimeZone::get(name).unwrap());
        let now = Timestamp::from_second(seconds).unwrap();
        let last = table.last_opened(now, &zone).unwrap();
        let next = table.next_opening(now, &zone).unwrap();
        prop_assert!(last.opens <= now && now < next);
        prop_assert!(last.opens <= last.at);
        let following = table.last_opened(next, &zone).unwrap();
        prop_assert_eq!(following.opens, next);
        // Nothing comes between the two, so that none is left out by a desk that looks at each opening.
        prop_assert_eq!(table.recurrence.next_after(last.at, &zone), Some(following.at));
        prop_assert_eq!(table.next_opening(last.opens, &zone), Some(next));
    }
}
