//! What must be checked before a choice can be made.

use super::*;
use crate::{Evidence, EvidenceKind, ItemCheck};

const RELEASE: &str = "opens: [ api ]\nfields: { large: { type: boolean, default: false } }\nchecklists:\n\
    \x20 release:\n    title: Before the release\n    items:\n      - { id: tested, label: Tried it out }\n\
    \x20     - { id: agreed, label: The client agrees, evidence: [ message, link ], from: requester }\n\
    \x20     - { id: counted, label: Counted, when: large }\n      - { id: told, label: Told sales, required: false }\n\
    \x20 other: { title: Other, items: [ { id: x, label: X, when: 'assignee.name == \"Bo\"' } ] }\n\
    initial: a\nstates:\n  a:\n    needs: other\n    choices:\n      go: { label: Go, needs: [ release, other ], target: b }\n\
    \x20   on: { agent.replied: [ { guard: checklists.release.done, target: b }, { actions: [ { note: '{{ checklists.release.left }}' } ] } ] }\n\
    \x20 b: {}\n";

fn check(playbook: &Playbook, run: &Run, item: &str, evidence: Option<(EvidenceKind, &str)>) -> Result<Run, String> {
    let (checklist, item) = item.split_once('.').unwrap();
    let evidence = evidence.map(|(kind, value)| Evidence { kind, value: value.to_owned() });
    let check = ItemCheck { checklist: checklist.into(), item: item.into(), by: json!({"name": "Ana"}), evidence };
    playbook.check_item(run, &facts(), &check, hour(1)).map_err(|fault| fault.code)
}

fn all_checked(playbook: &Playbook, run: &Run) -> Run {
    let run = check(playbook, run, "release.tested", None).unwrap();
    let run = check(playbook, &run, "release.agreed", Some((EvidenceKind::Link, "https://acme.example/yes"))).unwrap();
    check(playbook, &run, "other.x", None).unwrap()
}

#[test]
fn a_choice_waits_for_the_required_items_that_apply() {
    let playbook = playbook(RELEASE);
    let run = begin(&playbook, json!({})).run;
    let held_back = |run: &Run| {
        let view = playbook.choices(run, &facts(), hour(1)).unwrap().remove(0);
        let items = view.unchecked.iter().map(|item| format!("{}.{}", item.checklist, item.item));
        (view.available, items.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(held_back(&run), (false, "release.tested release.agreed other.x".to_owned()));
    let fault = playbook.step(&run, &facts(), &Event::choice("go", Map::new()), hour(1)).unwrap_err();
    assert_eq!(fault.code, "choice-incomplete");
    assert_eq!(fault.message, "“Go” needs “Tried it out” checked, “The client agrees” checked, “X” checked first");
    let done = all_checked(&playbook, &run);
    assert_eq!(held_back(&done), (true, String::new()));
    let gone = playbook.step(&done, &facts(), &Event::choice("go", Map::new()), hour(2)).unwrap();
    assert_eq!(gone.run.state, "b");
}

#[test]
fn an_item_that_comes_to_apply_opens_its_checklist_again() {
    let playbook = playbook(RELEASE);
    let done = all_checked(&playbook, &begin(&playbook, json!({})).run);
    let large = playbook.set_fields(&done, json!({"large": true}).as_object().unwrap()).unwrap();
    let views = playbook.checklists(&large, &facts(), hour(2)).unwrap();
    assert_eq!((views[0].done, views[0].needed, views[0].items.len()), (false, true, 4));
    assert_eq!(check(&playbook, &done, "release.counted", None), Err("item-not-needed".into()));
}

#[test]
fn guards_and_texts_read_whether_a_checklist_is_done() {
    let playbook = playbook(RELEASE);
    let run = begin(&playbook, json!({})).run;
    assert_eq!(notes(&step(&playbook, &run, "agent.replied").effects), ["2"]);
    let done = all_checked(&playbook, &run);
    assert_eq!(step(&playbook, &done, "agent.replied").run.state, "b");
}

#[test]
fn evidence_of_the_right_kind_is_kept_with_who_and_when() {
    let playbook = playbook(RELEASE);
    let run = begin(&playbook, json!({})).run;
    for evidence in [None, Some((EvidenceKind::Text, "yes")), Some((EvidenceKind::Link, " "))] {
        assert_eq!(check(&playbook, &run, "release.agreed", evidence), Err("evidence-missing".into()));
    }
    let checked = check(&playbook, &run, "release.agreed", Some((EvidenceKind::Message, "17"))).unwrap();
    let views = playbook.checklists(&checked, &facts(), hour(2)).unwrap();
    let item = serde_json::to_value(&views[0].items[1]).unwrap();
    assert_eq!(item["evidence"], json!(["message", "link"]));
    assert_eq!(item["checked"]["evidence"], json!({"kind": "message", "value": "17"}));
    assert_eq!((item["checked"]["by"]["name"].clone(), item["checked"]["at"].clone()), (json!("Ana"), json!(hour(1))));
    assert_eq!(checked.step, run.step);
    let stored: Run = serde_json::from_str(&serde_json::to_string(&checked).unwrap()).unwrap();
    assert_eq!(stored, checked);
}

#[test]
fn a_check_can_be_taken_back_and_an_unknown_item_is_told() {
    let playbook = playbook(RELEASE);
    let run = begin(&playbook, json!({})).run;
    let checked = check(&playbook, &run, "release.tested", None).unwrap();
    assert_eq!(playbook.uncheck_item(&checked, "release", "tested").unwrap(), run);
    assert_eq!(check(&playbook, &run, "release.tsted", None), Err("item-unknown".into()));
    let fault = playbook.uncheck_item(&run, "relase", "tested").unwrap_err();
    assert_eq!(fault.help.as_deref(), Some("did you mean `release`?"));
}
