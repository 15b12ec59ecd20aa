//! Good and bad expressions over a scope of every type, and what is told of the bad ones.

use std::fmt::Write as _;

use super::*;
use crate::expression::Wanted;
use crate::fields::{Field, FieldKind};
use crate::text::Localized;

/// A scope with something of every type.
pub(super) fn scope() -> Scope {
    let mut scope = Scope::default();
    let words = Type::words(["data-change", "other"]);
    for (path, type_) in [
        ("documents", Type::Integer),
        ("held", Type::Integer),
        ("ratio", Type::Decimal),
        ("urgent", Type::Boolean),
        ("details", Type::Text),
        ("request_type", words),
        ("due", Type::Date),
        ("unmet", Type::list(Type::Text)),
        ("now", Type::Time),
        ("organization.name", Type::Text),
        ("organization.plan", Type::Text),
        ("links.config.state", Type::words(["to_do", "publishing", "done"])),
        ("links.config.ended", Type::Boolean),
        ("event.data", Type::Any),
        ("ticket.opened_at", Type::Time),
        ("calendars.office", Type::Calendar),
        ("calendars.late-shop", Type::Calendar),
    ] {
        scope.add(path, type_);
    }
    scope
}

/// Snapshots without the code that made them.
fn quiet() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}

fn field(name: &str, kind: FieldKind) -> Field {
    let place = Place::start_of("playbooks/x.yaml");
    Field { name: name.to_owned(), label: Localized::plain(name), kind, default: None, place }
}

fn findings(source: &str, wanted: Wanted<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match parse(source) {
        Ok(mut expression) => expression.check(&scope(), wanted, &mut findings),
        Err(found) => findings = found,
    }
    findings
}

/// Each expression with a caret below the part that is wrong, what it is, and what would be right.
fn told(sources: &[&str], wanted: Wanted<'_>) -> String {
    let mut out = String::new();
    for source in sources {
        let found = findings(source, wanted);
        let _ = writeln!(out, "{source}");
        for finding in &found {
            // The text begins after `guard: "`, and a quote in it is written with a stroke before it.
            let column = finding.place.column.saturating_sub(9) as usize;
            let _ = writeln!(out, "{}^ {}", " ".repeat(column), finding.message);
            if let Some(help) = &finding.help {
                let _ = writeln!(out, "{}  {help}", " ".repeat(column));
            }
        }
        assert!(!found.is_empty(), "`{source}` was let pass");
        out.push('\n');
    }
    out
}

#[test]
fn what_is_well_typed_is_let_pass() {
    for source in [
        "documents > 1 && held + documents <= 3",
        "held == null || held % 2 == 0",
        "double(documents) / 2.0 < ratio",
        "documents < ratio",
        "request_type == 'other'",
        "request_type in ['other', 'data-change']",
        "request_type != null && request_type.startsWith('data')",
        "due < '2026-12-25'",
        "now > '2026-12-25T09:00:00Z'",
        "size(unmet) > 0 && unmet.size() < 9 && unmet[0] == 'x'",
        "unmet.exists(x, x.contains('a')) || unmet.all(x, size(x) > 1)",
        "size(unmet.filter(x, x != '').map(x, size(x))) == 2",
        "unmet.exists_one(x, x in ['a', 'b'])",
        "(unmet + ['x']).join(', ') == ''",
        "urgent ? details == null : organization.plan == 'pro'",
        "links.config == null || links.config.state in ['to_do', 'done']",
        "has(organization.plan) && organization['plan'] == 'pro'",
        "event.data.anything.at.all == 3 && event.data.count > 1",
        "details.matches('^[A-Z]{2}[0-9]+$')",
        "{'a': documents}.a > 1",
        "int(details) > 3 && string(documents) == '3' && details.trim().lowerAscii() != ''",
        "-documents < 0 && !urgent",
    ] {
        assert_eq!(findings(source, Wanted::Condition), [], "{source}");
    }
}

#[test]
fn what_is_of_the_wrong_type_is_told_with_what_would_fit() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(
        &[
            "documents > 'two'",
            "documents > '2'",
            "documents == '2'",
            "documents + ' documents' == ''",
            "'There are ' + documents == ''",
            "documents / 2.0 > 1.0",
            "ratio % ratio == 0.0",
            "request_type == 'othr'",
            "request_type in ['othr', 'data-change']",
            "links.config.state == 'publshing'",
            "due == '25.12.2026'",
            "due < 'tomorrow'",
            "now < 'noon'",
            "urgent == 'true'",
            "urgent && documents",
            "!details",
            "-details == ''",
            "urgent < true",
            "documents ? 'a' == 'b' : false",
            "(urgent ? documents : details) == null",
            "details in 'abc'",
            "documents in unmet",
            "documents in ['a']",
            "documents in held",
            "unmet + 'x' == []",
            "unmet == 'x'",
            "['a', 1] == []",
            "unmet['first'] == 'x'",
            "unmet[1.5] == 'x'",
            "details[0] == 'x'",
            "organization.plna == 'pro'",
            "organization['plna'] == 'pro'",
            "organization[details] == 'pro'",
            "details.length == 3",
            "unmet.exists(x, x > 3)",
            "unmet.exists(x, x.name == 'a')",
            "details.exists(x, x == 'a')",
            "unmet.map(x, size(x)).exists(n, n == 'a')",
            "unmet.all(x, size(x))",
            "1u == documents",
            "b'a' == details",
            "{details: 1} == null",
        ],
        Wanted::Condition
    ));
}

#[test]
fn what_a_function_does_not_take_is_told() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(
        &[
            "size(documents) > 1",
            "documents.size() > 1",
            "details.contains(1)",
            "documents.contains('1')",
            "details.contains('a', 'b')",
            "contains(details, 'a')",
            "details.startswith('a')",
            "unmet.trim() == ''",
            "int(urgent) == 1",
            "string(unmet) == ''",
            "[1, 2].join(',') == ''",
            "details.matches(organization.plan)",
            "details.matches('(a')",
            "details.matches('(?=a)b')",
            "details.matches('(a{1000}){1000}')",
        ],
        Wanted::Condition
    ));
}

#[test]
fn what_cannot_be_reckoned_with_is_told_with_what_can() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(
        &[
            "now < due",
            "due - now > duration('1h')",
            "now - details > duration('1h')",
            "timestamp(now) < details",
            "timestamp(now) == details",
            "timestamp(now) == 'noon'",
            "'noon' < timestamp(now)",
            "timestamp(due) < now",
            "timestamp('2026-12-25') < now",
            "timestamp('2026-12-25', 'Lisbon') < now",
            "now - 3 > now",
            "now - ticket.opened_at > '2h'",
            "now - ticket.opened_at > 7200",
            "now - ticket.opened_at == held",
            "duration('3 days') < duration('1h')",
            "duration('1h') * 2 < duration('3h')",
            "-duration('1h') < duration('3h')",
            "now + now == timestamp(now)",
            "timestamp(now).startsWith('2026')",
            "timestamp(now) + ' is now' == ''",
            "details.getHours() > 3",
            "'2026-12-25T09:00:00Z'.getHours() > 3",
            "now.getHours(3) > 3",
            "duration('1h').getDate() > 3",
            "[timestamp(now), details] == []",
            "timestamp(now) in unmet",
            "calendars.offce.open(now)",
            "calendars.office.open(details)",
            "calendars.office.open('noon')",
            "calendars.office",
            "organization.open(now)",
            "calendars.office == now",
        ],
        Wanted::Condition
    ));
    assert!(findings("calendars", Wanted::Value)[0].message.contains("a calendar is nothing to be kept"));
    assert!(findings("[calendars.office]", Wanted::Value)[0].message.contains("a calendar is nothing to be kept"));
    let text = field("details", FieldKind::Text { max_length: 99 });
    assert_eq!(findings("now + duration('1h')", Wanted::Field(&text)), []);
    assert!(findings("now - ticket.opened_at", Wanted::Field(&text))[0].help.as_deref().unwrap().contains("string("));
}

#[test]
fn a_condition_that_is_none_is_told() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&["documents", "details", "unmet", "links.config", "null", "'a'"], Wanted::Condition));
}

#[test]
fn a_value_that_does_not_suit_its_field_is_told() {
    let count = field("documents", FieldKind::Integer { min: Some(1), max: Some(9) });
    let kind = field("request_type", FieldKind::Choice { of: vec!["data-change".into(), "other".into()] });
    let list = field("unmet", FieldKind::List);
    let mut out =
        told(&["details", "urgent ? 0 : held", "urgent ? 'two' : details", "ratio", "unmet"], Wanted::Field(&count));
    out += &told(&["urgent ? 'othr' : 'other'", "urgent", "links.config.state"], Wanted::Field(&kind));
    out += &told(&["details", "unmet.map(x, size(x))"], Wanted::Field(&list));
    out += &told(&["documents", "unmet"], Wanted::Typed(&Type::Text, "`note`"));
    let _quiet = quiet();
    insta::assert_snapshot!(out);
    for (source, field) in [
        ("held + 1", &count),
        ("urgent ? 1 : null", &count),
        ("event.data.count", &count),
        ("details", &kind),
        ("urgent ? 'other' : request_type", &kind),
        ("unmet + ['x']", &list),
        ("urgent ? [] : unmet", &list),
    ] {
        assert_eq!(findings(source, Wanted::Field(field)), [], "{source}");
    }
}

#[test]
fn what_could_take_too_long_is_refused_before_it_runs() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(
        &[
            "unmet.all(x, unmet.exists(y, x == y))",
            "unmet.map(x, details + details).join('') == ''",
            "unmet.all(x, ['a'].all(y, ['b'].all(z, z == y)))",
        ],
        Wanted::Condition
    ));
    assert_eq!(findings("unmet.all(x, ['a', 'b'].exists(y, x == y))", Wanted::Condition), []);
    assert_eq!(findings("unmet.map(x, '- ' + x.trim()).join('\\n') == ''", Wanted::Condition), []);
}

#[test]
fn places_count_characters_and_not_bytes() {
    let found = findings("details == 'é' && documents > 'ü'", Wanted::Condition);
    let column = found[0].place.column as usize;
    let expected = "guard: \"details == 'é' && documents ".chars().count() + 1;
    assert_eq!(column, expected, "{found:?}");
}

#[test]
fn of_a_long_text_or_list_only_the_beginning_is_seen() {
    let facts = json!({"details": "é".repeat(60_000), "unmet": vec!["x"; 2_000]});
    assert_eq!(evaluate("size(details)", facts.clone()).unwrap(), json!(50_000));
    assert_eq!(evaluate("size(unmet)", facts).unwrap(), json!(1_000));
}

#[test]
fn a_pattern_is_looked_for_anywhere_in_the_text() {
    let facts = json!({"details": "Order AB12 is late", "none": null});
    assert_eq!(evaluate("details.matches('[A-Z]{2}[0-9]+')", facts.clone()).unwrap(), json!(true));
    assert_eq!(evaluate("details.matches('^[0-9]')", facts.clone()).unwrap(), json!(false));
    assert_eq!(evaluate("[details].filter(x, x.matches('late$'))", facts).unwrap(), json!(["Order AB12 is late"]));
}
