//! The command line as those use it who call it: what it prints, and how it ends.

mod running;

use std::time::Duration;

use desk::mailboxes::MAIL_MAX;
use running::ask::Request;
use running::calls::{Copy, HANDBOOK, MAIL, deskhand, on_folder, run};
use running::{Place, Running};
use serde_json::Value;
use sink::Sink;

/// How long a mail server may be held up before it learns that the desk cannot take its mail: well below what a pool waits.
const PROMPT: Duration = Duration::from_secs(6);

#[tokio::test]
async fn help_says_what_it_is_and_lists_the_commands() {
    let ended = deskhand(&["--help"]).await;
    assert_eq!(ended.code, 0);
    assert!(ended.printed.starts_with("The support desk that runs your procedures"), "{}", ended.printed);
    for command in [
        "serve", "check", "simulate", "test", "draw", "handbook", "calendar", "mail", "token", "backup", "restore",
        "outbox",
    ] {
        assert!(ended.printed.contains(&format!("\n  {command} ")), "{command} is missing:\n{}", ended.printed);
    }
}

#[tokio::test]
async fn what_is_no_command_is_misuse_and_prints_nothing() {
    for arguments in
        [&["sreve"][..], &[], &["check"], &["check", "/no/such/folder"], &["token", "create", "--name", "x"]]
    {
        let ended = deskhand(arguments).await;
        assert_eq!((ended.code, ended.printed.as_str()), (2, ""), "{arguments:?}: {ended:?}");
        assert!(!ended.said.is_empty());
    }
}

#[tokio::test]
async fn a_sound_handbook_is_said_to_be_and_exits_0() {
    let ended = deskhand(&["check", HANDBOOK]).await;
    assert_eq!((ended.code, ended.printed.trim()), (0, "The handbook is sound."), "{ended:?}");
    let ended = deskhand(&["check", HANDBOOK, "--format", "json"]).await;
    assert_eq!((ended.code, ended.json()), (0, serde_json::json!({"ok": true, "findings": []})));
}

#[tokio::test]
async fn a_broken_handbook_exits_1_and_says_file_line_and_column() {
    let copy = Copy::exported().await;
    let file = "playbooks/general-request.yaml";
    let (line, column) = copy.change(file, "waiting }", "wating }");
    let ended = on_folder("check", &copy.dir(), &[]).await;
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.printed.contains(&format!("{file}:{line}:{column}")), "{line}:{column} is not in\n{}", ended.printed);
    assert!(ended.printed.contains("waiting"), "what would be right:\n{}", ended.printed);
    assert!(ended.printed.trim().ends_with("The handbook is not sound."), "{}", ended.printed);
    let json = on_folder("check", &copy.dir(), &["--format", "json"]).await;
    let (finding, ok) = (&json.json()["findings"][0], &json.json()["ok"]);
    assert_eq!((json.code, ok), (1, &Value::Bool(false)));
    assert_eq!((&finding["file"], &finding["line"], &finding["column"]), (&file.into(), &line.into(), &column.into()));

    let place = Place::embedded();
    let mut publish = place.on_it(&["handbook", "publish"]);
    publish.arg(copy.dir());
    let ended = run(publish, b"").await;
    assert_eq!(ended.code, 1, "an unsound handbook is not published: {ended:?}");
}

#[tokio::test]
async fn a_handbook_that_forgets_a_silent_client_is_told_as_a_story_and_not_published() {
    let copy = Copy::exported().await;
    copy.change("playbooks/general-request.yaml", "    after: { 7 days: open }", "");
    let ended = on_folder("check", &copy.dir(), &["--format", "json"]).await;
    let findings = ended.json()["findings"].as_array().cloned().unwrap_or_default();
    let forgotten = findings.iter().find(|finding| finding["code"] == "endless-wait");
    let path = forgotten.and_then(|finding| finding["path"].as_array()).cloned().unwrap_or_default();
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(path.len() > 1 && path[0].as_str().is_some_and(|line| line.starts_with("+0h")), "{findings:?}");

    let place = Place::embedded();
    let mut publish = place.on_it(&["handbook", "publish"]);
    publish.arg(copy.dir());
    let ended = run(publish, b"").await;
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(format!("{ended:?}").contains("endless-wait"), "{ended:?}");
}

#[tokio::test]
async fn a_handbooks_scenarios_are_played_and_counted() {
    let ended = deskhand(&["test", HANDBOOK]).await;
    assert_eq!((ended.code, ended.said.as_str()), (0, ""), "outages that are rehearsed are no fault of anybody");
    let played = ended.printed.lines().filter(|line| line.starts_with("ok ")).count();
    assert!(played > 0);
    assert_eq!(ended.printed.lines().next_back(), Some(format!("{played} passed, 0 failed").as_str()));
}

#[tokio::test]
async fn a_scenario_that_does_not_hold_exits_1_and_says_why() {
    let copy = Copy::exported().await;
    let file = "scenarios/document-change.yaml";
    let (line, _) = copy.change(file, "'Document Survey: Acme'", "'Another subject'");
    let ended = on_folder("test", &copy.dir(), &[]).await;
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.printed.lines().next_back().unwrap().ends_with(" passed, 1 failed"), "{}", ended.printed);
    assert!(ended.printed.contains(&format!("{file}:{line}")), "where it says so:\n{}", ended.printed);
    let json = on_folder("test", &copy.dir(), &["--format", "json"]).await.json();
    let failed: Vec<&Value> =
        json["scenarios"].as_array().unwrap().iter().filter(|row| row["passed"] == false).collect();
    assert!(failed.len() == 1 && failed[0]["message"].as_str().unwrap().contains("Document Survey: Acme"), "{json}");
}

#[tokio::test]
async fn a_simulation_prints_what_happens_when() {
    let ended = deskhand(&["simulate", HANDBOOK, "D4: what meets"]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let opened = ended.printed.lines().find(|line| line.contains("ticket.opened")).unwrap();
    assert!(opened.starts_with("Tue 17 Nov 09:00:00"), "{opened}");
    assert!(opened.contains("document-change") && opened.contains("→ identifying"), "{opened}");
    assert!(ended.printed.trim().ends_with(" 0 do not"), "{}", ended.printed);
    let json = deskhand(&["simulate", HANDBOOK, "D4: what meets", "--format", "json"]).await.json();
    let first = &json["timeline"][0];
    assert_eq!((&first["event"], &first["to"]), (&"ticket.opened".into(), &"identifying".into()), "{json}");
    assert_eq!(json["failed"], serde_json::json!([]));
}

#[tokio::test]
async fn a_playbook_is_drawn_as_svg_or_for_mermaid_in_a_language_of_the_handbook() {
    let ended = deskhand(&["draw", HANDBOOK, "document-change"]).await;
    assert_eq!((ended.code, ended.said.as_str()), (0, ""), "{ended:?}");
    assert!(ended.printed.starts_with("<svg ") && ended.printed.ends_with("</svg>\n"), "{}", ended.printed);
    assert!(ended.printed.contains("<title>Document change request</title>"), "{}", ended.printed);
    let ended = deskhand(&["draw", HANDBOOK, "general-request", "--format", "mermaid", "--language", "pt"]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.printed.contains("\nstateDiagram-v2\n") && ended.printed.contains("Fechado"), "{}", ended.printed);
}

#[tokio::test]
async fn what_cannot_be_drawn_is_said_and_nothing_is_printed() {
    for (arguments, said) in [
        (&["draw", HANDBOOK, "document-chnge"][..], "document-change"),
        (&["draw", HANDBOOK, "general-request", "--language", "fr"], "en, pt"),
        (&["draw", HANDBOOK, "general-request", "--format", "png"], "mermaid"),
        (&["draw", HANDBOOK], "PLAYBOOK"),
    ] {
        let ended = deskhand(arguments).await;
        assert_eq!((ended.code, ended.printed.as_str()), (2, ""), "{arguments:?}: {ended:?}");
        assert!(ended.said.contains(said), "{arguments:?}: {}", ended.said);
    }
    let copy = Copy::exported().await;
    let file = "playbooks/general-request.yaml";
    let (line, column) = copy.change(file, "waiting }", "wating }");
    let ended = on_folder("draw", &copy.dir(), &["general-request"]).await;
    assert_eq!((ended.code, ended.printed.as_str()), (1, ""), "{ended:?}");
    assert!(ended.said.contains(&format!("{file}:{line}:{column}")), "{}", ended.said);
}

#[tokio::test]
async fn any_bytes_are_parsed_to_json() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    for raw in
        [b"".as_slice(), &bytes, &[0xff; 64], b"From: \xff\r\nContent-Type: multipart/mixed\r\n\r\n--", MAIL.as_bytes()]
    {
        let ended = run(Place::embedded().program(&["mail", "parse", "-"]), raw).await;
        assert_eq!(ended.code, 0, "{ended:?}");
        let mail = ended.json();
        assert!(mail["problems"].is_array() && mail["attachments"].is_array(), "{mail}");
    }
    let ended = run(Place::embedded().program(&["mail", "parse", "-"]), MAIL.as_bytes()).await;
    assert_eq!(
        (&ended.json()["from"]["address"], &ended.json()["text"]),
        (&"rui@outside.example".into(), &"How?".into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_delivered_beside_a_running_server_is_a_ticket_there_within_two_seconds() {
    for place in [Some(Place::embedded()), Place::on_server("deliver").await].into_iter().flatten() {
        let sink = Sink::open().await.unwrap();
        let mut server = Running::start(place.serve(&sink.url()));
        let address = server.address().await.unwrap();

        let token = run(place.on_it(&["token", "create", "--name", "test", "--role", "agent"]), b"").await;
        assert_eq!((token.code, token.printed.lines().count()), (0, 1), "{token:?}");
        let tickets = Request::get("/api/v1/tickets").by(token.printed.trim_end());
        let before = tickets.send(address).await.unwrap();
        assert_eq!((before.status, &before.body["items"]), (200, &serde_json::json!([])), "the token alone is printed");

        let delivered = run(place.on_it(&["mail", "deliver"]), MAIL.as_bytes()).await;
        assert_eq!((delivered.code, &delivered.json()["outcome"]), (0, &"opened".into()), "{delivered:?}");
        let seen = async {
            loop {
                let items = tickets.send(address).await.unwrap().body["items"].clone();
                if items[0]["subject"] == "A question" {
                    return items;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let items = tokio::time::timeout(Duration::from_secs(2), seen).await.unwrap();
        assert_eq!(items[0]["id"], delivered.json()["ticket"]);

        let again = run(place.on_it(&["mail", "deliver"]), MAIL.as_bytes()).await;
        assert_eq!((again.code, again.json()), (0, delivered.json()), "the same bytes are the same mail");
        assert_eq!(tickets.send(address).await.unwrap().body["items"].as_array().unwrap().len(), 1);
        assert!(server.stop().await.success(), "{}", place.said());
        place.remove().await;
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_taken_now_exits_75() {
    let place = Place::embedded();
    let mut away = place.on_it(&["mail", "deliver"]);
    away.args(["--database", "postgres://desk:secret@127.0.0.1:1/desk"]);
    let ended = tokio::time::timeout(PROMPT, run(away, MAIL.as_bytes())).await.unwrap();
    assert_eq!((ended.code, ended.printed.as_str()), (75, ""), "{ended:?}");
    assert!(!ended.said.contains("secret"), "{}", ended.said);

    let ended = run(place.on_it(&["mail", "deliver"]), MAIL.as_bytes()).await;
    assert_eq!(
        (ended.code, ended.printed.as_str()),
        (75, ""),
        "nobody would look into a desk made by a slip: {ended:?}"
    );
    assert!(ended.said.contains("holds no desk") && !place.data().exists(), "{ended:?}");

    std::fs::create_dir_all(place.data().join("desk.db")).unwrap();
    let ended = run(place.on_it(&["mail", "deliver"]), MAIL.as_bytes()).await;
    assert_eq!((ended.code, ended.printed.as_str()), (75, ""), "a folder is no database: {ended:?}");
}

#[tokio::test]
async fn a_mail_that_is_too_large_exits_65() {
    let mut mail = MAIL.as_bytes().to_vec();
    mail.resize(MAIL_MAX + 1, b'x');
    let place = Place::embedded();
    place.prepare(0).await;
    let ended = run(place.on_it(&["mail", "deliver"]), &mail).await;
    assert_eq!((ended.code, ended.printed.as_str()), (65, ""), "{ended:?}");
}

#[tokio::test]
async fn an_export_writes_over_nothing() {
    let copy = Copy::exported().await;
    copy.change("desk.yaml", "language: 1", "language: 1 # ours");
    let ours = std::fs::read(copy.dir().join("desk.yaml")).unwrap();
    let ended = deskhand(&["handbook", "export", copy.dir().to_str().unwrap()]).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    assert_eq!(std::fs::read(copy.dir().join("desk.yaml")).unwrap(), ours);
}

#[tokio::test]
async fn a_folder_that_is_no_handbook_is_told_once_and_not_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["notes.md", "more.yaml"] {
        std::fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
        std::fs::write(folder.path().join("elsewhere").join(name), "x").unwrap();
    }
    let ended = on_folder("check", folder.path(), &[]).await;
    assert_eq!(
        (ended.code, ended.said.matches("error[").count() + ended.printed.matches("error[").count()),
        (1, 1),
        "{ended:?}"
    );
    assert!(format!("{ended:?}").contains("perhaps another folder is meant"), "{ended:?}");
}
