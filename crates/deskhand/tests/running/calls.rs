//! Calling `deskhand` as others do, and what it answers.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::Place;

/// The handbook that the binary carries.
pub const HANDBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../handbook");
/// A mail from somebody whom nobody knows.
pub const MAIL: &str =
    "From: Rui <rui@outside.example>\r\nTo: help@desk.example\r\nSubject: A question\r\n\r\nHow?\r\n";

/// What a command printed, and its exit code.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: i32,
    /// Its standard output.
    pub printed: String,
    /// Its standard error.
    pub said: String,
}

impl Ended {
    /// What it printed, as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.printed).unwrap()
    }
}

/// Runs `command` with `input` on its standard input, until it ends.
pub async fn run(mut command: Command, input: &[u8]) -> Ended {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    // It need not read all of it.
    let _ = child.stdin.take().unwrap().write_all(input).await;
    let output = tokio::time::timeout(Duration::from_secs(60), child.wait_with_output()).await.unwrap().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code().unwrap(), printed: text(output.stdout), said: text(output.stderr) }
}

/// Runs `deskhand` with `arguments` and nothing to read.
pub async fn deskhand(arguments: &[&str]) -> Ended {
    run(Place::embedded().program(arguments), b"").await
}

/// A copy of the built-in handbook, to be changed.
pub struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    /// A fresh one.
    pub async fn exported() -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        let ended = deskhand(&["handbook", "export", copy.dir().to_str().unwrap()]).await;
        assert_eq!(ended.code, 0, "{ended:?}");
        copy
    }

    /// Where it is.
    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("handbook")
    }

    /// Writes `new` for the first `old` of a file, and says where that stands: line and column, from 1.
    pub fn change(&self, file: &str, old: &str, new: &str) -> (usize, usize) {
        let path = self.dir().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let at = text.find(old).unwrap();
        std::fs::write(&path, text.replacen(old, new, 1)).unwrap();
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        (text[..at].matches('\n').count() + 1, at - line_start + 1)
    }
}

/// Runs a command on a folder.
pub async fn on_folder(command: &str, folder: &Path, more: &[&str]) -> Ended {
    deskhand(&[&[command, folder.to_str().unwrap()], more].concat()).await
}

/// The names of the files in a folder, in order.
pub fn names_in(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
