//! The examples of docs/handbook/README.md are one handbook: it is compiled, and its scenarios are read.
//!
//! A fence is a file of that handbook when the line before it is `<!-- handbook: PATH -->`.

use playbook::{
    Ability, ActionSpec, Argument, ArgumentKind, AttributeOwner, FactType, Files, Finding, NameKind, Registry,
    RootSpec, check, compile, scenarios, specs,
};

const GUIDE: &str = include_str!("../../../docs/handbook/README.md");
const MARK: &str = "<!-- handbook: ";

/// A fence: its language, the file that it is marked as, the line it begins on and its text.
struct Fence<'g> {
    language: &'g str,
    file: Option<&'g str>,
    line: usize,
    text: String,
}

fn fences() -> Vec<Fence<'static>> {
    let (mut found, mut open, mut file) = (Vec::new(), None::<Fence<'static>>, None);
    for (line, content) in (1..).zip(GUIDE.lines()) {
        match (&mut open, content.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(fence), None) => {
                fence.text.push_str(content);
                fence.text.push('\n');
            }
            (None, Some(language)) => open = Some(Fence { language, file: file.take(), line, text: String::new() }),
            (None, None) if content.trim().is_empty() => {}
            (None, None) => file = content.strip_prefix(MARK).and_then(|rest| rest.strip_suffix(" -->")),
        }
    }
    assert!(open.is_none(), "the last fence is never closed");
    found
}

fn handbook() -> Files {
    let mut files = Files::new();
    for fence in fences() {
        if let Some(file) = fence.file {
            assert!(files.get(file).is_none(), "line {}: {file} stands on the page twice", fence.line);
            files.insert(file, fence.text);
        }
    }
    files
}

/// What the guide says that a desk has: these actions and facts, without what they do.
fn registry() -> Registry {
    let action = |name, short, emits, arguments| ActionSpec { name, summary: "", arguments, short: Some(short), emits };
    let root = |name, paths, attributes| RootSpec { name, summary: "", paths, attributes };
    Registry::new()
        .with(action("reply", "name", &["reply.*"], &REPLY))
        .with(action("note", "text", &[], &NOTE))
        .with(action("tell", "text", &[], &TELL))
        .with(ActionSpec { short: None, ..action("assign", "", &[], &ASSIGN) })
        .with(specs::ASK)
        .with(specs::APPROVE)
        .with(specs::SUGGEST)
        .with_root(root("requester", &REQUESTER, Some(AttributeOwner::Contact)))
        .with_root(root("organization", &ORGANIZATION, Some(AttributeOwner::Organization)))
        .with_root(root("assignee", &ASSIGNEE, None))
        .with_root(root("ticket", &TICKET, None))
        .with_root(root("desk", &DESK, None))
        .with_settable("subject")
        .with_ability(Ability::Checklists)
        .with_ability(Ability::FanOut)
        .with_ability(Ability::Parties)
}

const fn text(path: &'static str) -> (&'static str, FactType) {
    (path, FactType::Text)
}

const REQUESTER: [(&str, FactType); 5] =
    [text("email"), text("name"), text("role"), ("known", FactType::Boolean), text("language")];

const ORGANIZATION: [(&str, FactType); 6] =
    [text("key"), text("name"), text("plan"), text("language"), text("parent"), text("time_zone")];

const ASSIGNEE: [(&str, FactType); 2] = [text("name"), text("email")];

const DESK: [(&str, FactType); 2] = [text("name"), text("address")];

const TICKET: [(&str, FactType); 7] = [
    ("number", FactType::Integer),
    text("subject"),
    text("status"),
    text("priority"),
    text("team"),
    text("organization"),
    ("opened_at", FactType::Time),
];

const fn argument(name: &'static str, kind: ArgumentKind, required: bool) -> Argument {
    Argument { name, kind, required, summary: "" }
}

const REPLY: [Argument; 2] = [
    argument("name", ArgumentKind::Name(NameKind::Reply), true),
    argument("to", ArgumentKind::Name(NameKind::Party), false),
];

const NOTE: [Argument; 2] =
    [argument("text", ArgumentKind::Text, true), argument("on", ArgumentKind::Name(NameKind::Alias), false)];

const TELL: [Argument; 5] = [
    argument("team", ArgumentKind::Name(NameKind::Team), false),
    argument("role", ArgumentKind::Name(NameKind::Role), false),
    argument("person", ArgumentKind::Text, false),
    argument("channel", ArgumentKind::Text, false),
    argument("text", ArgumentKind::Text, true),
];

const ASSIGN: [Argument; 3] = [
    argument("to", ArgumentKind::Text, false),
    argument("team", ArgumentKind::Name(NameKind::Team), false),
    argument("by", ArgumentKind::OneOf(&["fewest_open"]), false),
];

#[track_caller]
fn nothing_found(files: &Files, findings: &[Finding]) {
    let text: String = findings.iter().map(|finding| finding.render(files)).collect();
    assert!(findings.is_empty(), "the examples of docs/handbook/README.md are not sound:\n{text}");
}

#[test]
fn every_yaml_example_of_the_guide_belongs_to_its_handbook() {
    let unmarked: Vec<usize> =
        fences().iter().filter(|fence| fence.language == "yaml" && fence.file.is_none()).map(|f| f.line).collect();
    assert!(unmarked.is_empty(), "examples that nothing checks begin on the lines {unmarked:?}");
    assert!(handbook().len() >= 8, "the marks are no longer found");
}

#[test]
fn the_handbook_of_the_guide_is_sound_and_without_warnings() {
    let files = handbook();
    nothing_found(&files, &check(&files, &registry()));
}

#[test]
fn the_scenarios_of_the_guide_are_read() {
    let files = handbook();
    match scenarios(&files) {
        Ok(stories) => assert_eq!(
            stories.iter().map(|story| story.row.as_str()).collect::<Vec<_>>(),
            ["R8", "R9", "R3", "R4", "R5", "R6", "R7", "R1", "R2", "R10", "R11", "R12", "R13"]
        ),
        Err(findings) => nothing_found(&files, &findings),
    }
}

#[test]
fn a_slip_in_an_example_would_be_found() {
    let mut files = handbook();
    let playbook = files.get("playbooks/repair.yaml").unwrap_or_default().replace("target: asking", "target: askng");
    files.insert("playbooks/repair.yaml", playbook);
    let Err(findings) = compile(&files, &registry()) else { panic!("a state that there is not was not found") };
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["unknown-state"]);
}
