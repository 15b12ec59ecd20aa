//! What can be wrong with look-ups, questions and tickets for each member of a list.

use super::*;

/// Every finding of a handbook with this playbook and this look-up.
fn told_with(playbook: &str, lookup: &str) -> String {
    let mut files = sample::files(&[("x", playbook), ("child", sample::CHILD)]);
    files.insert("lookups/who.yaml", lookup);
    let findings = compile(&files, &sample::registry()).map(|handbook| handbook.warnings().to_vec());
    findings.unwrap_or_else(|findings| findings).iter().map(|finding| finding.render(&files) + "\n").collect()
}

#[test]
fn what_a_question_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_with(
        "opens: [ api ]\nlinks: { kid: child }\nfields: { names: { type: list, of: text } }\ninitial: a\nstates:\n\
         \x20 a:\n    lookup: { as: person, in: customer, query: who, with: { emial: requester.email } }\n\
         \x20   on: { person.fuond: a, colour.green: a, kid.all_endd: a, discount.granted: a }\n    entry:\n\
         \x20     - { ask: { as: colour, who: Ana, text: Which?, answers: [ red, Blue ], chase: 2 hors } }\n\
         \x20     - { approve: { as: kid, who: Ana, text: May I? } }\n      - { suggest: { send_in: 1h } }\n\
         \x20     - { lookup: { as: other, query: whom } }\n      - { lookup: { as: third, query: who, with: { email: '3' } } }\n\
         \x20     - { open: { as: kid, playbook: child, each: each.names, fields: { size: ech.size } } }\n\
         \x20     - { open: { as: kid, playbook: child, key: [ each.name ] } }\n",
        "language: 1\nlookup: who\nconnection: customers\nsql: SELECT 1 WHERE email = :email\nparameters: { email: text }\ncolumns: { one: integer }\n",
    ));
}

#[test]
fn a_look_up_that_writes_or_misses_a_parameter_is_told() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_with(
        "opens: [ api ]\ninitial: a\nstates: { a: {} }\n",
        "language: 1\nlookup: whom\nconection: customers\nsql: 'DELETE FROM people WHERE id = :id; SELECT 1'\nparameters: { email: txt, phone: text }\ncolumns: [ one ]\n",
    ));
}

#[test]
fn what_a_desk_cannot_carry_out_is_refused() {
    let playbook = "opens: [ api ]\nlinks: { kid: child }\nchecklists: { c: { title: C, items: [ { id: i, label: I } ] } }\ninitial: a\nstates:\n\
        \x20 a:\n    lookup: { as: person, query: who }\n    on: { kid.all_ended: a }\n\
        \x20   entry: [ { ask: {} }, { suggest: {} }, { open: { as: kid, playbook: child, each: '[1]' } }, { send: { to: kid, event: again, key: '1' } } ]\n";
    let mut files = sample::files(&[("x", playbook), ("child", sample::CHILD)]);
    files.insert("lookups/who.yaml", "");
    let findings = compile(&files, &Registry::new()).unwrap_err();
    let later: Vec<u32> =
        findings.iter().filter(|finding| finding.code == "later-key").map(|finding| finding.place.line).collect();
    assert_eq!(later, [1, 6, 10, 12, 12, 12, 12], "{findings:?}");
}

#[test]
fn a_suggestion_of_articles_is_told_to_come_later_where_it_stands() {
    let playbook =
        "opens: [ api ]\ninitial: a\nstates:\n  a: { entry: [ { suggest: { articles: requester.name } } ] }\n";
    let files = sample::files(&[("x", playbook)]);
    let findings = compile(&files, &sample::registry()).unwrap_err();
    let told: Vec<(&str, u32)> = findings.iter().map(|finding| (finding.code, finding.place.line)).collect();
    assert_eq!(told.len(), 1, "{findings:?}");
    assert_eq!(told[0].0, "later-key");
    assert!(findings[0].message.contains("`articles`"), "{}", findings[0].message);
}
