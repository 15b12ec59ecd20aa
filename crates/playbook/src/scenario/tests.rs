use serde_json::json;

use super::*;
use crate::checklist::EvidenceKind;
use crate::finding::Finding;
use crate::source::Files;

fn read(text: &str) -> Result<Vec<Scenario>, Vec<Finding>> {
    scenarios(&Files::from_iter([("scenarios/x.yaml", text)]))
}

const HEAD: &str = "scenario: 'D1: x'\nstarts: 2026-11-17T09:00[Europe/Lisbon]\n";

#[test]
fn a_story_is_read_with_its_times_and_zone() {
    let text = format!(
        "{HEAD}given:\n  organizations: [ {{ name: Acme, plan: pro }} ]\n  agents: [ {{ name: Bo, team: x }} ]\n\
         when:\n- {{ at: +4h, agent: Bo, chooses: configured, on: config, inputs: {{ a: 1 }} }}\n\
         - {{ at: +0h, form: survey, from: maria@acme.example, answers: {{ documents: 1 }} }}\n\
         - {{ at: +1d, mail: {{ from: maria@acme.example, text: Thanks, in_reply_to: last }} }}\n\
         then:\n- {{ at: +4h, mail: ready, to: maria@acme.example }}\n- {{ ticket: config, state: done }}\n\
         - {{ never: {{ mail: closing }} }}\n- {{ assigned: Bo, on: config }}\n- {{ field: documents, is: 1 }}\n- {{ offered: configured }}\n"
    );
    let scenario = read(&text).unwrap().remove(0);
    assert_eq!(
        (scenario.row.as_str(), scenario.starts.timestamp().to_string().as_str()),
        ("D1", "2026-11-17T09:00:00Z")
    );
    assert_eq!(scenario.given.organizations[0]["plan"], json!("pro"));
    assert!(matches!(&scenario.when[0].kind, DeedKind::Form { answers, .. } if answers["documents"] == json!(1)));
    assert!(matches!(&scenario.when[1].kind, DeedKind::Chooses { on: Some(on), .. } if on == "config"));
    assert!(matches!(&scenario.when[2].kind, DeedKind::Mail { in_reply_to_last: true, letter: Letter::Written(_) }));
    assert_eq!(scenario.then[0].at, Some(SignedDuration::from_hours(4)));
    assert_eq!(scenario.then[1].kind, ExpectationKind::State { state: "done".into(), ticket: Some("config".into()) });
    assert!(
        matches!(&scenario.then[2].kind, ExpectationKind::Never(inner) if matches!(**inner, ExpectationKind::Mail { .. }))
    );
    assert_eq!(scenario.then[5].kind, ExpectationKind::Offered { choice: "configured".into(), ticket: None });
    assert_eq!(scenario.then[4].kind, ExpectationKind::Field { name: "documents".into(), is: json!(1), ticket: None });
}

#[test]
fn something_outside_is_away_for_a_while() {
    let read = |deed: &str| {
        let read = read(&format!("{HEAD}when: [ {{ at: +1h, {deed} }} ]\nthen: [ {{ tickets: 1 }} ]\n"));
        read.map(|mut all| all.remove(0).when.remove(0).kind).map_err(|findings| findings[0].code)
    };
    let lasts = SignedDuration::from_mins(90);
    assert_eq!(read("fails: sender, for: 1h30m"), Ok(DeedKind::Fails { what: Outside::Sender, lasts }));
    let what = Outside::Database("customers".to_owned());
    assert_eq!(read("fails: customers, for: 90m"), Ok(DeedKind::Fails { what, lasts }));
    assert_eq!(read("fails: customers"), Err("missing-key"));
    assert_eq!(read("fails: customers, for: +2h"), Err("bad-span"));
    let lasts = SignedDuration::from_hours(2);
    assert_eq!(read("fails: mailbox, for: 2h"), Ok(DeedKind::Fails { what: Outside::Mailbox, lasts }));
}

#[test]
fn colleagues_answer_and_send_or_dismiss_what_is_suggested() {
    let text = format!(
        "{HEAD}when:\n- {{ at: +1h, agent: Bo, answers: granted, of: discount, on: job, note: Why not }}\n\
         - {{ at: +2h, agent: Ana, sends: suggestion, text: Mine }}\n- {{ at: +3h, agent: Ana, dismisses: suggestion }}\n\
         then: [ {{ tickets: 1 }} ]\n"
    );
    let when: Vec<DeedKind> = read(&text).unwrap().remove(0).when.into_iter().map(|deed| deed.kind).collect();
    let words = |text: &str| Some(text.to_owned());
    let (agent, answer, question) = ("Bo".to_owned(), "granted".to_owned(), "discount".to_owned());
    assert_eq!(when[0], DeedKind::Answers { agent, answer, question, note: words("Why not"), on: words("job") });
    assert_eq!(when[1], DeedKind::SendsSuggestion { agent: "Ana".to_owned(), text: words("Mine"), on: None });
    assert_eq!(when[2], DeedKind::DismissesSuggestion { agent: "Ana".to_owned(), on: None });
}

#[test]
fn items_are_checked_with_one_thing_that_shows_them() {
    let text = format!(
        "{HEAD}when:\n- {{ at: +1h, agent: Bo, checks: tested, with: {{ link: 'https://docs.example/1' }} }}\n\
         - {{ at: +2h, agent: Bo, checks: list.told, with: by hand, on: config }}\n- {{ at: +3h, agent: Bo, unchecks: tested }}\n\
         then: [ {{ tickets: 1 }} ]\n"
    );
    let when = read(&text).unwrap().remove(0).when;
    let evidence = |kind, value: &str| Some(Evidence { kind, value: value.to_owned() });
    let checks = |item: &str, with, on| DeedKind::Checks { agent: "Bo".into(), item: item.into(), with, on };
    assert_eq!(when[0].kind, checks("tested", evidence(EvidenceKind::Link, "https://docs.example/1"), None));
    assert_eq!(when[1].kind, checks("list.told", evidence(EvidenceKind::Text, "by hand"), Some("config".into())));
    assert_eq!(when[2].kind, DeedKind::Unchecks { agent: "Bo".into(), item: "tested".into(), on: None });
}

#[test]
fn tickets_are_given_to_somebody_and_made_urgent_by_hand() {
    let text = format!(
        "{HEAD}when:\n- {{ at: +1h, agent: Bo, assigns: Ana, on: config }}\n- {{ at: +2h, agent: Bo, assigns: }}\n\
         - {{ at: +3h, agent: Bo, prioritises: low }}\nthen: [ {{ tickets: 1 }} ]\n"
    );
    let when = read(&text).unwrap().remove(0).when;
    let gives = |to: Option<&str>, on: Option<&str>| DeedKind::Assigns {
        agent: "Bo".into(),
        to: to.map(str::to_owned),
        on: on.map(str::to_owned),
    };
    assert_eq!((&when[0].kind, &when[1].kind), (&gives(Some("Ana"), Some("config")), &gives(None, None)));
    assert_eq!(when[2].kind, DeedKind::Prioritises { agent: "Bo".into(), priority: "low".into(), on: None });
}

#[test]
fn several_stories_stand_in_one_file() {
    let one = |name: &str| {
        format!("scenario: '{name}'\nstarts: 2026-11-17T09:00[UTC]\nwhen: []\nthen: [ {{ tickets: 0 }} ]\n")
    };
    let all = read(&format!("{}---\n{}", one("D1: a"), one("D2: b"))).unwrap();
    assert_eq!(all.iter().map(|scenario| scenario.row.as_str()).collect::<Vec<_>>(), ["D1", "D2"]);
    assert!(read(&format!("{}---\n{}", one("D1: a"), one("D1: a"))).is_err());
}

#[test]
fn what_is_wrong_is_found() {
    for (rest, code) in [
        ("when: []\n", "no-expectation"),
        ("when: []\nthen: []\n", "no-expectation"),
        ("when: [ { at: 4h, api: {} } ]\nthen: [ { tickets: 1 } ]\n", "bad-span"),
        ("when: [ { at: +4h } ]\nthen: [ { tickets: 1 } ]\n", "missing-key"),
        (
            "when: [ { at: +4h, agent: Bo, checks: a, with: { link: x, text: y } } ]\nthen: [ { tickets: 1 } ]\n",
            "wrong-type",
        ),
        ("when: [ { at: +4h, agent: Bo, checks: a, with: { linc: x } } ]\nthen: [ { tickets: 1 } ]\n", "unknown-key"),
        ("when: [ { at: +4h, chat: {} } ]\nthen: [ { tickets: 1 } ]\n", "later-key"),
        ("when: [ { at: +4h, agent: Bo, answers: yes } ]\nthen: [ { tickets: 1 } ]\n", "missing-key"),
        ("when: [ { at: +4h, agent: Bo, sends: mail } ]\nthen: [ { tickets: 1 } ]\n", "wrong-type"),
        ("when: [ { at: +4h, agent: Bo, prioritises: lowest } ]\nthen: [ { tickets: 1 } ]\n", "unknown-word"),
        ("when: [ { at: +4h, agent: Bo, assigns: [ Ana ] } ]\nthen: [ { tickets: 1 } ]\n", "wrong-type"),
        ("when: []\nthen: [ { tickets: -1 } ]\n", "wrong-type"),
        ("when: []\nthen: [ { at: +1h } ]\n", "missing-key"),
        ("when: []\nthen: [ { status: opened } ]\n", "unknown-name"),
        ("when: []\nthen: [ { tickets: 1, extra: 2 } ]\n", "unknown-key"),
    ] {
        let findings = read(&format!("{HEAD}{rest}")).unwrap_err();
        assert!(findings.iter().any(|finding| finding.code == code), "{rest}: {findings:?}");
    }
    let unnamed = HEAD.replace("D1: x", "a form opens a ticket");
    assert_eq!(read(&format!("{unnamed}when: []\nthen: [ {{ tickets: 1 }} ]\n")).unwrap_err()[0].code, "bad-name");
}

#[test]
fn where_time_alone_acts_nobody_needs_to_do_anything() {
    let all = read(&format!("{HEAD}then: [ {{ at: +9d, tickets: 1 }} ]\n")).unwrap();
    assert!(all[0].when.is_empty());
    assert_eq!(all[0].then[0].at, Some(SignedDuration::from_hours(9 * 24)));
}
