//! What the tests of this crate share: a registry like a desk's, and small handbooks.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::*;

const fn argument(name: &'static str, kind: ArgumentKind, required: bool) -> Argument {
    Argument { name, kind, required, summary: "For tests." }
}

const REPLY: ActionSpec = ActionSpec {
    name: "reply",
    summary: "Sends a canned reply.",
    arguments: &[
        argument("name", ArgumentKind::Name(NameKind::Reply), true),
        argument("to", ArgumentKind::Name(NameKind::Party), false),
        argument("once_per", ArgumentKind::SomeOf(&["requester", "ticket", "day"]), false),
    ],
    short: Some("name"),
    emits: &["reply.{name}"],
};

const NOTE: ActionSpec = ActionSpec {
    name: "note",
    summary: "Writes an internal note.",
    arguments: &[
        argument("text", ArgumentKind::Text, true),
        argument("on", ArgumentKind::Name(NameKind::Alias), false),
    ],
    short: Some("text"),
    emits: &[],
};

const TELL: ActionSpec = ActionSpec {
    name: "tell",
    summary: "Tells colleagues.",
    arguments: &[
        argument("team", ArgumentKind::Name(NameKind::Team), false),
        argument("role", ArgumentKind::Name(NameKind::Role), false),
        argument("text", ArgumentKind::Text, true),
    ],
    short: Some("text"),
    emits: &[],
};

const ASSIGN: ActionSpec = ActionSpec {
    name: "assign",
    summary: "Gives the ticket to somebody.",
    arguments: &[
        argument("team", ArgumentKind::Name(NameKind::Team), false),
        argument("by", ArgumentKind::OneOf(&["fewest_open", "free"]), false),
    ],
    short: None,
    emits: &[],
};

const REQUESTER: [(&str, FactType); 4] =
    [("email", FactType::Text), ("name", FactType::Text), ("role", FactType::Text), ("language", FactType::Text)];

const TICKET: [(&str, FactType); 4] = [
    ("number", FactType::Integer),
    ("subject", FactType::Text),
    ("priority", FactType::OneOf(&["low", "normal", "high", "urgent"])),
    ("organization", FactType::Text),
];

/// A registry like a desk's.
pub(crate) fn registry() -> Registry {
    let root = |name, paths, attributes| RootSpec { name, summary: "For tests.", paths, attributes };
    Registry::new()
        .with(REPLY)
        .with(NOTE)
        .with(ASSIGN)
        .with(TELL)
        .with_root(root("requester", &REQUESTER, Some(AttributeOwner::Contact)))
        .with_root(root(
            "organization",
            &[("name", FactType::Text), ("plan", FactType::Text), ("instances", FactType::Anything)],
            Some(AttributeOwner::Organization),
        ))
        .with_root(root("assignee", &[("name", FactType::Text)], None))
        .with_root(root("ticket", &TICKET, None))
        .with_root(root("desk", &[("name", FactType::Text)], None))
        .with_settable("subject")
        .with_settable("organization")
        .with_ability(Ability::Parties)
        .with_ability(Ability::FanOut)
        .with_ability(Ability::Checklists)
        .with(specs::LOOKUP)
        .with(specs::ASK)
        .with(specs::APPROVE)
        .with(specs::SUGGEST)
        .with(specs::WEIGH)
        .with(specs::PRIORITY)
}

/// Facts that hold every path of [`registry`].
pub(crate) fn facts() -> Facts {
    Facts::new(TimeZone::get("Europe/Lisbon").unwrap())
        .with("requester", json!({"email": "maria@acme.example", "name": "Maria", "role": "admin", "language": "en"}))
        .with("organization", json!({"name": "Acme", "plan": "pro", "documents": null, "instances": null}))
        .with("assignee", json!(null))
        .with("ticket", json!({"number": 1, "subject": "Hello", "priority": "normal", "organization": "Acme"}))
        .with("desk", json!({"name": "Support"}))
        .with("links", json!({}))
}

pub(crate) const DESK: &str = "language: 1\ndesk: Support\nzone: Europe/Lisbon\nlanguages: [ en, pt ]\n\
    teams: { support: Support, customer-solutions: Customer solutions }\nroles: { lead: Lead }\n";

/// A handbook of one desk, one reply and these playbooks; a playbook's text begins after its head.
pub(crate) fn files(playbooks: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    files.insert("desk.yaml", DESK);
    files.insert("replies/hello.md", "Dear {{ requester.name }}\n");
    files.insert("replies/hello.pt.md", "Caro {{ requester.name }}\n");
    for (name, body) in playbooks {
        let head = format!("language: 1\nplaybook: {name}\ntitle: Test\n");
        files.insert(format!("playbooks/{name}.yaml"), head + body);
    }
    files
}

/// The only playbook of a handbook, called `x`.
pub(crate) fn playbook(body: &str) -> Playbook {
    let files = files(&[("x", body), ("child", CHILD)]);
    let handbook = compile(&files, &registry()).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|finding| finding.render(&files)).collect::<String>())
    });
    Playbook::clone(&handbook.playbooks["x"])
}

/// A playbook to be linked to.
pub(crate) const CHILD: &str = "opens: [ linked ]\nemits: [ finished ]\nreceives: [ again ]\n\
    fields: { size: { type: integer } }\ninitial: todo\nstates:\n  todo: { on: { opener.again: {} } }\n  done: { type: final }\n";

/// The project's own handbook.
pub(crate) fn default_handbook() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../handbook");
    let mut texts = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                texts.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    texts.into_iter().collect()
}

/// An instant of a story, in hours from its beginning.
pub(crate) fn hour(hours: i64) -> Timestamp {
    "2026-11-17T09:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_hours(hours)
}
