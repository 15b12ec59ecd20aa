//! `docs/api.md`, run as it stands there against the real program.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod running;

use std::path::Path;
use std::process::Stdio;

use running::{Place, Running};
use serde_json::Value;
use tokio::process::Command;

const GUIDE: &str = include_str!("../../../docs/api.md");
/// What stands before a fence that is run, and between the answers of two.
const MARK: &str = "<!-- curl -->";

/// A fence that is run, and the answer that stands below it.
struct Example {
    command: String,
    answer: Option<Value>,
}

fn examples() -> Vec<Example> {
    GUIDE.split(MARK).skip(1).map(example).collect()
}

fn example(text: &str) -> Example {
    let fence = |kind: &str, text: &str| {
        let (_, rest) =
            text.trim_start().split_once(&format!("```{kind}\n")).filter(|(before, _)| before.is_empty())?;
        rest.split_once("\n```").map(|(inside, rest)| (inside.to_owned(), rest.to_owned()))
    };
    let (command, rest) = fence("sh", text).expect("a fence of sh stands behind the mark");
    let answer = fence("json", &rest).map(|(answer, _)| serde_json::from_str(&answer).unwrap());
    Example { command, answer }
}

/// Whether an answer holds what the guide shows of it: `…` is anything, and what is left out may be there.
fn holds(shown: &Value, answer: &Value) -> bool {
    match (shown, answer) {
        (Value::String(shown), _) if shown == "…" => !answer.is_null(),
        (Value::Object(shown), Value::Object(answer)) => {
            shown.iter().all(|(name, value)| answer.get(name).is_some_and(|found| holds(value, found)))
        }
        (Value::Array(shown), Value::Array(answer)) => {
            shown.len() == answer.len() && shown.iter().zip(answer).all(|(shown, answer)| holds(shown, answer))
        }
        _ => shown == answer,
    }
}

#[tokio::test]
async fn the_guide_answers_as_it_says() {
    let place = Place::embedded();
    let mut server = Running::start(place.serve("smtp://127.0.0.1:1"));
    let address = server.address().await.expect("the desk listens");
    let examples = examples();
    assert!(examples.len() > 10);
    let script: Vec<String> =
        examples.iter().map(|example| format!("{}\necho; echo '{MARK}'", example.command)).collect();
    let script = script.join("\n").replace("http://127.0.0.1:8080", &format!("http://{address}"));
    let program = Path::new(env!("CARGO_BIN_EXE_deskhand")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-euc", &script])
        .env("PATH", path)
        .current_dir(place.data().parent().unwrap())
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let answers: Vec<&str> = said.split(MARK).map(str::trim).collect();
    for (example, answer) in examples.iter().zip(answers) {
        let Some(shown) = &example.answer else { continue };
        let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
        assert!(holds(shown, &answer), "{}\nshows {shown:#}\nand answers {answer:#}", example.command);
    }
    assert!(server.stop().await.success());
}
