//! What the page of a ticket tells of its way.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use axum::body::Body;
use axum::http::Request;
use desk::handle::{Command, PublishHandbook};
use desk::{Actor, Role};
use playbook::Files;
use stage::{Stage, on_each_database};

/// The built-in handbook whose `general-request` waits for three business days, with these holidays.
fn handbook(holidays: &str) -> Files {
    let mut files = stage::without_stories();
    files.insert(
        "playbooks/general-request.yaml",
        "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api, hand ]\ninitial: open\nstates:\n\
         \x20 open: { title: Left open, after: { 3 business days: over } }\n  over: { type: final }\n",
    );
    let office = files.get("calendars/office.yaml").unwrap().to_owned();
    files.insert("calendars/office.yaml", office + holidays);
    files
}

async fn publish(stage: &Stage, files: Files) {
    let lead = Actor::Program { name: "test".to_owned(), role: Role::Lead };
    stage.desk.handle(&lead, Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap();
    stage.settle().await;
}

#[tokio::test]
async fn timers_that_a_holiday_moved_are_told_with_their_reason() {
    on_each_database(async |stage| {
        stage.people().await;
        publish(&stage, handbook("")).await;
        let ticket = stage.ticket("A question").await;
        let page = async || {
            let uri = format!("/tickets/{}", ticket["id"].as_str().unwrap());
            let request = Request::builder().uri(uri).header("cookie", format!("deskhand_session={}", stage.session));
            stage.send(request.body(Body::empty()).unwrap()).await.body.as_str().unwrap_or_default().to_owned()
        };
        assert!(!page().await.contains("Timers set anew"));
        let today = stage.desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let next_week =
            (today.saturating_add(jiff::Span::new().days(1)), today.saturating_add(jiff::Span::new().days(5)));
        publish(&stage, handbook(&format!("  - {{ from: {}, to: {} }}\n", next_week.0, next_week.1))).await;
        let html = page().await;
        assert!(html.contains("Timers set anew in Left open: a calendar changed"), "{html}");
        assert!(
            html.contains("The calendars of the handbook changed with revision 3. after 3 business days (open): "),
            "{html}"
        );
    })
    .await;
}
