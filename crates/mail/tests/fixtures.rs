//! Every mail in `fixtures/` gives the JSON that lies beside it: the contract of `deskhand mail parse`.
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p mail --test fixtures`, then read the difference.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails its test")]

use std::fs;
use std::path::{Path, PathBuf};

fn mails() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut mails: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
    mails.sort();
    mails
}

#[test]
fn every_fixture_reads_as_expected() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../fixtures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in mails() {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            insta::assert_json_snapshot!(name, mail::parse(&fs::read(&path).unwrap()));
        }
    });
}

#[test]
fn there_are_enough_fixtures_to_mean_something() {
    assert!(mails().len() >= 25, "{}", mails().len());
}

#[test]
fn every_fixture_cut_anywhere_is_still_read() {
    for path in mails() {
        let raw = fs::read(&path).unwrap();
        for end in (0..raw.len()).step_by(7) {
            let mail = mail::parse(&raw[..end]);
            assert!(mail.attachments.iter().map(|file| file.size).sum::<usize>() <= end, "{path:?} cut at {end}");
        }
    }
}
