//! Two linked playbooks made by chance: whatever their tickets do on a desk was explored, and what is said to end can be brought to
//! its end from wherever the tickets have come to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;
use serde_json::{Map, json};

use super::super::explore::{Exploration, Why};
use super::super::promises;
use super::linked::{Shape, SmallDesk};
use super::*;
use crate::{Event, compile};

/// What one side of the pair is made of.
struct Side {
    states: &'static [&'static str],
    end: &'static str,
    guards: &'static [&'static str],
    actions: &'static [&'static str],
    events: &'static [&'static str],
}

const OPENER: Side = Side {
    states: &["s0", "s1", "s2"],
    end: "end",
    guards: &[
        "n == null",
        "n == 1",
        "links.kid != null",
        "links.kid != null && links.kid.ended",
        "links.kid.state == \"t1\"",
        "links.kid.status == \"closed\"",
        "waiting_on == \"us\"",
    ],
    actions: &[
        "{ set: { n: '1' } }",
        "{ set: { n: 'n == null ? 1 : n + 1' } }",
        "{ reply: hello }",
        "{ when: 'links.kid == null || links.kid.ended', open: { as: kid, playbook: kid } }",
        "{ when: 'links.kid != null', send: { to: kid, event: c } }",
        "{ when: 'links.kid != null && n == 1', send: { to: kid, event: d } }",
    ],
    events: &["requester.replied", "agent.replied", "reply.hello", "kid.a", "kid.b"],
};

const KID: Side = Side {
    states: &["t0", "t1"],
    end: "done",
    guards: &["n == null", "n == 1", "opener.state == \"s1\"", "opener.ended"],
    actions: &[
        "{ set: { n: '1' } }",
        "{ reply: hello }",
        "{ send: { to: opener, event: a } }",
        "{ when: n == 1, send: { to: opener, event: b } }",
    ],
    events: &["agent.replied", "opener.c", "opener.d"],
};

const SPANS: [&str; 3] = ["30m", "2h", "1 day"];

fn transition(side: &'static Side) -> impl Strategy<Value = String> {
    let guard = prop::option::weighted(0.4, prop::sample::select(side.guards));
    let target = prop::option::weighted(0.8, prop::sample::select([side.states, &[side.end]].concat()));
    let action = prop::option::of(prop::sample::select(side.actions));
    (guard, target, action).prop_map(|(guard, target, action)| {
        let guard = guard.map(|guard| format!("guard: '{guard}'"));
        let target = target.map(|target| format!("target: {target}"));
        let action = action.map(|action| format!("actions: [ {action} ]"));
        format!("{{ {} }}", [guard, target, action].into_iter().flatten().collect::<Vec<_>>().join(", "))
    })
}

/// A state. Its `always` leads on only, so that steps come to rest.
fn state(side: &'static Side, position: usize) -> impl Strategy<Value = String> {
    let on = prop::collection::btree_map(prop::sample::select(side.events), transition(side), 0..3);
    let after = prop::option::of((prop::sample::select(SPANS.to_vec()), transition(side)));
    let entry = prop::collection::vec(prop::sample::select(side.actions), 0..2);
    let always = prop::option::weighted(0.3, (prop::sample::select(side.guards), position + 1..side.states.len() + 1));
    let choice = prop::option::weighted(0.4, transition(side));
    (on, after, entry, always, choice).prop_map(move |(on, after, entry, always, choice)| {
        let on: Vec<String> = on.into_iter().map(|(event, transition)| format!("{event}: {transition}")).collect();
        let after = after.map(|(span, transition)| format!("{span}: {transition}")).unwrap_or_default();
        let always = always.map(|(guard, next)| {
            format!("{{ guard: '{guard}', target: {} }}", side.states.get(next).unwrap_or(&side.end))
        });
        let choice =
            choice.map(|choice| format!("c: {}", choice.replacen("{ ", "{ label: C, ", 1).replace(",  }", " }")));
        format!(
            "{{ on: {{ {} }}, after: {{ {after} }}, entry: [ {} ], always: [ {} ], choices: {{ {} }} }}",
            on.join(", "),
            entry.join(", "),
            always.unwrap_or_else(|| format!("{{ guard: 'false', target: {} }}", side.end)),
            choice.unwrap_or_default(),
        )
    })
}

fn bodies() -> impl Strategy<Value = (String, String)> {
    let opener = (state(&OPENER, 0), state(&OPENER, 1), state(&OPENER, 2)).prop_map(|(s0, s1, s2)| {
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer }} }}\nlinks: {{ kid: kid }}\npromises: [ every ticket ends ]\n\
             initial: s0\nstates:\n  s0: {s0}\n  s1: {s1}\n  s2: {s2}\n  end: {{ type: final }}\n"
        )
    });
    let kid = (state(&KID, 0), state(&KID, 1)).prop_map(|(t0, t1)| {
        format!(
            "opens: [ linked ]\nfields: {{ n: {{ type: integer }} }}\nemits: [ a, b ]\nreceives: [ c, d ]\npromises: [ every ticket ends ]\n\
             initial: t0\nstates:\n  t0: {t0}\n  t1: {t1}\n  done: {{ type: final, on: {{ opener.d: t0 }} }}\n"
        )
    });
    (opener, kid)
}

/// What happens in a story: to which ticket, what, and how many minutes later.
fn stories() -> impl Strategy<Value = Vec<(&'static str, &'static str, i64)>> {
    let event = prop::sample::select(vec!["requester.replied", "agent.replied", "choice.c"]);
    prop::collection::vec((prop::sample::select(vec!["", "kid"]), event, 0_i64..2_000), 0..14)
}

/// Every settled moment of a story.
fn lived<'h>(desk: SmallDesk<'h>, story: &[(&'static str, &'static str, i64)]) -> Vec<SmallDesk<'h>> {
    let (mut desk, mut seen) = (desk, Vec::new());
    seen.push(desk.clone());
    for (ticket, event, minutes) in story {
        if desk.pass(*minutes, |desk| seen.push(desk.clone())).is_err()
            || desk.happens(ticket, &Event::new(*event)).is_err()
        {
            break;
        }
        seen.push(desk.clone());
    }
    seen
}

/// How many moments are looked at before it is left open whether a ticket can end.
const LOOKED_AT: usize = 150;

/// Whether colleagues and timers can bring a ticket to its end from here, tried in every way; `None` when there are too many.
fn can_end(from: &SmallDesk<'_>, name: &str) -> Option<bool> {
    let mut open = VecDeque::from([from.clone()]);
    let mut known = BTreeSet::from([from.key()]);
    while let Some(desk) = open.pop_front() {
        if desk.is_over(name) {
            return Some(true);
        }
        if known.len() > LOOKED_AT {
            return None;
        }
        let mut next = Vec::new();
        let mut timed = desk.clone();
        match timed.fires(None) {
            Ok(true) => next.push(timed),
            Ok(false) => {}
            Err(_) => return None,
        }
        for ticket in desk.names() {
            for event in ["agent.replied", "choice.c"] {
                // Whoever chooses can correct the fields before.
                for n in [None, Some(json!(null)), Some(json!(1)), Some(json!(2))] {
                    let mut other = desk.clone();
                    if let Some(n) = n {
                        other.fill_in(&ticket, &Map::from_iter([("n".to_owned(), n)]));
                    }
                    if other.happens(&ticket, &Event::new(event)).is_err() {
                        return None;
                    }
                    next.push(other);
                }
            }
        }
        open.extend(next.into_iter().filter(|desk| known.insert(desk.key())));
    }
    Some(false)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_two_linked_tickets_do_was_explored_and_what_is_said_to_end_can(
        (opener, kid) in bodies(),
        n in prop::option::of(0_i64..3),
        backwards: bool,
        story in stories(),
    ) {
        let files = sample::files(&[("x", &opener), ("kid", &kid)]);
        let Ok(handbook) = compile(&files, &sample::registry()) else { return Err(TestCaseError::reject("no handbook")) };
        let exploration = Exploration::of(&handbook.playbooks["x"], &handbook.playbooks, &|_| Vec::new(), false, 800);
        // What piles up is told, and left out.
        let piles = exploration.falls.iter().any(|fall| matches!(fall.why, Why::Piled(..)));
        prop_assume!(exploration.complete && !piles);
        let explored: BTreeSet<BTreeMap<String, Shape>> = exploration.nodes.iter().map(|node| {
            node.config.tickets.iter().map(|(name, ticket)| {
                let playbook = &handbook.playbooks[&ticket.playbook];
                let path = |state: usize| playbook.states[state].path.clone();
                let timers = ticket.timers.iter().map(|(state, at)| (path(*state), *at)).collect();
                (name.clone(), ticket.state.map(|state| (path(state), timers)))
            }).collect()
        }).collect();
        let mut broken = Vec::new();
        promises::broken(&exploration, &mut broken);

        let Ok(desk) = SmallDesk::open(&handbook, &json!({ "n": n }), backwards) else { return Ok(()) };
        let moments = lived(desk, &story);
        for desk in &moments {
            prop_assert!(explored.contains(&desk.shapes()), "{:?} was not explored in\n{opener}\n{kid}", desk.shapes());
        }
        let last = moments.last().ok_or_else(|| TestCaseError::fail("a story has a beginning"))?;
        for name in last.names() {
            let of_it = if name.is_empty() { "playbooks/x.yaml" } else { "playbooks/kid.yaml" };
            if broken.iter().all(|finding| *finding.place.file != *of_it) {
                prop_assert!(can_end(last, &name) != Some(false), "{name:?} cannot end from {}in\n{opener}\n{kid}", last.key());
            }
        }
    }
}

/// The law is about something: of such pairs enough are kept and enough are broken.
#[test]
fn pairs_by_chance_keep_and_break_their_promise() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut kept, mut broken) = (0, 0);
    for _ in 0..30 {
        let (opener, kid) = bodies().new_tree(&mut runner).unwrap().current();
        let findings = found_in(&opener, &[("kid", &kid)]);
        if findings.iter().any(|finding| finding.code == "broken-promise") {
            broken += 1;
        } else {
            kept += 1;
        }
    }
    assert!(kept > 3 && broken > 3, "{kept} kept, {broken} broken");
}
