//! What holds whatever happens, on the project's own playbooks.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::{Handbook, compile, sample};

static HANDBOOK: LazyLock<Handbook> = LazyLock::new(|| {
    let mut files = sample::default_handbook();
    files.insert("playbooks/busy.yaml", BUSY);
    compile(&files, &sample::registry()).unwrap()
});

/// A playbook with everything that can go round: nested states, timers, guards on what was set.
const BUSY: &str = "language: 1\nplaybook: busy\ntitle: Busy\nopens: [ hand ]\nfields: { n: { type: integer, default: 0 } }\ninitial: p\n\
    clocks: { hear: { start: [ ticket.opened, requester.replied ], stop: agent.replied, every: 30h, while: n < 9, warn: { before: 2h, actions: [ { note: soon } ] }, breach: [ { set: { n: n } } ] } }\nstates:\n\
    \x20 p:\n    initial: a\n    after: { 3 days: end, 5h: { actions: [ { set: { n: n + 1 } } ] } }\n    choices: { stop: { label: Stop, guard: n > 2, target: end } }\n\
    \x20   on: { requester.bounced: p, agent.replied: { guard: n > 1, target: q } }\n    states:\n\
    \x20     a: { entry: [ { set: { n: n + 1 } } ], on: { requester.replied: b }, after: { 2h: [ { max: 2, target: a }, b ] },\n\
    \x20         every: [ { at: 16:00, late_until: 23:00, target: a, actions: [ { set: { n: n } } ] }, { at: 'TU,FR 09:30', actions: [ { set: { n: n + 1 } } ] } ] }\n\
    \x20     b: { on: { requester.replied: [ { guard: n < 4, target: a }, { target: q.c } ] }, after: { 1 day: a }, at: [ { time: now, max: 1, target: b }, { time: 'null', target: end } ] }\n\
    \x20 q: { initial: c, states: { c: { after: { 90s: d } }, d: { on: { requester.replied: p.b }, always: [ { guard: n > 3, target: end } ] } } }\n\
    \x20 end: { type: final, on: { requester.replied: p } }\n";

/// What is thrown at a run: one of these names, or the timer at a position, after so many hours.
#[derive(Clone, Debug)]
enum Throw {
    Event(&'static str),
    Timer(usize),
}

fn throws() -> impl Strategy<Value = Vec<(Throw, i64)>> {
    let names = prop::sample::select(vec![
        "requester.replied",
        "agent.replied",
        "requester.bounced",
        "reply.request-fulfilled",
        "config.published",
        "opener.edits",
        "choice.checked",
        "choice.stop",
        "choice.configured",
        "choice.published",
        "choice.settled",
        "choice.again",
        "choice.solve",
        "choice.close",
        "choice.reopen",
        "nothing.known",
    ]);
    let throw = prop_oneof![3 => names.prop_map(Throw::Event), 2 => (0_usize..4).prop_map(Throw::Timer)];
    prop::collection::vec((throw, 0_i64..60), 0..25)
}

fn playbooks() -> impl Strategy<Value = Arc<Playbook>> {
    prop::sample::select(HANDBOOK.playbooks.values().cloned().collect::<Vec<_>>())
}

fn throw_at(run: &Run, throw: &Throw) -> Event {
    match throw {
        Throw::Event(name) => Event::new(*name).with_message(json!({"text": "words", "subject": "s"})),
        Throw::Timer(position) => match run.timers.get(*position) {
            Some(timer) => Event::timer(timer),
            None => Event::new("after"),
        },
    }
}

fn assert_well_formed(playbook: &Playbook, run: &Run) {
    let outline = playbook.outline();
    let below = format!("{}.", run.state);
    assert!(outline.iter().any(|state| state.path == run.state), "{} is no state", run.state);
    assert!(!outline.iter().any(|state| state.path.starts_with(&below)), "{} has states of its own", run.state);
    for timer in &run.timers {
        let active = timer.state.starts_with('@') && !run.is_over()
            || run.state == timer.state
            || run.state.starts_with(&format!("{}.", timer.state));
        assert!(active, "the timer of {} is set in {}", timer.state, run.state);
        assert!(timer.due >= timer.started);
    }
    assert!(run.timers.is_sorted_by_key(|timer| timer.due));
    assert_eq!(run.is_over(), playbook.standing(&run.state).unwrap().is_final);
    assert_eq!(run.fields.keys().collect::<Vec<_>>(), playbook.fields().keys().collect::<Vec<_>>());
    for (name, value) in &run.fields {
        assert_eq!(playbook.fields()[name].accept(value).as_ref(), Ok(value), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_thrown_at_it_a_run_stays_well_formed(playbook in playbooks(), story in throws()) {
        let mut run = begin(&playbook, json!({})).run;
        let mut now = hour(0);
        assert_well_formed(&playbook, &run);
        for (throw, hours) in story {
            now += jiff::SignedDuration::from_hours(hours);
            let event = throw_at(&run, &throw);
            match playbook.step(&run, &facts(), &event, now) {
                Ok(step) => {
                    prop_assert_eq!(step.run.step, run.step + u64::from(step.taken));
                    if !step.taken {
                        prop_assert_eq!(&step.run, &run);
                        prop_assert!(step.effects.is_empty());
                    }
                    prop_assert_eq!(&step.standing.state, &step.run.state);
                    run = step.run;
                }
                Err(fault) => prop_assert!(fault.code.starts_with("choice-"), "{}", fault),
            }
            assert_well_formed(&playbook, &run);
        }
    }

    #[test]
    fn a_step_taken_twice_is_the_same_and_a_run_survives_being_stored(playbook in playbooks(), story in throws()) {
        let mut run = begin(&playbook, json!({})).run;
        let mut now = hour(0);
        for (throw, hours) in story {
            now += jiff::SignedDuration::from_hours(hours);
            let stored: Run = serde_json::from_str(&serde_json::to_string(&run).unwrap()).unwrap();
            prop_assert_eq!(&stored, &run);
            let event = throw_at(&run, &throw);
            let (first, second) = (playbook.step(&run, &facts(), &event, now), playbook.step(&stored, &facts(), &event, now));
            prop_assert_eq!(&first, &second);
            if let Ok(step) = first {
                prop_assert_eq!(playbook.takes(&run, &facts(), &event, now), Ok(step.taken));
                run = step.run;
            }
        }
    }

    #[test]
    fn a_listed_choice_that_is_available_can_be_made_and_no_other(playbook in playbooks(), story in throws()) {
        let mut run = begin(&playbook, json!({})).run;
        let mut now = hour(0);
        for (throw, hours) in story {
            now += jiff::SignedDuration::from_hours(hours);
            if let Ok(step) = playbook.step(&run, &facts(), &throw_at(&run, &throw), now) {
                run = step.run;
            }
            let views = playbook.choices(&run, &facts(), now).unwrap();
            for name in ["checked", "stop", "configured", "published", "solve", "again", "nothing"] {
                let offered = views.iter().any(|view| view.name == name && view.available);
                let made = playbook.step(&run, &facts(), &Event::choice(name, Map::new()), now);
                prop_assert_eq!(made.is_ok(), offered, "{} in {}", name, run.state);
            }
        }
    }
}
