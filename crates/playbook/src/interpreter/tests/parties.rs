//! People beside the requester, and whose turn it is to speak.

use super::*;

const CONFIRMING: &str = "opens: [ api ]\nparties: { confirmer: { of: organization, may: confirm-access } }\ninitial: asking\nstates:\n\
    \x20 asking:\n    waiting_on: confirmer\n    entry: [ { reply: { name: hello, to: confirmer } } ]\n    on: { confirmer.replied: talking }\n\
    \x20 talking:\n    waiting_on: turn\n    on: { reply.hello: { actions: [ { note: '{{ waiting_on }}' } ] }, requester.bounced: end }\n\
    \x20 end: { type: final }\n";

fn standing(step: &Step) -> (&str, &str) {
    (step.standing.waiting_on.as_str(), step.standing.status.as_str())
}

#[test]
fn a_state_waits_for_a_party_and_a_reply_goes_to_it() {
    let playbook = playbook(CONFIRMING);
    let begun = begin(&playbook, json!({}));
    assert_eq!(standing(&begun), ("confirmer", "pending"));
    assert_eq!(Value::Object(begun.effects[0].arguments.clone()), json!({"name": "hello", "to": "confirmer"}));
    let heard = step(&playbook, &begun.run, "confirmer.replied");
    assert_eq!((heard.run.state.as_str(), standing(&heard)), ("talking", ("us", "open")));
    assert_eq!(playbook.parties()["confirmer"].may.as_deref(), Some("confirm-access"));
}

#[test]
fn it_is_the_turn_of_whoever_was_spoken_to_last() {
    let playbook = playbook(CONFIRMING);
    let mut run = step(&playbook, &begin(&playbook, json!({})).run, "confirmer.replied").run;
    for (event, expected) in [
        (Event::new("agent.replied"), ("requester", "pending")),
        (Event::new("requester.replied"), ("us", "open")),
        (Event::new("reply.hello").with_data(json!({"to": "confirmer"})), ("confirmer", "pending")),
        (Event::new("confirmer.replied"), ("us", "open")),
        (Event::new("confirmer.written_to"), ("confirmer", "pending")),
        (Event::new("reply.hello"), ("requester", "pending")),
    ] {
        let next = step_at(&playbook, &run, &facts(), &event, hour(2));
        assert!(next.taken && next.trace.entered.is_empty(), "{}", event.name);
        assert_eq!(standing(&next), expected, "{}", event.name);
        assert_eq!(playbook.standing_now(&next.run).as_ref(), Some(&next.standing));
        run = next.run;
    }
    assert_eq!(playbook.standing("talking").unwrap().waiting_on, "us");
}

#[test]
fn what_changes_no_turn_is_not_taken_and_so_is_what_is_said_when_all_is_over() {
    let playbook = playbook(CONFIRMING);
    let talking = step(&playbook, &begin(&playbook, json!({})).run, "confirmer.replied").run;
    assert!(!step(&playbook, &talking, "requester.replied").taken);
    assert!(!step(&playbook, &talking, "nothing.known").taken);
    let over = step(&playbook, &talking, "requester.bounced");
    assert_eq!(over.standing.waiting_on, "nobody");
    assert!(!step(&playbook, &over.run, "agent.replied").taken);
}

#[test]
fn a_playbook_that_waits_on_nobodys_turn_keeps_none() {
    let playbook = playbook("opens: [ api ]\ninitial: a\nstates: { a: { on: { requester.replied: {} } } }\n");
    let run = begin(&playbook, json!({})).run;
    assert!(!step(&playbook, &run, "agent.replied").taken);
    assert_eq!(step(&playbook, &run, "requester.replied").run.memory.turn, None);
}
