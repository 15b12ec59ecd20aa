//! The drawing of a ticket's procedure: its own page, and the part that the ticket's page fetches.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use stage::{Stage, on_each_database};

/// What an agent's browser is given.
async fn seen(stage: &Stage, path: &str) -> (u16, String) {
    let request = Request::builder().uri(path).header("cookie", format!("deskhand_session={}", stage.session));
    let answer = stage.send(request.body(Body::empty()).unwrap()).await;
    (answer.status.as_u16(), answer.body.as_str().unwrap_or_default().to_owned())
}

/// The classes of the group of the state at `path`.
fn classes<'h>(html: &'h str, path: &str) -> &'h str {
    let before = html.split(&format!("\" data-state=\"{path}\">")).next().unwrap();
    before.rsplit("<g class=\"").next().unwrap()
}

#[tokio::test]
async fn the_drawing_lights_where_a_ticket_is_and_the_way_it_took() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("<b>Bold</b>").await;
        let id = ticket["id"].as_str().unwrap().to_owned();
        let (status, html) = seen(&stage, &format!("/tickets/{id}/drawing/figure")).await;
        assert_eq!(status, 200, "{html}");
        assert!(
            html.trim_start().starts_with("<svg ") && !html.contains("<style") && !html.contains("style="),
            "{html}"
        );
        assert_eq!(classes(&html, "open"), "drawing-box is-here is-been");
        assert!(!html.contains("is-taken"), "it went nowhere yet");

        let solved = stage.post(&format!("/api/v1/tickets/{id}/choices/solve"), json!({})).await;
        assert!(solved.status.is_success(), "{solved:?}");
        stage.settle().await;
        let (status, page) = seen(&stage, &format!("/tickets/{id}/drawing")).await;
        assert_eq!(status, 200);
        assert_eq!(classes(&page, "open"), "drawing-box is-been");
        assert_eq!(classes(&page, "solved"), "drawing-box is-here is-been");
        assert_eq!(classes(&page, "waiting"), "drawing-box");
        assert_eq!(page.matches("drawing-line--choice is-taken").count(), 1);
        assert!(!page.contains("<b>Bold") && page.contains(&format!("href=\"/tickets/{id}\"")), "{page}");
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_a_drawing_without_signing_in_or_of_a_ticket_that_is_not_there() {
    on_each_database(async |stage| {
        let answer = stage.send(Request::builder().uri("/tickets/7/drawing").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        assert_eq!(seen(&stage, "/tickets/7/drawing/figure").await.0, 404);
    })
    .await;
}
