//! Input beyond all bounds: refused in words, and nothing of it is kept.

use desk::mailboxes::MAIL_MAX;
use serde_json::json;

use crate::running::Place;
use crate::running::ask::Request;
use crate::running::calls::{names_in, run};
use crate::{count, mail_with_attachment, serving};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_is_refused_and_leaves_neither_rows_nor_files() {
    for place in [Some(Place::embedded()), Place::on_server("too_large").await].into_iter().flatten() {
        let token = place.prepare(1).await;
        let (running, address) = serving(&place).await;
        let raw = mail_with_attachment("Too much.", MAIL_MAX);
        let large_form =
            json!({"from": {"email": "maria@client-0.example"}, "answers": {"details": "x".repeat(2 << 20)}});
        for request in [
            Request::mail(&raw),
            Request::post("/api/v1/forms/document-survey/submissions", &large_form),
            Request::post("/api/v1/tickets", &json!({"subject": "x", "body": "x".repeat(2 << 20)})),
        ] {
            let answer = request.by(&token).send(address).await.unwrap();
            assert_eq!(answer.status, 413, "{answer:?}");
            assert_eq!(
                (&answer.body["code"], &answer.body["status"]),
                (&"too-large".into(), &413.into()),
                "{answer:?}"
            );
        }
        let delivered = run(place.on_it(&["mail", "deliver"]), raw.as_bytes()).await;
        assert_eq!(delivered.code, 65, "{delivered:?}");
        assert!(running.stop().await.success(), "{}", place.said());
        for text in [
            "SELECT COUNT(*) AS count FROM tickets",
            "SELECT COUNT(*) AS count FROM messages",
            "SELECT COUNT(*) AS count FROM kept_mails",
            "SELECT COUNT(*) AS count FROM receipts",
        ] {
            assert_eq!(count(&place, text).await, 0, "{text}");
        }
        assert!(names_in(&place.data().join("attachments")).is_empty());
        place.remove().await;
    }
}
