//! Faults in scenarios, and in the other files of a handbook.

use super::cases::calendar;
use super::{Case, case, file};

/// Two texts of the same file.
fn files(code: &'static str, path: &str, bad: &str, good: &str) -> Case {
    case(code, file(path, bad), file(path, good))
}

fn calendars(code: &'static str, bad: &str, good: &str) -> Case {
    files(code, "calendars/c.yaml", bad, good)
}

/// A story in which one thing happens.
fn story(deed: &str) -> String {
    format!(
        "scenario: 'D1: x'\nstarts: 2026-11-17T09:00[Europe/Lisbon]\nwhen: [ {{ at: +0h, {deed} }} ]\nthen: [ {{ tickets: 1 }} ]\n"
    )
}

fn stories(code: &'static str, bad: &str, good: &str) -> Case {
    files(code, "scenarios/s.yaml", &story(bad), &story(good))
}

/// Faults outside of playbooks.
pub(super) fn of_files() -> Vec<Case> {
    let plain = calendar("c", "mon: 09:00-17:00", "");
    let holidays = |day: &str| calendar("c", "mon: 09:00-17:00", &format!("holidays: [ {day} ]\n"));
    let desk = crate::sample::DESK;
    let lookup = |sql: &str| {
        format!("language: 1\nlookup: l\nconnection: customers\nsql: {sql} a FROM t\ncolumns: {{ a: text }}\n")
    };
    let nested = |levels: usize| {
        format!("form: f, from: maria@acme.example, answers: {{ n: {}1{} }}", "[ ".repeat(levels), " ]".repeat(levels))
    };
    let moment = |zone: &str| {
        story("api: { subject: x, body: x, requester: { email: maria@acme.example } }").replace("Europe/Lisbon", zone)
    };
    let replaced = |old: &str| format!("publish: {{ replies/hello.md: {{ replace: [ [ '{old}', Hi ] ] }} }}");
    let typeform = |map: &str| {
        format!(
            "language: 1\nform: g\ntitle: G\nfields: [ {{ name: n, type: integer, required: true }}, {{ name: t, type: text }} ]\n\
             from: [ {{ typeform: {{ form_id: x, email: {{ email: e }}, map: {{ {map} }} }} }} ]\n"
        )
    };
    let filled = typeform("n: { number: a }");
    vec![
        files("answer-does-not-fit", "forms/g.yaml", &typeform("n: { date: a }"), &filled),
        files("answer-missing", "forms/g.yaml", &typeform("t: { text: a }"), &filled),
        calendars("bad-date", &holidays("2026-13-40"), &holidays("2026-12-24")),
        calendars("bad-hours", &calendar("c", "mon: 17:00-09:00", ""), &plain),
        files("bad-sql", "lookups/l.yaml", &lookup("DELETE"), &lookup("SELECT")),
        calendars("empty-file", "", &plain),
        files(
            "empty-reply",
            "replies/hello.md",
            "---\nsubject: Hello\n---\n",
            "---\nsubject: Hello\n---\nDear customer\n",
        ),
        calendars("never-open", &calendar("c", "", ""), &plain),
        calendars("second-document", &format!("{plain}---\n{plain}"), &format!("---\n{plain}")),
        calendars(
            "too-large",
            &format!("{plain}# {}\n", "x".repeat(1024 * 1024)),
            &format!("{plain}# {}\n", "x".repeat(1_000)),
        ),
        calendars("unknown-country", &holidays("{ country: XX }"), &holidays("{ country: PT }")),
        calendars("unknown-region", &holidays("{ country: PT, region: ZZ }"), &holidays("{ country: PT, region: 11 }")),
        case("unknown-file", file("notes/read-me.md", "Hello\n"), file("read-me.md", "Hello\n")),
        case(
            "unknown-language",
            file("replies/hello.fr.md", "Cher client\n"),
            file("replies/hello.pt.md", "Caro cliente\n"),
        ),
        calendars("unknown-language-version", &plain.replace("language: 1", "language: 2"), &plain),
        files(
            "unknown-zone",
            "desk.yaml",
            &desk.replace("Europe/Lisbon", "Mars/Olympus"),
            &desk.replace("Europe/Lisbon", "Europe/Madrid"),
        ),
        calendars("wrong-name", &plain.replace("calendar: c", "calendar: d"), &plain),
        files("bad-time", "scenarios/s.yaml", &moment("Mars/Olympus"), &moment("Europe/Madrid")),
        stories("bad-path", "mail: { raw: '../mails/x.eml' }", "mail: { raw: mails/x.eml }"),
        stories("missing-file", "mail: { raw: mails/y.eml }", "mail: { raw: mails/x.eml }"),
        files(
            "no-expectation",
            "scenarios/s.yaml",
            &story("mail: { raw: mails/x.eml }").replace("[ { tickets: 1 } ]", "[]"),
            &story("mail: { raw: mails/x.eml }"),
        ),
        stories("not-replaced", &replaced("Goodbye"), &replaced("Dear")),
        stories("too-deep", &nested(60), &nested(5)),
    ]
}
