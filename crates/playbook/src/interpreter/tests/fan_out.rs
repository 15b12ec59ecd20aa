//! Several linked tickets under one alias.

use super::*;

const MANY: &str = "opens: [ api ]\nfields: { products: { type: list, of: text } }\nlinks: { kid: child }\ninitial: a\nstates:\n\
    \x20 a:\n    on:\n      agent.replied: { actions: [ { open: { as: kid, playbook: child, each: products, fields: { size: size(each) }, note: each } }, { when: links.kid != null, note: '{{ links.kid.count }} {{ links.kid.live_keys | join(\",\") }}' } ] }\n\
    \x20     requester.replied: { actions: [ { open: { as: kid, playbook: child, each: organization.instances, key: [ each.name, each.number ], fields: { size: each.number } } } ] }\n\
    \x20     kid.finished: { actions: [ { note: '{{ event.key }}' } ] }\n      kid.all_ended: b\n\
    \x20   always: [ { guard: links.kid.count == 9 && links.kid.all_ended, target: b } ]\n  b: {}\n";

fn opened(step: &Step) -> Vec<Value> {
    let open = step.effects.iter().filter(|effect| effect.action == "open");
    open.map(|effect| Value::Object(effect.arguments.clone())).collect()
}

fn run(products: &[&str]) -> (Playbook, Run) {
    let playbook = playbook(MANY);
    let run = begin(&playbook, json!({ "products": products })).run;
    (playbook, run)
}

#[test]
fn each_member_of_a_list_opens_a_ticket_that_its_key_tells_apart() {
    let (playbook, run) = run(&["press", "saw", "press"]);
    let step = step(&playbook, &run, "agent.replied");
    let ticket = |key: &str, size: usize| json!({"as": "kid", "playbook": "child", "key": key, "fields": {"size": size}, "note": key});
    assert_eq!(opened(&step), [ticket("press", 5), ticket("saw", 3)]);
    assert_eq!(notes(&step.effects), ["2 press,saw"]);
}

#[test]
fn a_key_may_be_of_several_parts() {
    let (playbook, run) = run(&[]);
    let instances = json!([{"name": "eu", "number": 1}, {"name": "eu", "number": 2}]);
    let facts = facts().with("organization", json!({"name": "Acme", "plan": null, "instances": instances}));
    let step = step_at(&playbook, &run, &facts, &Event::new("requester.replied"), hour(1));
    let keys: Vec<Value> = opened(&step).iter().map(|open| open["key"].clone()).collect();
    assert_eq!(keys, [json!("eu/1"), json!("eu/2")]);
    let nameless = facts.with("organization", json!({"instances": [{"name": null, "number": 1}]}));
    let fault = playbook.step(&run, &nameless, &Event::new("requester.replied"), hour(1)).unwrap_err();
    assert_eq!(fault.code, "bad-key");
}

#[test]
fn an_empty_list_opens_nothing_and_what_is_no_list_is_a_fault() {
    let (playbook, run) = run(&[]);
    assert_eq!(opened(&step(&playbook, &run, "agent.replied")), Vec::<Value>::new());
    let facts = facts().with("organization", json!({"instances": "eu"}));
    let fault = playbook.step(&run, &facts, &Event::new("requester.replied"), hour(1)).unwrap_err();
    assert_eq!(
        (fault.code.as_str(), fault.message.as_str()),
        ("wrong-type", "`organization.instances` gives \"eu\", where a list was to be gone through")
    );
}

#[test]
fn a_ticket_that_is_live_is_not_opened_again_and_one_that_has_ended_is() {
    let (playbook, run) = run(&["press", "saw"]);
    let link = json!({"state": "todo", "ended": false, "count": 2, "ended_count": 1, "all_ended": false, "live_keys": ["saw"]});
    let facts = facts().with("links", json!({ "kid": link }));
    let step = step_at(&playbook, &run, &facts, &Event::new("agent.replied"), hour(1));
    assert_eq!(opened(&step).iter().map(|open| open["key"].clone()).collect::<Vec<_>>(), ["press"]);
    assert_eq!(notes(&step.effects), ["3 saw,press"]);
}

#[test]
fn events_of_many_tell_which_and_when_all_have_ended() {
    let (playbook, run) = run(&["press"]);
    let finished = step_at(&playbook, &run, &facts(), &Event::new("kid.finished").with_key("press"), hour(1));
    assert_eq!(notes(&finished.effects), ["press"]);
    assert_eq!(step(&playbook, &run, "kid.all_ended").run.state, "b");
}

#[test]
fn a_single_linked_ticket_counts_as_one() {
    let (playbook, run) = run(&[]);
    let facts = facts()
        .with("links", json!({"kid": {"number": 3, "state": "todo", "status": "open", "subject": "", "ended": true}}));
    let values = playbook.values(&run, &facts, None, hour(1));
    let kid = &values["links"]["kid"];
    assert_eq!((&kid["count"], &kid["ended_count"], &kid["all_ended"]), (&json!(1), &json!(1), &json!(true)));
}

#[test]
fn a_send_to_one_of_many_names_it_by_the_key_it_was_opened_with() {
    let sending = MANY.replace(
        "kid.all_ended: b\n",
        "kid.all_ended: b\n      requester.bounced: { actions: [ { send: { to: kid, event: again, key: [ event.data.site, 2 ] } }, { send: { to: kid, event: again } } ] }\n",
    );
    let playbook = playbook(&sending);
    let run = begin(&playbook, json!({})).run;
    let bounced = |site: Value| Event::new("requester.bounced").with_data(json!({ "site": site }));
    let step = step_at(&playbook, &run, &facts(), &bounced(json!("eu")), hour(1));
    let keys: Vec<Option<&Value>> = step.effects.iter().map(|effect| effect.arguments.get("key")).collect();
    assert_eq!(keys, [Some(&json!("eu/2")), None]);
    assert_eq!(playbook.step(&run, &facts(), &bounced(Value::Null), hour(1)).unwrap_err().code, "bad-key");
    assert!(playbook.listens_to("kid.all_ended") && !playbook.listens_to("kid.started"));
}
