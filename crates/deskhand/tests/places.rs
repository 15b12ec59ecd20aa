//! Where a command looks for its desk, and what it says when it finds none, or is not let in.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod running;

use running::Place;
use running::calls::{Ended, run};

const URL: &str = "DESKHAND_TEST_POSTGRES";

/// `deskhand token list` with this database.
async fn listing(place: &Place, url: &str) -> Ended {
    let mut command = place.program(&["token", "list", "--database", url, "--data"]);
    command.arg(place.data());
    run(command, b"").await
}

#[tokio::test]
async fn a_command_that_looks_at_a_desk_makes_none_where_there_is_none() {
    for place in [Some(Place::embedded()), Place::on_server("nothing_there").await].into_iter().flatten() {
        for _ in 0..2 {
            let ended = run(place.on_it(&["token", "list"]), b"").await;
            assert_eq!(ended.code, 2, "{ended:?}");
            assert!(ended.said.contains("holds no desk"), "{ended:?}");
        }
        // So a backup can still be restored there, or a desk begun.
        place.prepare(0).await;
        assert_eq!(run(place.on_it(&["token", "list"]), b"").await.code, 0);
        place.remove().await;
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_used_says_why_and_the_password_stays_unsaid() {
    let place = Place::embedded();
    let ended = listing(&place, "postgres://desk:s3cret@127.0.0.1:1/desk").await;
    assert_eq!(ended.code, 75, "{ended:?}");
    assert!(ended.said.contains("Connection refused") && !ended.said.contains("s3cret"), "{ended:?}");
    let ended = listing(&place, "mysql://desk:s3cret@127.0.0.1/desk").await;
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.said.contains("no PostgreSQL server") && !ended.said.contains("s3cret"), "{ended:?}");

    let Ok(server) = std::env::var(URL) else { return };
    let (_, host) = server.rsplit_once('@').unwrap();
    let (host, _) = host.split_once('/').unwrap();
    let nobody = format!("postgres://nobody_at_all:s3cret@{host}/postgres");
    let serve = place.program(&["serve", "--listen", "127.0.0.1:0", "--database", &nobody, "--data"]);
    for ended in [listing(&place, &nobody).await, starting(&place, serve).await] {
        assert_eq!(ended.code, 75, "{ended:?}");
        assert!(ended.said.contains("nobody_at_all") && !ended.said.contains("s3cret"), "{ended:?}");
    }
    let (base, _) = server.rsplit_once('/').unwrap();
    let ended = listing(&place, &format!("{base}/no_such_database")).await;
    assert!(ended.code == 75 && ended.said.contains("no_such_database"), "{ended:?}");
}

async fn starting(place: &Place, mut serve: tokio::process::Command) -> Ended {
    serve.arg(place.data());
    run(serve, b"").await
}

#[tokio::test]
async fn a_mailboxs_field_that_there_is_not_is_refused_and_changes_nothing() {
    let place = Place::embedded();
    place.prepare(0).await;
    let add = ["mailbox", "add", "name=Support", "address=help@acme.example", "outgoing.host=smtp.acme.example"];
    let with = |more: &'static str| [&add[..], &["outgoing.login=none", more]].concat();
    let ended = run(place.on_it(&with("outgoing.prot=25")), b"").await;
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.said.contains("no field \"outgoing.prot\"") && ended.said.contains("outgoing.port"), "{ended:?}");
    let listed = run(place.on_it(&["mailbox", "list"]), b"").await;
    assert_eq!(listed.json()["items"].as_array().unwrap().len(), 0, "{listed:?}");
    let ended = run(place.on_it(&with("outgoing.port=25")), b"").await;
    assert_eq!(ended.code, 0, "{ended:?}");
}
