//! What look-ups answer, what choices ask and what lists hold is typed where it is used; and what was let pass holds when
//! it runs.

use jiff::tz::TimeZone;
use serde_json::json;

use super::*;
use crate::{Event, Step};

const LOOKUP: &str = "language: 1\nlookup: who\nconnection: customers\nsql: SELECT * FROM people WHERE email = :email\n\
    parameters: { email: text }\ncolumns: { name: text, count: integer, share: decimal, active: boolean, signed: date, seen: timestamp }\n";

/// A playbook that looks somebody up and is asked something, with this transition of `person.found`, this of
/// `choice.say`, and this list for each of whose members a ticket is opened.
fn playbook(found: &str, said: &str, each: &str) -> Files {
    let body = format!(
        "opens: [ api ]\nlinks: {{ kid: child }}\nfields: {{ names: {{ type: list, of: text }}, text: {{ type: text }}, size: {{ type: integer }} }}\n\
         initial: finding\nstates:\n\
         \x20 finding:\n    lookup: {{ as: person, in: customers, query: who, with: {{ email: requester.email }} }}\n\
         \x20   choices: {{ say: {{ label: Say, ask: {{ kind: {{ type: choice, of: [ small, large ] }}, many: {{ type: integer }}, by: {{ type: date }}, why: {{ type: text }} }} }} }}\n\
         \x20   on: {{ person.found: [ {{ guard: {found:?}, target: over }} ], choice.say: [ {{ guard: {said:?}, target: over }}, {{ target: over }} ], person.missing: over, person.failed: over, person.ambiguous: over }}\n\
         \x20 over:\n    entry: [ {{ open: {{ as: kid, playbook: child, each: {each:?}, fields: {{ size: size(string(each)) }} }} }} ]\n"
    );
    let mut files = sample::files(&[("x", &body), ("child", sample::CHILD)]);
    files.insert("lookups/who.yaml", LOOKUP);
    files
}

/// What is found in it, as messages with what would be right.
fn found(files: &Files) -> Vec<String> {
    let findings =
        compile(files, &sample::registry()).map_or_else(|findings| findings, |book| book.warnings().to_vec());
    findings.into_iter().map(|finding| format!("{} ({})", finding.message, finding.help.unwrap_or_default())).collect()
}

#[test]
fn the_columns_of_a_look_up_have_their_types() {
    let sound = |guard: &str| found(&playbook(guard, "true", "names"));
    for guard in [
        "event.data.count > 1 && event.data.share < 0.5 && event.data.active",
        "now - event.data.seen > duration('720h') && event.data.seen.getFullYear() == 2026",
        "event.data.signed < '2026-12-25' && now < timestamp(event.data.signed, 'Europe/Lisbon')",
        "event.data.seen == null || event.data.seen <= '2026-12-25T09:00:00Z' || event.data.name.startsWith('A')",
    ] {
        assert_eq!(sound(guard), Vec::<String>::new(), "{guard}");
    }
    for (guard, told) in [
        ("event.data.cuont > 1", "nothing is called `event.data.cuont` here (did you mean `count`?)"),
        ("event.data.count == 'two'", "`event.data.count` is a whole number, \"two\" a text: they are never equal ()"),
        ("event.data.active > 1", "`>` compares numbers or texts, `event.data.active` is true or false ()"),
        (
            "event.data.share + 1 > 2.0",
            "`+` does not suit a decimal number and a whole number: `event.data.share` and `1` (`double(1)`)",
        ),
        (
            "now < event.data.signed",
            "`<` cannot compare an instant with a day: `now` and `event.data.signed` (say in which zone the day begins: `timestamp(event.data.signed, \"Europe/Lisbon\")`)",
        ),
        (
            "event.data.seen - event.data.name > duration('1h')",
            "`-` does not suit an instant and a text: `event.data.seen` and `event.data.name` (`timestamp(event.data.name)`)",
        ),
    ] {
        assert_eq!(sound(guard), [told], "{guard}");
    }
}

#[test]
fn what_a_choice_asked_has_its_type() {
    let sound = |guard: &str| found(&playbook("true", guard, "names"));
    for guard in ["choice.kind == 'small' && choice.many > 1 && choice.by < '2026-12-25'", "choice.why.contains('x')"] {
        assert_eq!(sound(guard), Vec::<String>::new(), "{guard}");
    }
    for (guard, told) in [
        ("choice.kind == 'smal'", "`choice.kind` is never \"smal\" (did you mean `small`?)"),
        (
            "choice.many == '2'",
            "`choice.many` is a whole number, \"2\" a text: they are never equal (write `2` without quotes)",
        ),
        ("choice.wyh != null", "nothing is called `choice.wyh` here (did you mean `why`?)"),
        (
            "now > choice.by",
            "`>` cannot compare an instant with a day: `now` and `choice.by` (say in which zone the day begins: `timestamp(choice.by, \"Europe/Lisbon\")`)",
        ),
    ] {
        assert_eq!(sound(guard), [told], "{guard}");
    }
}

#[test]
fn each_takes_a_list_and_knows_its_members() {
    for each in ["names", "names.filter(x, x != '')", "[1, 2]", "[now, now]", "[now + duration('1h')]", "null"] {
        assert_eq!(found(&playbook("true", "true", each)), Vec::<String>::new(), "{each}");
    }
    let told = found(&playbook("true", "true", "text"));
    assert!(told[0].contains("is a list, and `text` is a text"), "{told:?}");
    let told = found(&playbook("true", "true", "[names]"));
    assert!(told[0].contains("`string` takes a text"), "{told:?}");
    let told = found(&playbook("true", "true", "[calendars.organization]"));
    assert!(!told.is_empty(), "a calendar is nothing to be kept");
}

/// Takes an event in the first state.
fn taken(files: &Files, event: &Event) -> Result<Step, crate::Fault> {
    let handbook = compile(files, &sample::registry()).unwrap();
    let (playbook, facts, now) = (&handbook.playbooks["x"], sample::facts(), sample::hour(0));
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), now).unwrap();
    playbook.step(&begun.run, &facts, event, now)
}

#[test]
fn a_typed_guard_decides_when_the_row_comes() {
    let files = playbook("now - event.data.seen > duration('24h')", "true", "[event.at]");
    let row = |seen: Value| Event::new("person.found").with_data(json!({ "seen": seen }));
    let long_ago = taken(&files, &row(json!("2026-11-16T08:59:59Z"))).unwrap();
    assert_eq!((long_ago.taken, long_ago.run.state.as_str()), (true, "over"));
    assert!(!taken(&files, &row(json!("2026-11-16T09:00:00+00:00"))).unwrap().taken);
    let fault = taken(&files, &row(Value::Null)).unwrap_err();
    assert_eq!(fault.help.as_deref(), Some("`event.data.seen` is null here"));
}

#[test]
fn an_instant_that_was_reckoned_is_kept_and_waited_for() {
    let body = "opens: [ api ]\nfields: { due: { type: text } }\ninitial: a\nstates:\n  a:\n    entry: [ { set: { due: now + duration(\"36h\") } } ]\n\
        \x20   at: [ { time: 'timestamp(due) - duration(\"30m\")', target: b } ]\n  b: {}\n";
    let handbook = compile(&sample::files(&[("x", body)]), &sample::registry()).unwrap();
    let begun = handbook.playbooks["x"].begin(None, &Map::new(), &sample::facts(), &Event::opened(), sample::hour(0));
    let run = begun.unwrap().run;
    assert_eq!(run.fields["due"], json!("2026-11-18T21:00:00Z"));
    assert_eq!(run.timers[0].due.to_string(), "2026-11-18T20:30:00Z");
}

#[test]
fn every_message_has_a_text_and_a_subject_though_they_may_be_null() {
    let body = "opens: [ api ]\ninitial: a\nstates:\n  a: { on: { agent.replied: { guard: event.message.subject == null, target: b }, \
        requester.replied: { guard: 'event.message.text == null', target: b } } }\n  b: {}\n";
    let files = sample::files(&[("x", body)]);
    for (event, message) in [("agent.replied", json!({"text": "Hi"})), ("requester.replied", json!({"subject": "Hi"}))]
    {
        let step = taken(&files, &Event::new(event).with_message(message)).unwrap();
        assert_eq!(step.run.state, "b", "{event}");
    }
}

#[test]
fn calendars_of_the_handbook_and_of_the_organization_can_be_asked() {
    let body = |name: &str| {
        format!(
            "opens: [ api ]\ninitial: a\nstates:\n  a: {{ on: {{ agent.replied: {{ guard: '{name}.open(now)', target: b }} }} }}\n  b: {{}}\n"
        )
    };
    let with = |name: &str| {
        let mut files = sample::files(&[("x", &body(name))]);
        files.insert("calendars/late-shop.yaml", "language: 1\nzone: Europe/Lisbon\nhours: { tue: [ 09:00-10:00 ] }\n");
        files.insert("calendars/office.yaml", "language: 1\nzone: Europe/Lisbon\nhours: { mon: [ 09:00-10:00 ] }\n");
        files
    };
    for name in ["calendars.office", "calendars[\"late-shop\"]", "calendars.organization"] {
        assert_eq!(found(&with(name)), Vec::<String>::new(), "{name}");
    }
    assert_eq!(found(&with("calendars.ofice")), ["nothing is called `calendars.ofice` here (did you mean `office`?)"]);

    let files = with("calendars.office");
    let handbook = compile(&files, &sample::registry()).unwrap();
    let (playbook, now) = (&handbook.playbooks["x"], sample::hour(0));
    let goes = |facts: &crate::Facts| {
        let begun = playbook.begin(None, &Map::new(), facts, &Event::opened(), now).unwrap();
        playbook.step(&begun.run, facts, &Event::new("agent.replied"), now).map(|step| step.taken)
    };
    let zone = || TimeZone::get("Europe/Lisbon").unwrap();
    let facts = |name: &str| sample::facts().with_open_hours("office", handbook.calendars[name].clone());
    assert!(!goes(&facts("office")).unwrap(), "closed on a Tuesday");
    assert!(goes(&facts("late-shop")).unwrap(), "today's calendar counts, whatever was compiled");
    assert!(goes(&sample::facts()).is_err(), "nothing is guessed of one that is not handed down");
    assert_eq!(handbook.calendars["office"].zone(), &zone());
}
