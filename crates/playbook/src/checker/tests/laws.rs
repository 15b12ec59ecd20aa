//! Whatever the interpreter does with a playbook is among what is explored.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::explore::Exploration;
use super::super::product::FIRST;
use super::*;
use crate::{Event, Playbook, Registry, Run, compile};

const TARGETS: [&str; 5] = ["p.s0", "p.s1", "s2", "s3", "p"];
const GUARDS: [&str; 7] = [
    "n == null",
    "n == 1",
    "n != null && n > 1",
    "m == 1 || n == 2",
    "!(n == 1)",
    "n in [1, 2]",
    "waiting_on == \"us\"",
];
const SETS: [&str; 5] =
    ["{ n: '1' }", "{ n: 'null' }", "{ n: 'n == null ? 1 : n + 1' }", "{ m: n }", "{ m: '1', n: '2' }"];
const SPANS: [&str; 5] = ["30m", "1h", "2h", "24h", "1 day"];

/// A transition: a guard, a target and an action, each perhaps.
fn transition() -> impl Strategy<Value = String> {
    let guard = prop::option::of(prop::sample::select(GUARDS.to_vec()));
    let target = prop::option::weighted(0.8, prop::sample::select([&TARGETS[..], &["end"]].concat()));
    let set = prop::option::of(prop::sample::select(SETS.to_vec()));
    (guard, target, set).prop_map(|(guard, target, set)| {
        let guard = guard.map(|guard| format!("guard: '{guard}'"));
        let target = target.map(|target| format!("target: {target}"));
        let set = set.map(|set| format!("actions: [ {{ set: {set} }} ]"));
        format!("{{ {} }}", [guard, target, set].into_iter().flatten().collect::<Vec<_>>().join(", "))
    })
}

/// The keys of a state. Its `always` leads on only, so that steps come to rest.
fn state(position: usize) -> impl Strategy<Value = String> {
    let on = prop::collection::btree_map(
        prop::sample::select(vec!["requester.replied", "agent.replied", "reply.hello"]),
        transition(),
        0..3,
    );
    let after = prop::collection::btree_map(prop::sample::select(SPANS.to_vec()), transition(), 0..3);
    let entry = prop::option::of(prop::sample::select(SETS.to_vec()));
    let always = prop::option::of((prop::sample::select(GUARDS.to_vec()), position + 1..5));
    let choice = prop::option::of(transition());
    let says = any::<bool>();
    (on, after, entry, always, choice, says).prop_map(|(on, after, entry, always, choice, says)| {
        let list = |map: std::collections::BTreeMap<&str, String>| {
            map.into_iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
        };
        let mut actions: Vec<String> = entry.into_iter().map(|set| format!("{{ set: {set} }}")).collect();
        actions.extend(says.then(|| "{ reply: hello }".to_owned()));
        let always = always.map(|(guard, next)| {
            let target = ["p.s0", "p.s1", "s2", "s3", "end"][next];
            format!("{{ guard: '{guard}', target: {target} }}")
        });
        let choice =
            choice.map(|choice| format!("c: {}", choice.replacen("{ ", "{ label: C, ", 1).replace(",  }", " }")));
        format!(
            "{{ on: {{ {} }}, after: {{ {} }}, entry: [ {} ], always: {}, choices: {{ {} }} }}",
            list(on),
            list(after),
            actions.join(", "),
            always.unwrap_or_else(|| "[ { guard: 'false', target: end } ]".to_owned()),
            choice.unwrap_or_default(),
        )
    })
}

/// A clock that answers by itself, perhaps again and again.
fn clock() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec!["ticket.opened", "requester.replied", "agent.replied", "choice.c"]);
    let stop = prop::sample::select(vec!["requester.replied", "agent.replied", "reply.hello", "choice.c"]);
    let while_ = prop::option::of(prop::sample::select(GUARDS.to_vec()));
    (start, stop, prop::sample::select(SPANS.to_vec()), any::<bool>(), while_).prop_map(|(start, stop, span, again, while_)| {
        let length = if again { "every" } else { "within" };
        let while_ = while_.map(|guard| format!("while: '{guard}', ")).unwrap_or_default();
        format!("clocks: {{ k: {{ start: {start}, stop: {stop}, {length}: {span}, {while_}breach: [ {{ reply: hello }} ] }} }}\n")
    })
}

fn bodies() -> impl Strategy<Value = String> {
    let around = prop::option::of((prop::sample::select(SPANS.to_vec()), transition()));
    let clock = prop::option::weighted(0.4, clock());
    (state(0), state(1), state(2), state(3), around, clock).prop_map(|(s0, s1, s2, s3, around, clock)| {
        let around = around.map(|(span, transition)| format!("after: {{ {span}: {transition} }}, ")).unwrap_or_default();
        let clock = clock.unwrap_or_default();
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer }}, m: {{ type: integer, default: 1 }} }}\n{clock}\
             reopen: {{ within: 2 days, target: s2 }}\ninitial: p\nstates:\n\
             \x20 p: {{ {around}initial: s0, states: {{ s0: {s0}, s1: {s1} }} }}\n  s2: {s2}\n  s3: {s3}\n  end: {{ type: final }}\n"
        )
    })
}

/// The state of a run and the timers that are set in it.
fn shape(run: &Run) -> (String, BTreeSet<(String, usize)>) {
    (run.state.clone(), run.timers.iter().map(|timer| (timer.state.clone(), timer.position as usize)).collect())
}

/// Everything that a desk may come to when these things happen, timers firing when they are due.
fn lived(playbook: &Playbook, given: &Value, story: &[(&'static str, i64)]) -> Vec<Run> {
    let facts = sample::facts();
    let mut now = sample::hour(0);
    let given = given.as_object().unwrap();
    let Ok(step) = playbook.begin(None, given, &facts, &Event::opened(), now) else { return Vec::new() };
    let mut runs = vec![];
    let Some(mut run) = settled(playbook, step, now) else { return runs };
    runs.push(run.clone());
    for (event, minutes) in story {
        let until = now + SignedDuration::from_mins(*minutes);
        while let Some(timer) = run.timers.first().filter(|timer| timer.due <= until).cloned() {
            now = timer.due;
            let Ok(step) = playbook.step(&run, &facts, &Event::timer(&timer), now) else { return runs };
            let Some(next) = settled(playbook, step, now) else { return runs };
            run = next;
            runs.push(run.clone());
        }
        now = until;
        let Ok(step) = playbook.step(&run, &facts, &Event::new(*event), now) else { continue };
        let Some(next) = settled(playbook, step, now) else { return runs };
        run = next;
        runs.push(run.clone());
    }
    runs
}

/// The run when the replies that a step sends were judged too; none when they go on without end.
fn settled(playbook: &Playbook, step: crate::Step, now: jiff::Timestamp) -> Option<Run> {
    let mut raised = step.effects.iter().filter(|effect| effect.action == "reply").count();
    let mut run = step.run;
    for _ in 0..10 {
        if raised == 0 {
            return Some(run);
        }
        raised -= 1;
        let step = playbook.step(&run, &sample::facts(), &Event::new("reply.hello"), now).ok()?;
        raised += step.effects.iter().filter(|effect| effect.action == "reply").count();
        run = step.run;
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_desk_does_was_explored(
        body in bodies(),
        n in prop::option::of(0_i64..3),
        story in prop::collection::vec(
            (prop::sample::select(vec!["requester.replied", "agent.replied", "choice.c"]), 0_i64..3_000), 0..12),
    ) {
        let files = sample::files(&[("x", &body)]);
        let registry: Registry = sample::registry();
        let Ok(handbook) = compile(&files, &registry) else { return Err(TestCaseError::reject("not a playbook")) };
        let playbook = &handbook.playbooks["x"];
        let exploration = Exploration::of(playbook, &handbook.playbooks, &|_| Vec::new(), false, 600);
        prop_assume!(exploration.complete);
        let explored: BTreeSet<(String, BTreeSet<(String, usize)>)> = exploration.nodes.iter().map(|node| {
            let ticket = &node.config.tickets[FIRST];
            // What belongs to no state belongs to the clock.
            let path = |state: usize| playbook.states.get(state).map_or("@k".to_owned(), |state| state.path.clone());
            (path(ticket.state.unwrap()), ticket.timers.iter().map(|(state, at)| (path(*state), *at)).collect())
        }).collect();
        for run in lived(playbook, &json!({ "n": n }), &story) {
            prop_assert!(explored.contains(&shape(&run)), "{:?} was not explored in\n{body}", shape(&run));
        }
    }
}
