//! What can be wrong with what choices ask and need, with checklists and with parties.

use super::*;

#[test]
fn what_a_choice_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[
        (
            "x",
            "opens: [ linked ]\ninitial: a\nstates:\n  a:\n    needs: relase\n    entry: [ { note: '{{ choice.raeson }}' } ]\n    choices:\n\
             \x20     one: { label: One, target: a, ask: { reason: { type: txt }, name: { type: text }, Not: {}, more: { type: text, required: perhaps, requird: true } } }\n\
             \x20     two: { label: Two, target: a, switch: y }\n      three: { label: Three, switch: x }\n      four: { label: Four, switch: z, needs: [ b ] }\n\
             \x20     five: { label: Five, switch: y }\n      six: { label: Six, ask: [ reason ], target: a }\n"
        ),
        ("y", "opens: [ hand ]\ninitial: a\nstates: { a: {} }\n"),
    ]));
}

#[test]
fn what_a_checklist_or_a_party_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[
        (
            "x",
            "opens: [ api ]\nlinks: { kid: child }\nparties: { confirmer: { of: organisation }, kid: { of: organization }, requester: {}, boss: { off: organization } }\n\
         checklists:\n  Bad: { title: Bad, items: [] }\n  empty: { titel: Empty }\n  list:\n    title: List\n    items:\n\
         \x20     - { id: a, label: A, evidence: [ photo ], from: confrimer }\n      - { id: a, label: A, required: yes, when: 'event.data == null' }\n      - { label: B, id: 'not one', wehn: 'true' }\n\
         initial: one\nstates:\n  one:\n    waiting_on: bos\n    on: { confirmer.repleid: one, bos.replied: one }\n    always: [ { guard: checklists.lits.done, target: one } ]\n\
         \x20   entry: [ { reply: { name: hello, to: bos } } ]\n"
        ),
        ("child", sample::CHILD)
    ]));
}

#[test]
fn parties_are_refused_where_the_desk_cannot_tell_them_from_the_requester() {
    let files = sample::files(&[(
        "x",
        "opens: [ api ]\nparties: { boss: { of: organization } }\ninitial: a\nstates: { a: {} }\n",
    )]);
    let findings = compile(&files, &Registry::new()).unwrap_err();
    assert!(findings.iter().any(|finding| finding.code == "later-key" && finding.place.line == 5), "{findings:?}");
}

#[test]
fn a_colleague_writes_to_a_party_and_to_nobody_else_by_an_event_of_its_own() {
    let body = |event: &str| {
        format!(
            "opens: [ api ]\nparties: {{ boss: {{ of: organization }} }}\nclocks: {{ yes: {{ start: boss.written_to, stop: boss.replied, within: 1 day, \
             breach: [ {{ note: late }} ] }} }}\ninitial: a\nstates:\n  a: {{ on: {{ {event}: b }} }}\n  b: {{ type: final }}\n"
        )
    };
    let found = |event: &str| {
        compile(&sample::files(&[("x", &body(event))]), &sample::registry())
            .err()
            .map(|findings| findings.into_iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    assert_eq!(found("boss.written_to"), None);
    for unknown in ["clerk.written_to", "requester.written_to", "boss.written"] {
        assert!(found(unknown).is_some(), "{unknown}");
    }
}

#[test]
fn a_word_that_an_argument_does_not_know_is_told_with_those_it_does() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api ]\ninitial: a\nstates:\n  a:\n    entry:\n      - reply: { name: hello, once_per: [ requester, dya ] }\n\
         \x20     - reply: { name: hello, once_per: day }\n      - reply: { name: hello, once_per: { day: 1 } }\n"
    )]));
}
