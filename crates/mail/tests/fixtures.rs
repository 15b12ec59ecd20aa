//! Every mail in `fixtures/` gives the JSON that lies beside it: the contract of `deskhand mail parse`.
//! After a change that is meant: `DESKHAND_WRITE_FIXTURES=1 cargo test -p mail --test fixtures`, then read the difference.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails its test")]

use std::fs;
use std::path::{Path, PathBuf};

/// What kinds of mail there are fixtures of, each a folder.
const KINDS: [&str; 7] = ["automatic", "bounces", "encodings", "files", "frame", "html", "replies"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn files(end: &str) -> Vec<PathBuf> {
    let inside = |kind: &&str| fs::read_dir(folder().join(kind)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        KINDS.iter().flat_map(inside).filter(|path| path.extension().is_some_and(|e| e == end)).collect();
    files.sort();
    files
}

#[test]
fn every_fixture_reads_as_expected() {
    let mut wrong = Vec::new();
    for path in files("eml") {
        let read = serde_json::to_string_pretty(&mail::parse(&fs::read(&path).unwrap())).unwrap() + "\n";
        let beside = path.with_extension("json");
        if std::env::var_os("DESKHAND_WRITE_FIXTURES").is_some() {
            fs::write(&beside, &read).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if read != expected {
            let differs = read.lines().zip(expected.lines()).find(|(now, then)| now != then);
            let (now, then) = differs.unwrap_or(("another number of lines", "as many as the file has"));
            wrong.push(format!("{}\n  expected {then}\n  read     {now}", beside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_expectation_has_its_mail_and_every_kind_has_several() {
    let mails = files("eml");
    for path in files("json") {
        assert!(mails.contains(&path.with_extension("eml")), "{}", path.display());
    }
    for kind in KINDS {
        let count = mails.iter().filter(|path| path.parent().is_some_and(|folder| folder.ends_with(kind))).count();
        assert!(count >= 10, "{kind}: {count}");
    }
    assert_eq!(fs::read_dir(folder()).unwrap().count(), KINDS.len(), "a folder that no test reads");
}

#[test]
fn every_fixture_cut_anywhere_is_still_read() {
    for path in files("eml") {
        let raw = fs::read(&path).unwrap();
        for end in (0..raw.len()).step_by(if raw.len() > 5_000 { 97 } else { 17 }) {
            let mail = mail::parse(&raw[..end]);
            let taken = mail.attachments.iter().map(|file| file.size).sum::<usize>();
            assert!(taken <= end * 2, "{path:?} cut at {end}");
        }
    }
}
