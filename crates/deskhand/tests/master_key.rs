//! The master key: made by the first who needs it, for the desk's own user alone, and missed when it is gone.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program on the desk in `folder`, with `input` on its standard input.
fn deskhand(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let (verbs, rest) = arguments.split_at(2);
    let mut child = Command::new(env!("CARGO_BIN_EXE_deskhand"))
        .args(verbs)
        .args(["--data", folder.to_str().unwrap()])
        .args(rest)
        .env_remove("DESKHAND_MASTER_KEY")
        .env_remove("DESKHAND_MASTER_KEY_FILE")
        .env_remove("DESKHAND_DATABASE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (i32, String) {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code().unwrap(), String::from_utf8(all).unwrap())
}

/// Nobody listens at this port of this machine.
const MAILBOX: [&str; 6] = [
    "name=help",
    "address=help@acme.example",
    "incoming.host=127.0.0.1",
    "incoming.port=1",
    "incoming.security=none",
    "incoming.user=help",
];

#[test]
fn the_first_secret_makes_the_key_and_no_other_key_and_no_open_one_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let made = deskhand(data, &["token", "create", "--name", "x", "--role", "owner"], "");
    assert!(made.status.success(), "{:?}", said(&made));
    let key = data.join("master.key");
    assert!(!key.exists(), "nothing was sealed yet");

    let add = [&["mailbox", "add"][..], &MAILBOX].concat();
    let added = deskhand(data, &add, "hunter2\n");
    assert!(added.status.success(), "{:?}", said(&added));
    let kept = std::fs::read(&key).unwrap();
    assert_eq!((std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, kept.len()), (0o600, 65));
    let (_, listed) = said(&deskhand(data, &["mailbox", "list"], ""));
    assert!(listed.contains("\"help@acme.example\"") && !listed.contains("hunter2"), "{listed}");

    let test = ["mailbox", "test", "help"];
    let (code, words) = said(&deskhand(data, &test, ""));
    assert_eq!(code, 1, "{words}");
    assert!(words.contains("fetching: the server is there, but nobody listens at this port"), "{words}");

    let refused = |why: &str| {
        let (code, words) = said(&deskhand(data, &test, ""));
        assert!(code == 2 && words.contains(why), "{code} {words}");
        assert!(!words.contains(std::str::from_utf8(&kept[..64]).unwrap()), "{words}");
    };
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    refused("can be read by others");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&key, format!("{}\n", "5".repeat(64))).unwrap();
    refused("sealed under another master key");
    std::fs::remove_file(&key).unwrap();
    refused("There is no master key");
    std::fs::write(&key, &kept).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(said(&deskhand(data, &test, "")).0, 1, "with its key it is as it was");

    let secret = [&["mailbox", "add"][..], &MAILBOX, &["incoming.password=hunter2"]].concat();
    assert_eq!(said(&deskhand(data, &secret, "")).0, 2, "no secret stands in a command");
}
