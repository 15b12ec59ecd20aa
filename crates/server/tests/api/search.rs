use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn what_holds_the_words_is_listed_with_its_kind_and_a_snippet_that_is_safe_in_a_page() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("Logótipo <novo>").await;
        let found = stage.get("/api/v1/search?q=LOGOTIPO").await;
        let expected = json!({
            "items": [{
                "kind": "ticket", "id": ticket["id"], "title": "Logótipo <novo>",
                "snippet": "<mark>Logótipo</mark> &lt;novo&gt;", "ticket": ticket["id"], "merged_into": null, "number": ticket["number"],
            }],
            "next": null,
            "partial": false,
            "notices": [],
        });
        assert_eq!(found.body, expected);
        let said = stage.get("/api/v1/search?q=have%20a%20lo").await.body;
        assert_eq!((&said["items"][0]["kind"], &said["items"][0]["ticket"]), (&json!("message"), &ticket["id"]));
        let people = stage.get("/api/v1/search?q=acme").await.body;
        let kinds: Vec<_> = people["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
        assert_eq!(kinds, ["organization", "contact"]);
        assert_eq!(people["items"][1]["title"], "Maria");
        assert_eq!(
            stage.get("/api/v1/search?q=nowhere").await.body,
            json!({"items": [], "next": null, "partial": false, "notices": []})
        );
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_search_follow_their_cursors() {
    on_each_database(async |stage| {
        for number in 0..3 {
            stage.ticket(&format!("Pages {number}")).await;
        }
        let (mut ids, mut after) = (Vec::new(), String::new());
        loop {
            let page = stage.get(&format!("/api/v1/search?q=pages&limit=2{after}")).await.body;
            ids.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn operators_find_tickets_and_what_is_not_understood_is_said() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("The export stops").await;
        let number = ticket["number"].as_i64().unwrap();
        for asked in [
            "is:open%20export",
            "from:maria",
            "org:acme%20%22export%20stops%22",
            "-tag:old%20after:7d",
            &format!("%23{number}"),
        ] {
            let found = stage.get(&format!("/api/v1/search?q={asked}")).await.body;
            assert_eq!(found["items"][0]["ticket"], ticket["id"], "{asked}: {found}");
            assert_eq!(found["notices"], json!([]), "{asked}");
        }
        assert_eq!(stage.get("/api/v1/search?q=is:closed").await.body["items"], json!([]));
        let listed = stage.get("/api/v1/tickets?q=is:open%20export").await.body;
        assert_eq!(listed["items"][0]["id"], ticket["id"], "the list takes them too");
        let said = stage.get("/api/v1/search?q=form:maria%20is:opne%20before:noon%20to:%20from:zoe").await.body;
        let expected = json!([
            {"code": "unknown-operator", "term": "form:maria", "meant": "from:maria"},
            {"code": "unknown-value", "term": "is:opne", "meant": "is:open"},
            {"code": "no-day", "term": "before:noon", "meant": null},
            {"code": "no-value", "term": "assignee:", "meant": null},
            {"code": "nobody", "term": "from:zoe", "meant": null},
        ]);
        assert_eq!(said["notices"], expected);
        let many = stage.get("/api/v1/search?q=from:maria").await.body;
        assert_eq!(many["items"][0]["kind"], "ticket", "without words it is the ticket that is found");
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_search_is_named() {
    on_each_database(async |stage| {
        for (query, field) in [
            ("", "q"),
            ("q=", "q"),
            ("q=%2A%20%22", "q"),
            ("q=x&q=y", "q"),
            ("q=x&limit=0", "limit"),
            ("q=x&limit=201", "limit"),
            ("q=is:", "q"),
            ("q=x&after=yesterday", "after"),
            ("q=x&colour=red", "colour"),
        ] {
            let answer = stage.get(&format!("/api/v1/search?{query}")).await;
            assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec![field]), "{query}: {answer:?}");
        }
        let long = stage.get(&format!("/api/v1/search?q={}", "x".repeat(201))).await;
        assert_eq!((long.status.as_u16(), wrong_fields(&long)), (422, vec!["q"]));
    })
    .await;
}
