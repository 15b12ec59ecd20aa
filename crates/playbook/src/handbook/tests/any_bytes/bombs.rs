//! Files that are as bad as one can make them.

use std::fmt::Write as _;

const HEAD: &str = "language: 1\nplaybook: x\ntitle: X\nopens: [ hand ]\n";

/// As much as a file may hold, in bytes and in values, of what `piece` makes of its number; each has so many values.
fn full(head: &str, values: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    // The head has a few values too.
    for number in 0..(crate::yaml::MAX_NODES - 50) / values {
        let piece = piece(number);
        if text.len() + piece.len() > crate::yaml::MAX_BYTES {
            break;
        }
        text.push_str(&piece);
    }
    text
}

const PLAYBOOK: &str = "playbooks/x.yaml";

/// A file that is as bad as one can make it: the name of the trouble, the file and its text.
pub(super) type Bomb = (&'static str, &'static str, String);

/// All of them.
pub(super) fn bombs() -> Vec<Bomb> {
    [of_yaml(), of_many(), of_paths(), of_other_files()].concat()
}

/// A playbook with these states.
fn states(states: &str) -> String {
    format!("{HEAD}fields: {{ a: {{ type: integer }} }}\ninitial: s0\nstates:\n{states}")
}

/// What YAML itself can be made to do.
fn of_yaml() -> Vec<Bomb> {
    let playbook = PLAYBOOK;
    let mut laughs = String::from("a0: &a0 [ x, x ]\n");
    for level in 1..40 {
        let _ = writeln!(laughs, "a{level}: &a{level} [ *a{0}, *a{0}, *a{0} ]", level - 1);
    }
    vec![
        ("aliases of aliases", playbook, format!("{HEAD}{laughs}")),
        ("merge keys", "desk.yaml", format!("x: &x {{ a: 1 }}\n{}", "y:\n  <<: *x\n".repeat(50_000))),
        ("lists in lists", playbook, format!("{HEAD}x: {}", "[".repeat(1_000_000))),
        ("mappings in mappings", playbook, format!("{HEAD}{}", "{a: ".repeat(200_000))),
        ("deeper and deeper", "forms/x.yaml", (0..1_200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        ("lists of lists by dashes", "scenarios/x.yaml", "- ".repeat(400_000)),
        ("questions", playbook, "? ".repeat(400_000)),
        ("one long word", playbook, format!("{HEAD}x: {}", "x".repeat(1_000_000))),
        ("one long key", playbook, format!("{HEAD}{}: x", "x".repeat(1_000_000))),
        ("one long text with breaks", playbook, format!("{HEAD}x: \"{}\"", "x\n\n  ".repeat(200_000))),
        ("one long block", "forms/x.yaml", format!("title: >-\n{}", "  x\n\n".repeat(150_000))),
        ("escapes", playbook, format!("{HEAD}x: \"{}\"", "\\u00e9".repeat(160_000))),
    ]
}

/// As much as may be of everything.
fn of_many() -> Vec<Bomb> {
    let playbook = PLAYBOOK;
    vec![
        ("many keys", playbook, full(HEAD, 2, |n| format!("k{n}: x\n"))),
        ("many documents", playbook, "a: 1\n---\n".repeat(110_000)),
        ("many comments", playbook, "#\n".repeat(500_000)),
        ("as many states as there may be, each with choices", playbook, {
            let state = |n: usize| {
                format!(
                    "  s{n}:\n    choices: {{ a: {{ label: A, target: s{} }}, b: {{ label: B, guard: a == {n}, target: s{} }} }}\n",
                    (n + 1) % 500,
                    n * 7 % 500
                )
            };
            states(&(0..500).map(state).collect::<String>())
        }),
        ("keys too many to be read", playbook, (0..100_000).map(|n| format!("k{n}: x\n")).collect()),
        ("many states", playbook, full(&states(""), 2, |n| format!("  s{n}: {{}}\n"))),
        (
            "many targets that are nowhere",
            playbook,
            full(&states("  s0:\n    on:\n"), 2, |n| format!("      e{n}: t{n}\n")),
        ),
        (
            "many choices",
            playbook,
            full(&states("  s0:\n    choices:\n"), 4, |n| format!("      c{n}: {{ label: C }}\n")),
        ),
        ("many timers", playbook, full(&states("  s0:\n    after:\n"), 2, |n| format!("      {n}m: s0\n"))),
        ("many actions", playbook, full(&states("  s0:\n    entry:\n"), 3, |_| "      - { note: x }\n".to_owned())),
        (
            "many fields",
            playbook,
            full(&format!("{HEAD}initial: a\nstates: {{ a: {{}} }}\nfields:\n"), 4, |n| {
                format!("  f{n}: {{ type: text }}\n")
            }),
        ),
    ]
}

/// Paths and expressions without end.
fn of_paths() -> Vec<Bomb> {
    let playbook = PLAYBOOK;
    let mut web = String::new();
    for state in 0..40 {
        let _ = writeln!(web, "  s{state}:\n    always:");
        for other in 0..40 {
            let _ = writeln!(web, "      - {{ guard: requester.name == 'n{state}-{other}', target: s{other} }}");
        }
    }
    let mut doubling = String::new();
    for state in 0..60 {
        let (next, guard) = (state + 1, format!("requester.name == 'n{state}'"));
        let _ = writeln!(
            doubling,
            "  s{state}:\n    entry: [ {{ when: {guard}, set: {{ a: {state} }} }} ]\n    always: [ {{ guard: requester.role == 'r{state}', target: s{next} }}, {{ target: s{next} }} ]"
        );
    }
    doubling.push_str("  s60: { type: final }\n");
    vec![
        ("always to everywhere", playbook, states(&web)),
        ("always that double", playbook, states(&doubling)),
        (
            "brackets in an expression",
            playbook,
            states(&format!("  s0: {{ always: [ {{ guard: '{}', target: s0 }} ] }}\n", "(".repeat(900_000))),
        ),
        (
            "a long expression",
            playbook,
            states(&format!(
                "  s0: {{ always: [ {{ guard: 'a == 1{}', target: s0 }} ] }}\n",
                " && a == 1".repeat(90_000)
            )),
        ),
        (
            "a not of a not",
            playbook,
            states(&format!("  s0: {{ always: [ {{ guard: '{}true', target: s0 }} ] }}\n", "!".repeat(900_000))),
        ),
        (
            "a long pattern",
            playbook,
            states(&format!(
                "  s0: {{ always: [ {{ guard: 'requester.name.matches(\"{}\")', target: s0 }} ] }}\n",
                "(a{1000}){1000}".repeat(1_000)
            )),
        ),
    ]
}

/// Replies, calendars and scenarios.
fn of_other_files() -> Vec<Bomb> {
    vec![
        ("brackets in a text", "replies/hello.md", "{{ ((((".repeat(100_000)),
        ("a text of names", "replies/hello.md", "{{ requester.name }} ".repeat(40_000)),
        ("loops in a text", "replies/hello.md", "{% for x in y %}".repeat(50_000)),
        ("filters in a text", "replies/hello.md", format!("{{{{ requester.name{} }}}}", " | upper".repeat(100_000))),
        ("a long front matter", "replies/hello.md", format!("---\nsubject: {}\n", "x".repeat(900_000))),
        (
            "all days of all years",
            "calendars/x.yaml",
            full("language: 1\ncalendar: x\nzone: UTC\nhours: { mon: '09:00-18:00' }\nclosed:\n", 5, |_| {
                "  - { from: 0001-01-01, to: 9999-12-31 }\n".to_owned()
            }),
        ),
        (
            "many hours",
            "calendars/x.yaml",
            full("language: 1\ncalendar: x\nzone: UTC\nhours:\n  mon:\n", 1, |_| "    - '09:00-18:00'\n".to_owned()),
        ),
        ("many scenarios", "scenarios/x.yaml", full("", 3, |n| format!("scenario: s{n}\n---\n"))),
        (
            "many deeds",
            "scenarios/x.yaml",
            full("scenario: x\nstarts: 2026-11-17T09:00[UTC]\nwhen:\n", 5, |n| {
                format!("  - {{ at: +{n}h, form: x }}\n")
            }),
        ),
        ("nothing but breaks", "desk.yaml", "\n".repeat(1_000_000)),
        ("nothing but zeros", "desk.yaml", "\0".repeat(1_000_000)),
        ("more than there is room for", "desk.yaml", "x".repeat(30_000_000)),
    ]
}
