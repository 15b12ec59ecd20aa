//! What can be wrong with segments, and with schedules that open tickets.

use super::*;

const CLIENTS: &str = "language: 1\nsegment: clients\nof: organization\nwhere: organization.plan != null\n";
const PEOPLE: &str = "language: 1\nsegment: people\nof: contact\nwhere: contact.role == organization.name\n";

/// Every finding of a handbook with these segments and playbooks.
fn told_of(segments: &[(&str, &str)], playbooks: &[(&str, &str)]) -> String {
    let mut files = sample::files(playbooks);
    for (name, text) in segments {
        files.insert(format!("segments/{name}.yaml"), *text);
    }
    let findings = compile(&files, &sample::registry()).map(|handbook| handbook.warnings().to_vec());
    let findings = findings.unwrap_or_else(|findings| findings);
    findings.iter().map(|finding| finding.render(&files) + "\n").collect()
}

#[test]
fn what_a_segment_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(
        &[
            ("clients", CLIENTS),
            ("people", PEOPLE),
            ("plans", "language: 1\nsegment: plans\nof: organisation\nwhere: organization.paln == 1\n"),
            ("paying", "language: 1\nsegment: paying\nof: organization\nwhere: organization.paln == 'pro'\n"),
            ("others", "language: 1\nsegment: others\nof: organization\nwhere: contact.role == null\ntitel: Others\n"),
            ("named", "language: 1\nsegment: other\nof: contact\nwhere: contact.name\n"),
            ("empty", "language: 1\nsegment: empty\n"),
            ("late", "language: 1\nsegment: late\nof: organization\nwhere: now != null\n"),
        ],
        &[]
    ));
}

#[test]
fn what_a_schedule_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(
        &[("clients", CLIENTS), ("people", PEOPLE)],
        &[(
            "x",
            "opens:\n  - schedule\n  - { schedule: 02-30 09:00 }\n  - { schedule: day 32 09:00 }\n  - { schedule: monthly }\n\
             \x20 - { schedule: MO 09:00, each: clinets, requester: organization.anything }\n\
             \x20 - { schedule: MO 09:00, each: clients, key: [ organization, mnth ] }\n\
             \x20 - { schedule: MO 09:00, each: clients, key: [ contact, date ] }\n\
             \x20 - { schedule: MO 09:00, each: clients, key: month }\n\
             \x20 - { schedule: MO 09:00, key: [ organization ] }\n\
             \x20 - { schedule: MO 09:00, agreed: organization.plan, each: clients }\n\
             \x20 - { agreed: organization.plan }\n\
             \x20 - { agreed: organization.paln, each: clients }\n\
             \x20 - { agreed: 1 + 1, each: clients }\n\
             \x20 - { schedule: MO 09:00, before: 3 business days }\n\
             \x20 - { schedule: MO 09:00, before: 53 weeks }\n\
             \x20 - { schedule: MO 09:00, each: people, requester: contact.email }\n\
             \x20 - { schedule: MO 09:00, each: clients, requester: contact.email }\n\
             \x20 - { schedule: TU 09:00, subject: '{{ opening.mnth }}', organization: upstream }\n\
             \x20 - { schedule: WE 09:00 }\n  - { schedule: 'WE 09:00', before: 1h }\n  - { schedule: WE 09:00, key: month }\n\
             initial: a\nstates: { a: {} }\n"
        )]
    ));
}

#[test]
fn only_a_playbook_that_a_schedule_opens_knows_what_opened_it() {
    let _quiet = quiet();
    let states = "initial: a\nstates: { a: { entry: [ { note: '{{ opening.month }}' } ] } }\n";
    insta::assert_snapshot!(told_of(
        &[("clients", CLIENTS)],
        &[
            ("x", &format!("opens: [ {{ schedule: MO 09:00, each: clients }}, hand ]\n{states}")),
            ("y", &format!("opens: [ hand ]\nfields: {{ opening: {{ type: text }} }}\n{states}")),
        ]
    ));
}
