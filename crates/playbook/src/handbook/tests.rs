mod asking;
mod choices;
mod clocks;
mod segments;
mod timers;
mod typed;

use serde_json::{Map, Value};

use super::*;
use crate::run::Event;
use crate::sample;
use crate::scenarios;

#[test]
fn the_default_handbook_is_sound() {
    let files = sample::default_handbook();
    let handbook = compile(&files, &sample::registry()).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|finding| finding.render(&files)).collect::<String>())
    });
    assert_eq!(handbook.warnings(), []);
    assert!(handbook.last_resort().is_some());
    assert_eq!(handbook.opening_for_form("document-survey").unwrap().0.name(), "document-change");
    assert_eq!(handbook.opening_for_api().unwrap().0.name(), "general-request");
    assert_eq!(handbook.reply("request-fulfilled", "pt-BR").unwrap().language, "pt");
    assert_eq!(handbook.reply("request-fulfilled", "de").unwrap().language, "en");
}

#[test]
fn the_default_scenarios_are_read() {
    let files = sample::default_handbook();
    let all = scenarios(&files).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|finding| finding.render(&files)).collect::<String>())
    });
    let rows: BTreeSet<&str> = all.iter().map(|scenario| scenario.row.as_str()).collect();
    assert_eq!(
        rows.into_iter().collect::<Vec<_>>(),
        ["D1", "D10", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "G1", "H6", "P1"]
    );
}

/// Snapshots without the code that made them.
fn quiet() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}

/// Every finding of a handbook with these playbooks, as people read them.
fn told(playbooks: &[(&str, &str)]) -> String {
    let files = sample::files(playbooks);
    let findings = compile(&files, &sample::registry()).map(|handbook| handbook.warnings().to_vec());
    let findings = findings.unwrap_or_else(|findings| findings);
    findings.iter().map(|finding| finding.render(&files) + "\n").collect()
}

#[test]
fn what_a_playbook_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[
        (
            "x",
            "opens: [ mial, form: survey ]\nteam: suport\nfields: { count: { type: integr }, requester: { type: text } }\n\
             links: { kid: chlid }\ninitial: on\nstates:\n  one:\n    waiting_on: requestor\n    entyr: []\n    entry:\n\
             \x20   - { reply: helo }\n    - { set: { cuont: 1, subject: hello } }\n    - { note: '{{ requester.emial }}' }\n\
             \x20   - { notify: {} }\n    - { assign: { team: sales, by: fewest } }\n\
             \x20   on: { requester.repleid: two, agent.replied: tow, reply.helo: two, choice.go: two }\n\
             \x20   after: { 5 dyas: two, 3 busines days: two }\n  two: { choices: { go: { target: one } } }\n"
        ),
        ("child", sample::CHILD),
    ]));
}

#[test]
fn what_a_guard_may_not_say_is_told_where_it_says_so() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api ]\nfields: { count: { type: integer, max: 3 }, kind: { type: choice, of: [ a, b ] } }\ninitial: one\nstates:\n  one:\n\
         \x20   entry: [ { set: { count: '\"three\"', kind: '\"c\"' } }, { note: '{{ count | uper }}' } ]\n    always:\n\
         \x20   - { guard: 'count = 3', target: one }\n    - { guard: 'kind == a', target: one }\n\
         \x20   - { guard: 'count.value > 3', target: one }\n    - { guard: 'size(cuont) > regex(1)', target: one }\n\
         \x20   - { guard: 'links.kid.state == \"x\"', target: one }\n    - {}\n"
    )]));
}

#[test]
fn what_linked_tickets_are_and_send_is_typed() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[
        (
            "x",
            "opens: [ api ]\nfields: { cost: { type: integer, min: 0 }, kind: { type: choice, of: [ a, b ] }, notes: { type: list } }\n\
             links: { job: job }\ninitial: one\nstates:\n  one:\n    on:\n\
             \x20     job.done: { target: two, actions: [ { set: { cost: event.data.cost, kind: event.data.cost } } ] }\n\
             \x20     job.moved: { guard: 'event.data.csot > 1', target: two }\n\
             \x20     job.held: { guard: 'event.data.why == \"x\"', target: two }\n\
             \x20     agent.replied: { guard: 'event.data.anything > 1', target: two }\n\
             \x20   always:\n\
             \x20   - { guard: 'links.job.state == \"done.wel\"', target: two }\n\
             \x20   - { guard: 'links.job.state == \"done.well\" || links.job.status == \"clsed\"', target: two }\n\
             \x20   - { guard: 'waiting_on == \"client\"', target: two }\n\
             \x20 two:\n    entry:\n\
             \x20   - { when: cost, note: '{{ notes }} {{ links.job }} {{ notes | join }}' }\n\
             \x20   - set: { subject: cost, kind: '\"c\"', notes: 'cost > 1 ? \"x\" : kind' }\n\
             \x20   - open: { as: job, playbook: job, fields: { size: kind }, note: cost }\n"
        ),
        (
            "job",
            "opens: [ linked ]\nfields: { size: { type: integer } }\nemits: [ done, moved, held ]\ninitial: a\nstates:\n  a:\n    choices:\n\
             \x20     go: { label: Go, target: done.well, actions: [ { send: { to: opener, event: done, data: { cost: size } } }, { send: { to: opener, event: moved, data: { cost: size } } } ] }\n\
             \x20     hold: { label: Hold, target: a, actions: [ { send: { to: opener, event: held } } ] }\n\
             \x20 done: { initial: well, states: { well: {} } }\n"
        ),
    ]));
}

#[test]
fn what_can_never_be_is_told() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[
        (
            "x",
            "opens: [ mail, api ]\nlinks: { kid: other }\ninitial: one\nstates:\n  one:\n    initial: in\n    on:\n\
             \x20     agent.replied: [ in, one ]\n      ticket.opened: two\n    choices:\n      idle: { label: Idle }\n\
             \x20     twice: { label: Twice, target: two }\n    states: { in: { type: final, after: { 1h: two } } }\n\
             \x20 two: { choices: { twice: { label: T, target: one } }, on: { choice.twice: one }, entry: [ { open: { as: kid, playbook: x, fields: { a: 1 } } } ] }\n"
        ),
        ("other", "opens: [ mail ]\nemits: [ done ]\ninitial: a\nstates: { a: {} }\n"),
    ]));
}

#[test]
fn what_comes_with_a_later_version_is_told_so() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api, { schedule: MO 09:00 } ]\nschedules: {}\ninitial: a\nstates:\n  a:\n    ladder: {}\n\
         \x20   entry: [ { vault: { as: x } } ]\n\
         \x20   on: { requester.confirmed: a }\n"
    )]));
}

#[test]
fn what_is_no_yaml_and_no_handbook_is_told() {
    let mut files = sample::files(&[("x", "opens: [ api\n")]);
    files.insert("playbooks/y.yaml", "language: 2\nplaybook: z\nplaybook: y\n");
    files.insert("playbooks/z.yml", "");
    files.insert("ladders/l.yaml", "");
    files.insert("replies/only.pt.md", "Olá\n");
    files.insert("replies/hello.de.md", "Hallo\n");
    files.insert("replies/where.md", "---\nsubject: x\n---\n{{ assignee.phone }}\n");
    let findings = compile(&files, &sample::registry()).unwrap_err();
    let _quiet = quiet();
    insta::assert_snapshot!(findings.iter().map(|finding| finding.render(&files) + "\n").collect::<String>());
}

#[test]
fn a_finding_serialises_as_the_row_of_the_check() {
    let files = sample::files(&[("x", "opens: [ api ]\ninitial: a\nstates: { a: { entyr: [] } }\n")]);
    let findings = compile(&files, &sample::registry()).unwrap_err();
    assert_eq!(
        serde_json::to_value(&findings[0]).unwrap(),
        serde_json::json!({
            "severity": "error", "code": "unknown-key", "file": "playbooks/x.yaml", "line": 6, "column": 16,
            "message": "a state has no key `entyr`", "help": "did you mean `entry`?", "path": [],
        })
    );
}

#[test]
fn a_mail_opens_the_first_playbook_that_wants_it() {
    let body = |opens: &str| format!("opens: [ {opens} ]\ninitial: a\nstates: {{ a: {{}} }}\n");
    let files = sample::files(&[
        ("late", &body("mail: { when: 'requester.role == \"admin\"', order: 2 }")),
        ("early", &body("mail: { when: 'event.message.text.contains(\"urgent\")', order: 1 }")),
        ("rest", &body("mail")),
    ]);
    let handbook = compile(&files, &sample::registry()).unwrap();
    let opened = |text: &str, role: &str| {
        let facts = sample::facts().with("requester", serde_json::json!({"role": role}));
        let event = Event::opened().with_message(serde_json::json!({"text": text}));
        handbook.opening_for_mail(&facts, &event, sample::hour(0)).unwrap().unwrap().0.name().to_owned()
    };
    assert_eq!(opened("urgent", "admin"), "early");
    assert_eq!(opened("hello", "admin"), "late");
    assert_eq!(opened("hello", "user"), "rest");
}

#[test]
fn a_handbook_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Handbook>();
}

#[test]
fn a_state_with_too_many_timers_and_a_playbook_with_too_many_states_are_refused() {
    let timers: String = (1..=21).map(|minutes| format!("{minutes}m: a, ")).collect();
    let states: String = (0..500).map(|number| format!("  s{number}: {{}}\n")).collect();
    for (states, line) in [(format!("  a: {{ after: {{ {timers} }} }}\n"), 7), (format!("  a: {{}}\n{states}"), 507)] {
        let files = sample::files(&[("x", &format!("opens: [ api ]\ninitial: a\nstates:\n{states}"))]);
        let findings = compile(&files, &sample::registry()).unwrap_err();
        let many = findings.iter().find(|finding| finding.code == "too-many").map(|finding| finding.place.line);
        assert_eq!(many, Some(line), "{findings:?}");
    }
}

mod any_bytes;
mod calendars;

mod laws {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let files = sample::default_handbook();
        files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    });

    /// A stretch of a file is replaced by something else.
    fn broken() -> impl Strategy<Value = Files> {
        let piece = prop_oneof![
            Just(String::new()),
            prop::sample::select(vec![
                "{", "}", "[", ": ", "- ", "'", "\"", "{{", "|", "#", "\t", "&a", "\n", "null", "🙂"
            ])
            .prop_map(str::to_owned),
            ".{0,12}",
        ];
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..12, piece).prop_map(
            |(file, start, length, piece)| {
                let mut files: Vec<(String, String)> = FILES.clone();
                let text = &mut files[file.index(FILES.len())].1;
                let characters: Vec<char> = text.chars().collect();
                let start = start.index(characters.len() + 1);
                let end = (start + length).min(characters.len());
                *text = characters[..start]
                    .iter()
                    .chain(&piece.chars().collect::<Vec<_>>())
                    .chain(&characters[end..])
                    .collect();
                files.into_iter().collect()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn however_a_handbook_is_broken_it_compiles_or_says_where(files in broken()) {
            if let Err(findings) = compile(&files, &sample::registry()) {
                prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
                for finding in findings {
                    let lines = files.get(&finding.place.file).map_or(0, |text| text.lines().count());
                    prop_assert!(finding.place.line as usize <= lines.max(1) + 1, "{:?}", finding);
                    prop_assert!(!finding.render(&files).is_empty());
                }
            }
            if let Err(findings) = scenarios(&files) {
                prop_assert!(!findings.is_empty());
            }
        }

        #[test]
        fn no_guard_makes_the_compiler_panic(guard in "[a-z.()\\[\\]{}'\"!=<>&|?:+*/ 0-9,-]{0,60}|.{0,40}") {
            let quoted = serde_json::to_string(&guard).unwrap();
            let files = sample::files(&[("x", &format!(
                "opens: [ api ]\ninitial: a\nstates: {{ a: {{ always: [ {{ guard: {quoted}, target: b }} ], entry: [ {{ note: {quoted} }} ] }}, b: {{}} }}\n"
            ))]);
            let _ = compile(&files, &sample::registry());
        }
    }
}
