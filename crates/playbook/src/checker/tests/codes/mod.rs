//! Every kind of finding is planted once, stands beside something nearly the same that is sound, and is on the page
//! `docs/handbook/checking.md`.

mod cases;
mod impacts;
mod schedules;
mod stories;

use std::collections::BTreeSet;
use std::path::Path;

use crate::{Files, Finding, Lookup, Registry, check, sample, scenarios};

const PAGE: &str = include_str!("../../../../../../docs/handbook/checking.md");

/// A fault, planted, and what is nearly the same and sound: files that stand beside those of every case.
pub(super) struct Case {
    code: &'static str,
    bad: Vec<(String, String)>,
    good: Vec<(String, String)>,
}

/// A file of a case.
pub(super) fn file(path: &str, text: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), text.to_owned())]
}

/// A case of these files.
pub(super) fn case(code: &'static str, bad: Vec<(String, String)>, good: Vec<(String, String)>) -> Case {
    Case { code, bad, good }
}

fn registry() -> Registry {
    let reads = |lookup: &Lookup| (!lookup.sql.starts_with("SELECT")).then(|| "a look-up only reads".to_owned());
    sample::registry().with_lookup_check(reads)
}

/// What stands beside the files of every case.
fn beside() -> Files {
    let mut files = sample::files(&[("x", &cases::body("", ""))]);
    files.insert("calendars/office.yaml", cases::calendar("office", "mon: 09:00-17:00", ""));
    files.insert(
        "forms/f.yaml",
        "language: 1\nform: f\ntitle: F\nfields: [ { name: n, type: integer, label: N } ]\nthanks: Thanks\n",
    );
    for (name, connection) in [("who", "customers"), ("what", "products")] {
        let head = format!("language: 1\nlookup: {name}\nconnection: {connection}\n");
        files.insert(
            format!("lookups/{name}.yaml"),
            head + "sql: SELECT a FROM t WHERE b = :b\nparameters: { b: text }\ncolumns: { a: text }\n",
        );
    }
    for (path, text) in schedules::segments() {
        files.insert(path, text);
    }
    let rules =
        "language: 1\nimpact: harm\nrules: { r: { priority: urgent, because: { en: A, pt: A }, says: down } }\n";
    files.insert("impacts/harm.yaml", rules);
    files.insert("scenarios/mails/x.eml", "From: maria@acme.example\n\nHello\n");
    files
}

fn findings(case: &[(String, String)]) -> (Files, Vec<Finding>) {
    let mut files = beside();
    for (path, text) in case {
        files.insert(path, text);
    }
    let mut findings = check(&files, &registry());
    findings.extend(scenarios(&files).err().unwrap_or_default());
    (files, findings)
}

fn all() -> Vec<Case> {
    cases::of_paths()
        .into_iter()
        .chain(cases::of_reading())
        .chain(impacts::of_rules())
        .chain(schedules::of_openings())
        .chain(stories::of_files())
        .collect()
}

/// The codes that the sources name: what stands first in a finding, and the kinds of unknown names.
fn named_in_the_sources() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                for opener in ["Finding::error(", "Finding::warning(", "refuse(", "finding("] {
                    codes.extend(text.split(opener).skip(1).filter_map(code_at));
                }
                for opener in ["=> \"unknown-", "{ \"unknown-"] {
                    let rests = text.split(opener).skip(1).filter_map(|rest| rest.split_once('"'));
                    codes.extend(rests.map(|(rest, _)| format!("unknown-{rest}")));
                }
            }
        }
    }
    codes
}

fn code_at(rest: &str) -> Option<String> {
    let (code, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    let is_code = code.contains('-') && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_code.then(|| code.to_owned())
}

#[test]
fn every_planted_fault_is_found_and_what_is_nearly_the_same_is_sound() {
    let mut wrong = Vec::new();
    for case in all() {
        let (_, found) = findings(&case.bad);
        if !found.iter().any(|finding| finding.code == case.code) {
            let codes: Vec<_> = found.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
            wrong.push(format!("{} is not found, but {codes:?}", case.code));
        }
        let (files, found) = findings(&case.good);
        wrong.extend(found.iter().map(|finding| format!("beside {}: {}", case.code, finding.render(&files))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_finding_is_planted_and_on_the_page() {
    let named = named_in_the_sources();
    assert!(named.len() > 60, "{named:?}");
    let planted: BTreeSet<String> = all().iter().map(|case| case.code.to_owned()).collect();
    let missing: Vec<_> = named.difference(&planted).collect();
    assert!(missing.is_empty(), "nothing plants {missing:?}");
    let unnamed: Vec<_> = planted.difference(&named).collect();
    assert!(unnamed.is_empty(), "no source names {unnamed:?}");
    // A row of a table begins with the codes that it explains.
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
    let told: BTreeSet<String> =
        rows.flat_map(|(codes, _)| codes.split(", ")).map(|code| code.replace('`', "")).collect();
    let untold: Vec<_> = named.difference(&told).collect();
    assert!(untold.is_empty(), "checking.md says nothing of {untold:?}");
}
