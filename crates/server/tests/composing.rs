//! What the composer posts and what its pages answer, without a browser: files only with the page's token, pictures only by consent.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use desk::agents::{self, NewAgent};
use desk::handle::{AddAgent, Command, PublishHandbook};
use desk::{Actor, Role};
use futures::StreamExt;
use stage::Stage;
use store::{Clock, Location};
use tower::ServiceExt;

const TOKEN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A demo, in which Ana looks.
struct Desk {
    stage: Stage,
    cookies: String,
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Desk {
    async fn open() -> Self {
        let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
        let stage = Stage::set(Location::Memory, clock, true).await;
        stage.people().await;
        let ana = agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        Self { cookies: format!("act_as={}; deskhand_csrf={TOKEN}", ana.id), stage }
    }

    /// No demo: Ana is signed in.
    async fn signed_in() -> Self {
        let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
        let stage = Stage::set(Location::Memory, clock, false).await;
        stage.people().await;
        Self { cookies: format!("deskhand_session={}; deskhand_csrf={TOKEN}", stage.session), stage }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
        request.header("cookie", &self.cookies).header("accept", "text/html")
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let response = server::serve::router(self.stage.app.clone()).oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    async fn get(&self, path: &str) -> Page {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Posts fields and files as `multipart/form-data`, in order; a file has a name.
    async fn post(&self, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Page {
        let mut body = String::new();
        for (name, file, value) in parts {
            let file =
                file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: text/plain")).unwrap_or_default();
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
        }
        let request = self.request("POST", path).header("content-type", "multipart/form-data; boundary=b");
        self.send(request.body(Body::from(body + "--b--\r\n")).unwrap()).await
    }

    async fn ticket(&self) -> String {
        self.stage.ticket("Help").await["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_file_is_taken_in_with_the_pages_token_alone_and_stands_in_the_composer() {
    let desk = Desk::open().await;
    let id = desk.ticket().await;
    let path = format!("/tickets/{id}/files");
    let file = ("files", Some("plan.txt"), "of plan");
    for parts in [vec![file], vec![("csrf", None, "wrong"), file], vec![file, ("csrf", None, TOKEN)]] {
        let refused = desk.post(&path, &parts).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!desk.get(&format!("/tickets/{id}")).await.text.contains("plan.txt"));
    }
    let stranger = Desk { cookies: format!("act_as=client; deskhand_csrf={TOKEN}"), stage: desk.stage };
    assert_eq!(stranger.post(&path, &[("csrf", None, TOKEN), file]).await.status, StatusCode::FORBIDDEN);
    let desk = Desk { cookies: desk.cookies, stage: stranger.stage };
    let taken = desk.post(&path, &[("csrf", None, TOKEN), ("kind", None, "reply"), file]).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert!(taken.text.contains("plan.txt") && taken.text.contains("7 B"), "{}", taken.text);
    assert!(desk.get(&format!("/tickets/{id}")).await.text.contains("plan.txt"), "it waits with the draft");
}

#[tokio::test]
async fn words_that_came_back_to_a_draft_are_neither_saved_over_nor_sent_away() {
    let desk = Desk::open().await;
    let id = desk.ticket().await;
    let fields = |body, over| {
        [
            ("csrf", None, TOKEN),
            ("kind", None, "reply"),
            ("submission", None, "one"),
            ("body", None, body),
            ("over", None, over),
        ]
    };
    let (draft, replies) = (format!("/tickets/{id}/draft"), format!("/tickets/{id}/replies"));
    let saved = desk.post(&draft, &fields("Came back", "")).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    let stale = desk.post(&draft, &fields("Typed", "")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("\"words\":\"Came back\""), "{}", stale.text);
    let unsent = desk.post(&replies, &fields("Typed", "")).await;
    assert_eq!(unsent.status, StatusCode::CONFLICT);
    assert!(unsent.text.contains("Words came back into what you are writing"), "{}", unsent.text);
    let saved: serde_json::Value = serde_json::from_str(&saved.text).unwrap();
    let revision = saved["revision"].as_str().unwrap();
    for _ in 0..2 {
        let sent = desk.post(&replies, &fields("Came back, typed", revision)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "a repeat is the same: {}", sent.text);
    }
}

#[tokio::test]
async fn a_reply_takes_its_files_along_and_one_that_lost_a_file_comes_back_with_its_words() {
    let desk = Desk::open().await;
    let id = desk.ticket().await;
    let gone = [
        ("csrf", None, TOKEN),
        ("kind", None, "reply"),
        ("submission", None, "one"),
        ("body", None, "Words & files"),
        ("reply-file", None, "12345"),
    ];
    let refused = desk.post(&format!("/tickets/{id}/replies"), &gone).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("A file of this message is no longer there"));
    assert!(refused.text.contains("Words &#38; files</textarea>"), "the words came back");

    let with_file = [&gone[..4], &[("files", Some("plan.txt"), "of plan"), ("files", Some(""), "")]].concat();
    let sent = desk.post(&format!("/tickets/{id}/replies"), &with_file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let shown = desk.get(&format!("/tickets/{id}")).await.text;
    assert_eq!(shown.matches("plan.txt").count(), 1, "on the message, and no longer in the composer");

    // Files may say it all; where there are none either, it is said in the desk's own words.
    let nothing = [("csrf", None, TOKEN), ("kind", None, "reply"), ("submission", None, "two"), ("body", None, " ")];
    let empty = desk.post(&format!("/tickets/{id}/replies"), &nothing).await;
    assert!(empty.status == 422 && empty.text.contains("Write something, or attach a file."), "{}", empty.text);
    let file = [&nothing[..], &[("files", Some("the %22last%22 plan.txt"), "of plan")]].concat();
    let sent = desk.post(&format!("/tickets/{id}/replies"), &file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let shown = desk.get(&format!("/tickets/{id}")).await.text;
    assert!(shown.contains("the &#34;last&#34; plan.txt"), "a quote is a quote: {shown}");
    desk.stage.settle().await;
}

#[tokio::test]
async fn pictures_from_elsewhere_are_allowed_for_the_one_message_that_is_asked_for() {
    let desk = Desk::open().await;
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hi\nMessage-ID: <1@acme.example>\n\
        MIME-Version: 1.0\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n\
        <img src=\"cid:logo@acme\"><img src=\"https://t.example/p.gif\">\n--r\nContent-Type: image/png; name=a.png\n\
        Content-ID: <logo@acme>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n";
    let ticket = desk.stage.mail(raw).await.body["ticket"]["id"].as_str().unwrap().to_owned();
    let page = desk.get(&format!("/tickets/{ticket}")).await.text;
    let address = page.split_once("src=\"/tickets/").unwrap().1.split('"').next().unwrap();
    assert!(page.contains("One picture is not shown"));

    let plain = desk.get(&format!("/tickets/{address}")).await;
    let policy = plain.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("img-src data:;") && policy.contains("sandbox"), "{policy}");
    assert!(plain.text.contains("src=\"data:image/png;base64,iVBORw0KGgo=\""), "{}", plain.text);
    assert!(!plain.text.contains(" src=\"https"), "{}", plain.text);

    let shown = desk.get(&format!("/tickets/{address}?images=1")).await;
    let policy = shown.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("img-src data: https:;") && policy.contains("sandbox"), "{policy}");
    assert_eq!(shown.headers["referrer-policy"], "no-referrer");
    assert!(shown.text.contains(" src=\"https://t.example/p.gif\""), "{}", shown.text);
}

#[tokio::test]
async fn the_workload_is_a_page_its_figures_and_a_file_and_of_a_team_that_there_is() {
    let desk = Desk::open().await;
    desk.ticket().await;
    let page = desk.get("/workload").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("One ticket open or pending") && page.text.contains("<svg class=\"chart\""));
    assert_eq!(desk.get("/workload/figures?team=customer-solutions").await.status, StatusCode::OK);
    assert_eq!(desk.get("/workload?team=nobody").await.status, StatusCode::NOT_FOUND);
    let file = desk.get("/workload.csv?team=support").await;
    assert_eq!(file.text, "\u{feff}person,component,tickets\r\nAna,,0\r\n,,1\r\n");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"workload-support.csv\"");
}

#[tokio::test]
async fn a_page_that_begins_to_listen_is_told_what_it_missed() {
    let desk = Desk::open().await;
    let before = desk.ticket().await;
    let since = desk.stage.desk.now().to_string();
    desk.stage.desk.ground.clock.advance(jiff::SignedDuration::from_secs(60));
    let after = desk.ticket().await;
    let first = async |query: String| {
        let request = desk.request("GET", &format!("/live{query}")).body(Body::empty()).unwrap();
        let response = server::serve::router(desk.stage.app.clone()).oneshot(request).await.unwrap();
        let mut chunks = response.into_body().into_data_stream();
        let mut said = String::new();
        while let Ok(Some(chunk)) = tokio::time::timeout(Duration::from_millis(100), chunks.next()).await {
            said += &String::from_utf8_lossy(&chunk.unwrap());
        }
        said
    };
    let since =
        desk.stage.desk.now().min(since.parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_secs(30));
    let said = first(format!("?since={since}")).await;
    assert!(said.contains(&after) && !said.contains(&before), "{said}");
    let said = first(format!("?since={since}&ticket={before}")).await;
    assert!(
        said.contains(&after) && said.contains(&before),
        "the one that is open is held against its version: {said}"
    );
    assert_eq!(first(String::new()).await, "", "nothing is made up for without a page");
    assert_eq!(first("?since=yesterday".to_owned()).await, "");
}

#[tokio::test]
async fn what_goes_wrong_outside_of_pages_is_a_page_for_a_browser_and_a_problem_for_a_program() {
    let desk = Desk::open().await;
    let wrong = desk.send(desk.request("DELETE", "/tickets").body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        wrong.text.starts_with("<!doctype html>") && wrong.text.contains("There is nothing here"),
        "{}",
        wrong.text
    );
    assert!(wrong.headers.contains_key("allow"));
    let program = desk.stage.get("/api/v1/nowhere").await;
    assert_eq!((program.status.as_u16(), program.body["code"].as_str()), (404, Some("not-found")));
    let late = desk.get("/tickets?status=half").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("takes unfinished, open, pending, solved or closed"), "the plain cause: {}", late.text);
}

/// Publishes a handbook with so many more replies, and has so many more colleagues in the team that has the tickets.
async fn grow(desk: &Desk, replies: usize, colleagues: usize) {
    let mut files = stage::without_stories();
    for n in 0..replies {
        files.insert(format!("replies/answer-number-{n}.md"), "Dear {{ requester.name }}, this is how it is done.\n");
        files.insert(format!("replies/answer-number-{n}.pt.md"), "Caro(a) {{ requester.name }}, é assim.\n");
    }
    let published = Command::PublishHandbook(PublishHandbook::of(files));
    desk.stage.desk.handle(&Actor::Desk, published).await.unwrap();
    for n in 0..colleagues {
        let (name, teams) = (format!("Colleague Number {n}"), vec!["support".to_owned()]);
        let agent = NewAgent { address: format!("number-{n}@desk.example"), name, role: Role::Agent, teams };
        desk.stage.desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await.unwrap();
    }
}

#[tokio::test]
async fn pages_are_not_longer_where_many_work_and_many_replies_are_kept_for_their_menus_fetch_them() {
    let (small, large) = (Desk::signed_in().await, Desk::signed_in().await);
    grow(&small, 1, 10).await;
    grow(&large, 200, 100).await;
    let (few, many) = (small.ticket().await, large.ticket().await);
    for (of_few, of_many) in
        [("/tickets".to_owned(), "/tickets".to_owned()), (format!("/tickets/{few}"), format!("/tickets/{many}"))]
    {
        let (short, long) = (small.get(&of_few).await, large.get(&of_many).await);
        println!(
            "{of_few}: {} bytes with 12 colleagues and 1 reply more, {} with 102 and 200",
            short.text.len(),
            long.text.len()
        );
        assert!(long.text.len() < short.text.len() + 200, "{} and {} bytes", short.text.len(), long.text.len());
    }

    let colleagues = large.get("/tickets/bulk/colleagues").await.text;
    let replies = large.get(&format!("/tickets/{many}/canned-list")).await.text;
    println!("fetched when opened: {} bytes of colleagues, {} of replies", colleagues.len(), replies.len());
    assert_eq!(colleagues.matches("value=\"assign:").count(), 101, "everybody but the viewer");
    assert!(replies.matches("name=\"canned\"").count() >= 200);
    let others = large.get(&format!("/tickets/{many}/assignee/others")).await.text;
    let menu = large.get(&format!("/tickets/{many}")).await.text;
    let named = others.matches("name=\"agent\"").count() + menu.matches("name=\"agent\"").count();
    assert_eq!(named, 102, "in the menu of whose it is, or fetched into it");
}

#[tokio::test]
async fn without_scripts_who_gets_what_was_selected_is_asked_on_a_page_and_so_is_which_reply() {
    let desk = Desk::open().await;
    let ticket = desk.ticket().await;
    let chosen = [("csrf", None, TOKEN), ("list", None, "?view=unassigned"), ("ticket", None, ticket.as_str())];
    let whom = desk.post("/tickets/bulk", &[&chosen[..], &[("do", None, "assign-to")]].concat()).await;
    assert_eq!(whom.status, StatusCode::OK);
    assert!(whom.text.contains(&format!("name=\"ticket\" value=\"{ticket}\"")), "what was selected stays so");
    let bo = agents::find_by_name(&mut desk.stage.desk.read().await.unwrap(), "Bo").await.unwrap().unwrap();
    assert!(whom.text.contains(&format!("value=\"assign:{}\"", bo.id)));
    let none = desk.post("/tickets/bulk", &[("csrf", None, TOKEN), ("do", None, "assign-to")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);

    let begun = [("csrf", None, TOKEN), ("kind", None, "reply"), ("body", None, "Begun."), ("choose", None, "canned")];
    let which = desk.post(&format!("/tickets/{ticket}/composer"), &begun).await;
    let page = which.headers["location"].to_str().unwrap().to_owned();
    assert!(desk.get(&page).await.text.contains("value=\"closing-for-now\""));
    let answer = [("csrf", None, TOKEN), ("kind", None, "reply"), ("canned", None, "closing-for-now")];
    assert_eq!(desk.post(&format!("/tickets/{ticket}/composer"), &answer).await.status, StatusCode::SEE_OTHER);
    let text = desk.get(&format!("/tickets/{ticket}")).await.text;
    assert!(text.contains("Begun.\n\nDear Maria"), "behind what was written");
}
