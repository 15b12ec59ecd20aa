//! `deskhand token …` and `deskhand hook …`: what they print and how they end.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod running;

use desk::handbook::tree;
use running::Place;
use serde_json::Value;

/// Runs `deskhand` on the desk; gives the exit code and what was printed.
async fn run(place: &Place, arguments: &[&str]) -> (i32, String) {
    let output = place.on_it(arguments).output().await.unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn tokens_are_made_once_a_name_listed_and_taken_away() {
    let place = Place::embedded();
    place.prepare(0).await;
    let create = ["token", "create", "--name", "nightly", "--role", "lead", "--expires", "2999-01-31"];
    let (code, token) = run(&place, &create).await;
    assert_eq!((code, token.trim().len(), token.lines().count()), (0, 64, 1), "{token}");
    assert_eq!(run(&place, &create).await, (2, String::new()), "the name is taken");
    let agents = ["token", "create", "--name", "ana's", "--role", "agent", "--agent", "Ana@desk.example"];
    assert_eq!(run(&place, &agents).await.0, 0);
    assert_eq!(
        run(&place, &["token", "create", "--name", "x", "--role", "agent", "--agent", "nobody@x.example"]).await.0,
        2
    );
    assert_eq!(
        run(&place, &["token", "create", "--name", "x", "--role", "agent", "--expires", "yesterday"]).await.0,
        2
    );

    let (code, listed) = run(&place, &["token", "list", "--format", "json"]).await;
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let names: Vec<_> =
        listed["tokens"].as_array().unwrap().iter().map(|token| token["name"].as_str().unwrap()).collect();
    assert_eq!((code, names), (0, vec!["ana's", "nightly", "test"]));
    assert_eq!(listed["tokens"][0]["agent"], "Ana");
    assert_eq!(listed["tokens"][1]["expires_at"], "2999-01-31T00:00:00Z");
    let (_, listed) = run(&place, &["token", "list"]).await;
    let line = listed.lines().find(|line| line.starts_with("nightly  lead")).expect(&listed);
    assert!(line.contains("never used") && line.ends_with("ends 2999-01-31T00:00:00Z"), "{line}");

    assert_eq!(run(&place, &["token", "revoke", "--name", "nightly"]).await.0, 0);
    assert_eq!(run(&place, &["token", "revoke", "--name", "nightly"]).await.0, 2);
    assert_eq!(run(&place, &create).await.0, 0, "the name is free again");
}

#[tokio::test]
async fn a_hook_is_made_for_a_form_that_names_a_typeform() {
    let place = Place::embedded();
    place.prepare(0).await;
    let make = ["hook", "typeform", "--form", "document-survey"];
    assert_eq!(run(&place, &make).await, (2, String::new()), "the built-in form names none");

    let folder = tempfile::tempdir().unwrap();
    for (path, text) in tree::built_in().iter() {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let from = "from: [ { typeform: { form_id: x, email: { email: e }, map: { documents: { number: n } } } } ]\n";
        let more = if path == "forms/document-survey.yaml" { from } else { "" };
        std::fs::write(file, format!("{text}{more}")).unwrap();
    }
    let published = run(&place, &["handbook", "publish", folder.path().to_str().unwrap()]).await;
    assert_eq!(published.0, 0, "{published:?}\n{}", place.said());
    let (code, secret) = run(&place, &make).await;
    assert_eq!((code, secret.trim().len()), (0, 64), "{}", place.said());
    assert_ne!(run(&place, &make).await.1, secret, "made anew");
    let (_, listed) = run(&place, &["hook", "list"]).await;
    assert!(listed.starts_with("typeform  document-survey  made 20") && listed.ends_with("by Deskhand\n"), "{listed}");
    let remove = ["hook", "remove", "--form", "document-survey"];
    assert_eq!(run(&place, &remove).await.0, 0);
    assert_eq!(run(&place, &remove).await.0, 2);
    let key = place.data().join("master.key");
    assert!(!std::fs::read(&key).unwrap().is_empty());
}
