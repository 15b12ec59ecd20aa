//! A log that nobody takes.

use std::process::Stdio;

use crate::running::calls::{HANDBOOK, run};
use crate::running::{Place, Running};
use crate::{form, serving};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_nobody_reads_and_a_closed_output_hold_up_nothing() {
    let place = Place::embedded();
    let token = place.prepare(1).await;
    let mut command = place.serve("smtp://127.0.0.1:9");
    // Much more than a pipe holds, and nobody reads it.
    command.env("DESKHAND_LOG", "trace").stderr(Stdio::piped());
    let mut running = Running::start(command);
    let address = running.address().await.expect("it listens");
    running.hang_up();
    for number in 0..60 {
        let answer = form(&format!("form-{number}")).by(&token).send(address).await.unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert!(running.stop().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_on_a_full_disk_holds_up_nothing() {
    let place = Place::embedded();
    let token = place.prepare(1).await;
    let mut command = place.serve("smtp://127.0.0.1:9");
    command.stderr(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let mut running = Running::start(command);
    let address = running.address().await.expect("it listens");
    for number in 0..10 {
        let answer = form(&format!("form-{number}")).by(&token).send(address).await.unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert!(running.stop().await.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_names_every_request_and_nobody_who_sent_or_is_named_in_one() {
    for place in [Some(Place::embedded()), Place::on_server("logged").await].into_iter().flatten() {
        logged(&place).await;
        place.remove().await;
    }
}

async fn logged(place: &Place) {
    let token = place.prepare(1).await;
    let mut command = place.serve("smtp://127.0.0.1:9");
    command.env("DESKHAND_LOG", "trace").env("DESKHAND_LOG_FORMAT", "json");
    let mut running = Running::start(command);
    let address = running.address().await.expect("it listens");
    let answer = form("a-form").by(&token).send(address).await.unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    let raw = "From: Zenobia Quist <zenobia@hidden.example>\r\nTo: help@desk.example\r\nSubject: Xylophones\r\n\r\nMarmalade.\r\n";
    let mailed = crate::running::ask::Request::mail(raw).by(&token).send(address).await.unwrap();
    assert_eq!(mailed.status, 202, "{mailed:?}");
    let id = mailed.body["ticket"]["id"].as_str().unwrap().to_owned();
    let asked = format!("/api/v1/tickets/{id}?q=zenobia@hidden.example");
    crate::running::ask::Request::get(&asked).by(&token).send(address).await.unwrap();
    let missing = "/nowhere/zenobia@hidden.example";
    crate::running::ask::Request::get(missing).by(&token).send(address).await.unwrap();
    // The mail server refuses connections, so the acknowledgement fails and is told too.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(running.stop().await.success());

    let said = place.said();
    let lines: Vec<serde_json::Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(lines.len() >= 10, "{said}");
    let answered: Vec<_> = lines.iter().filter(|line| line["fields"]["message"] == "answered").collect();
    let of = |route: &str| {
        answered.iter().find(|line| line["span"]["route"] == route).unwrap_or_else(|| panic!("{route}: {said}"))
    };
    let mail = of("/api/v1/inbound/mail");
    assert_eq!((&mail["fields"]["status"], &mail["span"]["actor"]), (&202.into(), &"program".into()), "{mail}");
    assert!(mail["span"]["id"].is_string() && mail["fields"]["took_ms"].is_number(), "{mail}");
    of("/api/v1/tickets/{id}");
    of("(none)");
    assert!(
        lines.iter().any(|line| line["fields"]["message"] == "a run moves" && line["fields"]["ticket"].is_number())
    );
    let low = said.to_lowercase();
    for word in ["zenobia", "quist", "hidden.example", "xylophone", "marmalade", "new logo", "maria@", "a-form", &token]
    {
        let found = low.lines().find(|line| line.contains(word));
        assert_eq!(found, None, "{word} is in the log");
    }
}

/// What scenarios call people and what they let them say: mail addresses, names, and the words of forms and mails.
fn said_in_scenarios() -> Vec<String> {
    let folder = std::path::Path::new(HANDBOOK).join("scenarios");
    let texts = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mut words = Vec::new();
    for text in texts {
        let is_in_address = |c: char| c.is_alphanumeric() || "@.-_+".contains(c);
        let addresses =
            text.split(|c| !is_in_address(c)).filter(|word| word.contains('@') && word.ends_with(".example"));
        words.extend(addresses.map(str::to_owned));
        for key in ["{ name: ", "email: ", "details: ", "says: ", "body: ", "name: "] {
            let values = text.split(key).skip(1).filter_map(|rest| rest.split([',', '}', '\n']).next());
            words.extend(values.map(|value| value.trim().trim_matches('\'').to_owned()));
        }
    }
    words.sort();
    words.dedup();
    // Playbooks and look-ups have names too, in small letters; people have others.
    words.retain(|word| word.len() > 2 && (word.contains('@') || word.starts_with(char::is_uppercase)));
    words
}

#[tokio::test]
async fn a_rehearsal_of_everything_logs_nobodys_words_at_any_level() {
    let words = said_in_scenarios();
    assert!(words.len() > 20 && words.iter().any(|word| word == "maria@acme.example"), "{words:?}");
    let mut command = Place::embedded().program(&["test", HANDBOOK]);
    command.env("DESKHAND_LOG", "trace");
    let ended = run(command, b"").await;
    assert_eq!(ended.code, 0, "{}", ended.printed);
    let lines = ended.said.lines().count();
    assert!(lines > 100 && !ended.said.contains("were left out"), "{lines} lines");
    for word in &words {
        let is_word = |line: &&str| {
            line.match_indices(word.as_str()).any(|(at, _)| {
                let (before, after) = (&line[..at], &line[at + word.len()..]);
                !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
            })
        };
        assert_eq!(ended.said.lines().find(is_word), None, "{word} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_count_what_happens_and_name_nobody() {
    for place in [Some(Place::embedded()), Place::on_server("metrics").await].into_iter().flatten() {
        metrics(&place).await;
        place.remove().await;
    }
}

async fn metrics(place: &Place) {
    let token = place.prepare(1).await;
    let (running, address) = serving(place).await;
    for number in 0..3 {
        assert_eq!(form(&format!("form-{number}")).by(&token).send(address).await.unwrap().status, 201);
    }
    let path = "/api/v1/tickets/maria@client-0.example";
    crate::running::ask::Request::get(path).by(&token).send(address).await.unwrap();
    assert_eq!(crate::running::ask::Request::get("/metrics").send(address).await.unwrap().status, 401);
    let answer = crate::running::ask::Request::get("/metrics").by(&token).send(address).await.unwrap();
    let text = answer.text;
    assert_eq!(answer.status, 200, "{text}");
    for line in [
        "deskhand_tickets{status=\"open\"} ",
        "deskhand_mails{state=\"waiting\"} ",
        "deskhand_timers_overdue_seconds 0",
        "deskhand_database_up 1",
        "deskhand_commits_total ",
        "process_resident_memory_bytes ",
        "deskhand_build_info{version=",
        "deskhand_http_request_seconds_count{method=\"POST\",route=\"/api/v1/forms/{form}/submissions\",class=\"2xx\"} 3",
    ] {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
    assert!(!text.contains("maria") && !text.contains("example"), "{text}");
    assert!(running.stop().await.success(), "{}", place.said());
}
