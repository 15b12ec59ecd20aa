//! Faults in playbooks.

use super::{Case, case, file};

/// A sound playbook with more in its head and in its first state.
pub(super) fn body(head: &str, state: &str) -> String {
    format!(
        "opens: [ api ]\n{head}initial: a\nstates:\n  a: {{ {state} choices: {{ go: {{ label: Go, target: end }} }} }}\n  end: {{ type: final }}\n"
    )
}

/// A calendar.
pub(super) fn calendar(name: &str, hours: &str, more: &str) -> String {
    format!("language: 1\ncalendar: {name}\nzone: Europe/Lisbon\nhours: {{ {hours} }}\n{more}")
}

fn playbook(name: &str, body: &str) -> Vec<(String, String)> {
    file(&format!("playbooks/{name}.yaml"), &format!("language: 1\nplaybook: {name}\ntitle: Test\n{body}"))
}

/// Two bodies of the same playbook.
pub(super) fn bodies(code: &'static str, bad: &str, good: &str) -> Case {
    case(code, playbook("x", bad), playbook("x", good))
}

fn in_head(code: &'static str, bad: &str, good: &str) -> Case {
    bodies(code, &body(bad, ""), &body(good, ""))
}

fn in_state(code: &'static str, bad: &str, good: &str) -> Case {
    bodies(code, &body("", bad), &body("", good))
}

/// A playbook that opens `kid`, and two bodies of that.
fn linked(code: &'static str, opener: &str, bad: &str, good: &str) -> Case {
    let with = |kid: &str| [playbook("x", opener), playbook("kid", kid)].concat();
    case(code, with(bad), with(good))
}

const OPENS: &str = "opens: [ api ]\nlinks: { kid: kid }\ninitial: a\nstates:\n\
    \x20 a: { entry: [ { open: { as: kid, playbook: kid } } ], on: { kid.made: end }, choices: { go: { label: Go, actions: [ { send: { to: kid, event: more } } ] }, stop: { label: Stop, target: end } } }\n\
    \x20 end: { type: final, on: { kid.made: {} } }\n";

/// What `OPENS` opens.
fn kid(opens: &str, todo: &str) -> String {
    format!(
        "opens: [ {opens} ]\nemits: [ made ]\nreceives: [ more ]\ninitial: todo\nstates:\n\
         \x20 todo: {{ {todo} choices: {{ make: {{ label: Make, target: done, actions: [ {{ send: {{ to: opener, event: made }} }} ] }} }} }}\n\
         \x20 done: {{ type: final, on: {{ opener.more: {{}} }} }}\n"
    )
}

/// Four events that a colleague may send in any order, and what a linked playbook does with them while it is at work.
fn piled(bad: &str, good: &str) -> Case {
    let send =
        |event: &str| format!("{event}: {{ label: Go, actions: [ {{ send: {{ to: kid, event: {event} }} }} ] }}");
    let opener = format!(
        "opens: [ api ]\nlinks: {{ kid: kid }}\ninitial: a\nstates:\n  a:\n    entry: [ {{ open: {{ as: kid, playbook: kid }} }} ]\n\
         \x20   choices: {{ {}, stop: {{ label: Stop, target: end }} }}\n  end: {{ type: final }}\n",
        ["one", "two", "three", "four"].map(send).join(", ")
    );
    let kid = |todo: &str| {
        format!(
            "opens: [ linked ]\nreceives: [ one, two, three, four ]\ninitial: todo\nstates:\n\
             \x20 todo: {{ {todo} choices: {{ go: {{ label: Go, target: done }} }} }}\n\
             \x20 done: {{ type: final, on: {{ opener.one: {{}}, opener.two: {{}}, opener.three: {{}}, opener.four: {{}} }} }}\n"
        )
    };
    linked("events-pile-up", &opener, &kid(bad), &kid(good))
}

const TAKES: &str = "on: { opener.more: {} },";

/// What only the paths show.
pub(super) fn of_paths() -> Vec<Case> {
    let asked = |after: &str| {
        format!(
            "opens: [ api ]\npromises: [ every ticket ends ]\ninitial: a\nstates:\n\
             \x20 a: {{ waiting_on: requester, on: {{ requester.replied: end }}, after: {{ 2 days: {after} }} }}\n  end: {{ type: final }}\n"
        )
    };
    let wait = |after: &str| {
        format!(
            "opens: [ api ]\ninitial: a\nstates:\n\
             \x20 a: {{ waiting_on: requester, on: {{ requester.replied: end }} {after} }}\n  end: {{ type: final }}\n"
        )
    };
    let two = |a: &str, b: &str| {
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer, default: 0 }} }}\ninitial: a\nstates:\n  a: {{ {a} }}\n  b: {{ {b} }}\n  end: {{ type: final }}\n"
        )
    };
    const GO: &str = "choices: { go: { label: Go, target: end } }";
    const ON: &str = "choices: { go: { label: Go, target: b } }";
    let many = |count: usize| {
        let when = |n: usize| format!("{{ when: 'size(requester.name) > {n}', set: {{ n: n + {n} }} }}");
        let entry: Vec<String> = (0..count).map(when).collect();
        two(&format!("entry: [ {} ], {ON}", entry.join(", ")), GO)
    };
    vec![
        bodies("broken-promise", &asked("{ actions: [ { reply: hello } ] }"), &asked("end")),
        bodies("dead-end", &two(ON, "choices: { on: { label: On, target: b } }"), &two(ON, GO)),
        bodies(
            "endless-always",
            &two(
                "always: [ { guard: n == 0, target: b } ]",
                "always: [ { guard: n != 1, target: a } ], choices: { go: { label: Go, target: end } }",
            ),
            &two(
                "always: [ { guard: n == 0, target: b } ], choices: { go: { label: Go, target: end } }",
                "entry: [ { set: { n: '1' } } ], always: [ { guard: n == 1, target: a } ]",
            ),
        ),
        bodies("endless-wait", &wait(""), &wait(", after: { 5 days: end }")),
        piled("title: To do,", "on: { opener.one: {}, opener.two: {}, opener.three: {}, opener.four: {} },"),
        in_state(
            "never-reached",
            "on: { agent.replied: [ { guard: assignee == null, target: a }, { guard: assignee == null, target: end } ] },",
            "on: { agent.replied: [ { guard: assignee == null, target: a }, { guard: assignee != null, target: end } ] },",
        ),
        in_state("never-sent", "on: { reply.hello: end },", "entry: [ { reply: hello } ], on: { reply.hello: end },"),
        linked(
            "never-taken",
            OPENS,
            &kid("linked", "").replace(", on: { opener.more: {} }", ""),
            &kid("linked", TAKES),
        ),
        bodies("too-many-paths", &many(12), &many(3)),
        bodies("unreachable-state", &two(GO, GO), &two(ON, GO)),
    ]
}

const LINKED: &str = "opens: [ linked ]\ninitial: a\nstates:\n  a: { choices: { go: { label: Go, target: end } } }\n  end: { type: final }\n";

fn opens(head: &str, entry: &str) -> String {
    body(head, &format!("entry: [ {entry} ],"))
}

fn note(on: &str) -> String {
    let entry = format!("{{ open: {{ as: kid, playbook: kid }} }}, {{ note: {{ text: Hi, on: {on} }} }}");
    opens("links: { kid: kid }\n", &entry)
}

fn fields(names: &str) -> String {
    body(&format!("fields: {{ {names} }}\n"), "entry: [ { set: { n: '1' } } ],")
}

fn afters(count: usize) -> String {
    let after: Vec<String> =
        (1..=count).map(|hours| format!("{hours}h: {{ actions: [ {{ tell: Late }} ] }}")).collect();
    format!("after: {{ {} }},", after.join(", "))
}

fn lookup(connection: &str) -> String {
    format!(
        "lookup: {{ as: person, in: {connection}, query: who, with: {{ b: requester.email }} }}, on: {{ person.found: end }},"
    )
}

const PAUSES_FOR: &str = "clocks: { c: { start: ticket.opened, stop: agent.replied, within: 1h, pause: { waiting_on: PARTY }, breach: [ { tell: Late } ] } }\n";

fn opening(opening: &str) -> String {
    body("fields: { n: { type: integer } }\n", "").replace("[ api ]", &format!("[ {opening} ]"))
}

/// What reading a playbook shows.
pub(super) fn of_reading() -> Vec<Case> {
    [bad_to_missing(), missing_to_unknown(), unknown_to_yaml()].into_iter().flatten().collect()
}

fn bad_to_missing() -> Vec<Case> {
    vec![
        in_state(
            "bad-expression",
            "on: { agent.replied: { guard: 'assignee ==', target: end } },",
            "on: { agent.replied: { guard: assignee == null, target: end } },",
        ),
        bodies("bad-final", &body("", "").replace("type: final", "type: final, after: { 1h: a }"), &body("", "")),
        bodies("bad-key", &(body("", "") + "{ a: b }: c\n"), &body("'team': support\n", "")),
        in_head("bad-name", "fields: { 1st: { type: text } }\n", "fields: { first: { type: text } }\n"),
        in_head("bad-promise", "promises: [ every ticket begins ]\n", "promises: [ every ticket ends ]\n"),
        in_state(
            "bad-schedule",
            "every: [ { at: XX 16:00, actions: [ { tell: Now } ] } ],",
            "every: [ { at: MO 16:00, actions: [ { tell: Now } ] } ],",
        ),
        in_state("bad-span", "after: { 2 moons: end },", "after: { 2 days: end },"),
        in_state(
            "bad-text",
            "entry: [ { note: '{{ requester.name' } ],",
            "entry: [ { note: '{{ requester.name }}' } ],",
        ),
        bodies("bad-yaml", "opens: [ api\n", &body("", "")),
        in_head("duplicate-key", "team: support\nteam: support\n", "team: support\n"),
        bodies(
            "idle-choice",
            &body("", "").replace("choices: { go", "choices: { idle: { label: Idle }, go"),
            &body("", "").replace("choices: { go", "choices: { idle: { label: Idle, actions: [ { tell: Idle } ] }, go"),
        ),
        in_state("later-key", "entry: [ { escalate: first-line } ],", "entry: [ { tell: Somebody } ],"),
        in_head(
            "missing-key",
            "clocks: { c: { start: ticket.opened, stop: agent.replied, within: 1h } }\n",
            "clocks: { c: { start: ticket.opened, stop: agent.replied, within: 1h, breach: [ { tell: Late } ] } }\n",
        ),
        in_head(
            "clock-never-runs",
            "clocks: { c: { start: ticket.opened, stop: agent.replied, within: 1h, pause: { waiting_on: us }, breach: [ { tell: Late } ] } }\n",
            "clocks: { c: { start: ticket.opened, stop: agent.replied, within: 1h, breach: [ { tell: Late } ] } }\n",
        ),
        bodies(
            "pause-never-comes",
            &body(PAUSES_FOR, "").replace("PARTY", "third_party"),
            &body(PAUSES_FOR, "")
                .replace("PARTY", "requester")
                .replace(
                    "  end:",
                    "  w: { waiting_on: requester, on: { requester.replied: a }, after: { 1 day: a } }\n  end:",
                )
                .replace("choices: {", "choices: { ask: { label: Ask, target: w },"),
        ),
        in_state("missing-language", "title: { pt: A },", "title: { en: A, pt: A },"),
        in_state(
            "name-clash",
            "entry: [ { ask: { as: requester, who: lead, text: Shall we?, answers: [ yes_please ] } } ],",
            "entry: [ { ask: { as: lead, who: lead, text: Shall we?, answers: [ yes_please ] } } ],",
        ),
        in_head("no-calendar", "calendar: organization\n", "calendar: office\n"),
        linked(
            "not-linked",
            &opens("links: { kid: kid }\n", "{ note: Hi }"),
            &LINKED.replace("linked", "hand"),
            LINKED,
        ),
    ]
}

fn missing_to_unknown() -> Vec<Case> {
    vec![
        in_state("too-many", &afters(21), &afters(20)),
        bodies(
            "two-answers",
            &body("", "on: { choice.go: end },"),
            &body("", "on: { choice.go: end },").replace("label: Go, target: end", "label: Go"),
        ),
        linked("two-openings", &body("", ""), &body("", ""), &body("", "").replace("[ api ]", "[ hand ]")),
        in_state("unknown-action", "entry: [ { repley: hello } ],", "entry: [ { reply: hello } ],"),
        in_head("unknown-calendar", "calendar: nowhere\n", "calendar: office\n"),
        bodies(
            "unknown-choice",
            &body("", "on: { choice.gone: end },"),
            &body("", "on: { choice.go: end },").replace("label: Go, target: end", "label: Go"),
        ),
        in_state("unknown-event", "on: { requester.replid: end },", "on: { requester.replied: end },"),
        bodies("unknown-field", &fields("m: { type: integer }"), &fields("n: { type: integer }")),
        in_state(
            "unknown-impact",
            "entry: [ { weigh: { as: w, by: harms, text: ticket.subject } } ],",
            "entry: [ { weigh: { as: w, by: harm, text: ticket.subject } } ],",
        ),
        bodies("unknown-form", &opening("{ form: g }"), &opening("{ form: f }")),
        in_state("unknown-key", "colour: red,", "title: Red,"),
        case(
            "unknown-link",
            [playbook("x", &note("requester")), playbook("kid", LINKED)].concat(),
            [playbook("x", &note("kid")), playbook("kid", LINKED)].concat(),
        ),
        in_state(
            "unknown-name",
            "entry: [ { reply: { name: hello, to: nobody } } ],",
            "entry: [ { reply: { name: hello, to: requester } } ],",
        ),
        bodies("unknown-opening", &opening("fax"), &opening("hand")),
        case(
            "unknown-playbook",
            [playbook("x", &body("links: { kid: kit }\n", "")), playbook("kid", LINKED)].concat(),
            [playbook("x", &body("links: { kid: kid }\n", "")), playbook("kid", LINKED)].concat(),
        ),
        in_state("unknown-reply", "entry: [ { reply: hallo } ],", "entry: [ { reply: hello } ],"),
        in_state(
            "unknown-role",
            "entry: [ { tell: { role: leed, text: Hi } } ],",
            "entry: [ { tell: { role: lead, text: Hi } } ],",
        ),
        in_state("unknown-state", "on: { agent.replied: ende },", "on: { agent.replied: end },"),
        in_head("unknown-team", "team: suport\n", "team: support\n"),
        in_head("unknown-type", "fields: { n: { type: number } }\n", "fields: { n: { type: integer } }\n"),
        in_state(
            "unknown-variable",
            "on: { agent.replied: { guard: asignee == null, target: end } },",
            "on: { agent.replied: { guard: assignee == null, target: end } },",
        ),
    ]
}

fn unknown_to_yaml() -> Vec<Case> {
    vec![
        bodies(
            "unknown-word",
            &opening("{ form: f, organization: sideways }"),
            &opening("{ form: f, organization: upstream }"),
        ),
        in_state("wrong-connection", &lookup("products"), &lookup("customers")),
        case(
            "wrong-link",
            [
                playbook("x", &opens("links: { kid: kid, other: other }\n", "{ open: { as: kid, playbook: other } }")),
                playbook("kid", LINKED),
                playbook("other", LINKED),
            ]
            .concat(),
            [
                playbook(
                    "x",
                    &opens(
                        "links: { kid: kid, other: other }\n",
                        "{ open: { as: kid, playbook: kid } }, { open: { as: other, playbook: other } }",
                    ),
                ),
                playbook("kid", LINKED),
                playbook("other", LINKED),
            ]
            .concat(),
        ),
        case(
            "wrong-switch",
            [playbook("x", &body("", "").replace("target: end", "switch: x")), playbook("kid", LINKED)].concat(),
            [
                playbook(
                    "x",
                    &body("", "").replace("target: end }", "switch: kid }, stop: { label: Stop, target: end }"),
                ),
                playbook("kid", LINKED),
            ]
            .concat(),
        ),
        in_head("wrong-type", "fields: [ n ]\n", "fields: { n: { type: text } }\n"),
        in_head("yaml-anchor", "team: &t support\n", "team: support\n"),
        in_head("yaml-tag", "team: !!str support\n", "team: 'support'\n"),
    ]
}
