//! Slips as people make them, each in a file that is sound without it.

use desk::handbook::tree;

use crate::editor::Editor;

/// A file of the default handbook, what stands there, and what somebody wrote instead.
const SLIPS: [(&str, &str, &str); 22] = [
    ("desk.yaml", "zone: ", "zon: "),
    ("desk.yaml", "languages: ", "languages: [ english ] #"),
    ("calendars/office.yaml", "09:00-", "9:00-"),
    ("calendars/office.yaml", "country: ", "land: "),
    ("forms/document-survey.yaml", "type: integer", "type: number"),
    ("forms/document-survey.yaml", "form: ", "from: "),
    ("lookups/requester-organization.yaml", ": text", ": string"),
    ("playbooks/document-change.yaml", "entry:", "enter:"),
    ("playbooks/document-change.yaml", "reply: ", "replay: "),
    ("playbooks/document-change.yaml", "24h: ", "24 hours: "),
    ("playbooks/document-change.yaml", "at: MO 16:00", "at: Monday 16:00"),
    ("playbooks/document-change.yaml", "type: final", "type: end"),
    ("playbooks/document-change.yaml", "guard: ", "guards: "),
    ("playbooks/document-change.yaml", "once_per: ", "once: "),
    ("playbooks/document-change.yaml", "requester, day", "requester, week"),
    ("playbooks/document-change.yaml", "every ticket ends", "each ticket ends"),
    ("playbooks/document-configuration.yaml", "by: fewest_open", "by: fewest"),
    ("playbooks/document-configuration.yaml", "conversation: opener", "conversation: own"),
    ("playbooks/general-request.yaml", "opens: [ mail, api", "opens: [ email, api"),
    ("scenarios/D6-ready-to-test.yaml", "at: +0h", "at: 0h"),
    ("scenarios/D6-ready-to-test.yaml", "chooses: ", "choses: "),
    ("scenarios/D6-ready-to-test.yaml", "then:", "than:"),
];

#[test]
fn slips_in_the_default_handbook_are_marked_in_an_editor() {
    let (editor, files) = (Editor::new(), tree::built_in());
    for (path, right, wrong) in SLIPS {
        let text = files.get(path).unwrap();
        assert!(text.contains(right), "{path} has no `{right}`");
        let slipped = text.replacen(right, wrong, 1);
        let kind = editor.kind_of(path).unwrap();
        let documents = playbook::schema_documents(path, &slipped).unwrap();
        assert!(
            documents.iter().any(|document| editor.objection(kind, document).is_some()),
            "{path}: `{wrong}` for `{right}` is not marked"
        );
    }
}

#[test]
fn a_state_that_there_is_not_is_the_business_of_check() {
    let editor = Editor::new();
    let text =
        tree::built_in().get("playbooks/general-request.yaml").unwrap().replace("target: closed", "target: closd");
    let document = playbook::schema_documents("x.yaml", &text).unwrap().remove(0);
    assert_eq!(editor.objection("playbook", &document), None);
}
