use super::*;
use crate::sample::{default_handbook, files, registry};

const BODY: &str = "opens: [ hand ]\nfields: { size: { type: integer } }\ninitial: first\nstates:\n\
    \x20 first:\n    waiting_on: requester\n    entry: [ { reply: hello } ]\n    after: { 3 days: over }\n\
    \x20   on: { requester.replied: second }\n\
    \x20   choices: { stop: { label: Stop, target: over } }\n\
    \x20 second:\n    waiting_on: us\n    choices: { done: { label: Done, target: over }, back: { label: Back, target: first } }\n\
    \x20 over: { type: final }\n";

/// The changes from one text of a playbook to another, as `line: message`, the line 0 where it is gone.
fn told(before: &str, after: &str) -> Vec<String> {
    let read = |body: &str| {
        let files = files(&[("x", body)]);
        let handbook = crate::compile(&files, &registry()).unwrap_or_else(|found| panic!("{found:?}"));
        (handbook, files)
    };
    let (before, after) = (read(before), read(after));
    let changes = changes((&before.0, &before.1), (&after.0, &after.1));
    changes
        .iter()
        .map(|change| format!("{}: {}", change.after.as_ref().map_or(0, |place| place.line), change.message))
        .collect()
}

#[test]
fn comments_layout_and_the_order_of_keys_change_nothing() {
    let other = BODY.replace("    after: { 3 days: over }\n    on:", "    # Patience.\n    on:").replace(
        "    on: { requester.replied: second }\n",
        "    on: { requester.replied: second }\n    after:\n      3 days: over\n",
    );
    assert_ne!(other, BODY);
    assert_eq!(told(BODY, &other), Vec::<String>::new());
    let files = default_handbook();
    let handbook = crate::compile(&files, &registry()).unwrap();
    assert_eq!(changes((&handbook, &files), (&handbook, &files)), Vec::new());
}

#[test]
fn a_timer_that_lasts_longer_is_the_same_timer() {
    let told = told(BODY, &BODY.replace("3 days: over", "5 days: second"));
    assert_eq!(
        told,
        [
            "11: the timer `after 3 days` of `first` is after 5 days, was after 3 days",
            "11: the timer `after 5 days` of `first`: the target is `second`, was `over`",
        ]
    );
}

#[test]
fn what_is_new_and_what_is_gone_is_told_once_with_the_state_it_stands_in() {
    let after = BODY
        .replace("target: over } }\n  second", "target: over } }\n    exit: [ { note: gone } ]\n  second")
        .replace("back: { label: Back, target: first }", "park: { label: Park, target: parked }")
        .replace(
            "  over:",
            "  parked:\n    waiting_on: us\n    choices: { on: { label: On, target: second } }\n  over:",
        );
    assert_eq!(
        told(BODY, &after),
        [
            "8: the state `first`: the actions on exit now have `note text: gone`",
            "0: the choice `back` of `second` is gone",
            "17: the choice `park` of `second` is new and leads to `parked`",
            "18: the state `parked` is new",
        ]
    );
}

#[test]
fn a_renamed_state_is_recognised_and_those_that_lead_to_it_are_unchanged() {
    let after = BODY.replace("second", "answered");
    let told_of = told(BODY, &after);
    assert_eq!(told_of, ["14: the state `second` is called `answered`"]);
    let two = BODY.replace("  second:", "  second:\n    title: Read").replace("second", "third");
    assert!(told(BODY, &two).iter().any(|line| line.contains("the state `second` is gone")), "it does something else");
}

#[test]
fn a_part_of_a_playbook_that_changes_is_named_with_what_it_was() {
    for (old, new, expected) in [
        ("label: Stop", "label: { en: End, pt: Fim }", "the label is `End | pt: Fim`, was `Stop`"),
        ("type: integer", "type: text", "the type is `text`, was `integer`"),
        ("waiting_on: requester", "waiting_on: third_party", "who it waits on is `third_party`, was `requester`"),
        ("{ reply: hello }", "{ reply: hello, when: size > 1 }", "instead of `reply name: hello`"),
        ("requester.replied: second", "requester.replied: { guard: size > 1, target: second }", "the guard is"),
        ("initial: first", "initial: second", "the first state is `second`, was `first`"),
    ] {
        let told = told(BODY, &BODY.replacen(old, new, 1));
        assert!(told.iter().any(|line| line.contains(expected)), "{new}: {told:?}");
    }
}

#[test]
fn replies_and_other_files_are_compared_by_their_words() {
    let mut after = files(&[("x", BODY)]);
    let before = after.clone();
    after.insert("replies/hello.pt.md", "Caro {{ requester.name }}\n\nObrigado\n");
    after.insert("replies/bye.md", "Goodbye\n");
    after.insert("replies/bye.pt.md", "Adeus\n");
    let compiled = |files: &Files| crate::compile(files, &registry()).unwrap();
    let told: Vec<String> =
        changes((&compiled(&before), &before), (&compiled(&after), &after)).iter().map(Change::render).collect();
    assert_eq!(
        told,
        [
            "replies/bye.md:1:1: the reply `bye` is new",
            "replies/bye.pt.md:1:1: the reply `bye` in `pt` is new",
            "replies/hello.pt.md:2:1: the reply `hello` in `pt` says something else",
        ]
    );
}

#[test]
fn a_heading_of_a_reply_is_no_comment() {
    let mut before = files(&[("x", BODY)]);
    before.insert("replies/hello.md", "# Hello\n\nDear {{ requester.name }}\n");
    let mut after = before.clone();
    after.insert("replies/hello.md", "# Welcome\n\nDear {{ requester.name }}\n");
    let compiled = |files: &Files| crate::compile(files, &registry()).unwrap();
    let told = changes((&compiled(&before), &before), (&compiled(&after), &after));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].message, "the reply `hello` says something else");
}

#[test]
fn whatever_a_playbook_says_else_is_never_passed_over() {
    let (before, after) =
        (BODY.to_owned(), BODY.replace("{ label: Stop,", "{ label: Stop, ask: { why: { type: text } },"));
    assert_eq!(told(&before, &after).len(), 1);
}

#[test]
fn what_a_schedule_opens_and_for_whom_is_told_by_its_name() {
    let opened_by = |opening: &str| BODY.replace("[ hand ]", &format!("[ {{ {opening} }} ]"));
    assert_eq!(
        told(&opened_by("schedule: MO 09:00, key: month"), &opened_by("schedule: MO 09:00, key: year")),
        ["4: the opening `schedule MO 09:00`: the words of its key have `year` instead of `month`"]
    );
    assert_eq!(
        told(&opened_by("schedule: MO 09:00"), &opened_by("schedule: MO 09:00, before: 2 days")),
        ["4: the opening `schedule MO 09:00 before 2 days` is new", "0: the opening `schedule MO 09:00` is gone"]
    );
    let with = |condition: &str| {
        let mut files = files(&[("x", BODY)]);
        let text = format!("language: 1\nsegment: clients\nof: organization\nwhere: {condition}\n");
        files.insert("segments/clients.yaml", text);
        (crate::compile(&files, &registry()).unwrap(), files)
    };
    let (before, after) = (with("organization.plan == null"), with("organization.plan != null"));
    let changes = changes((&before.0, &before.1), (&after.0, &after.1));
    let told: Vec<_> = changes.iter().map(|change| (change.what, change.render())).collect();
    assert_eq!(told, [("segment", "segments/clients.yaml:4:1: the segment `clients` says something else".to_owned())]);
}
