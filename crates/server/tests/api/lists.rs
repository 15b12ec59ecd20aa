use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::stage::{Stage, on_each_database, wrong_fields};

#[tokio::test]
async fn pages_of_a_hundred_and_twenty_tickets_leave_no_gap_and_repeat_none() {
    on_each_database(async |stage| {
        let mut opened = BTreeSet::new();
        for number in 0..120 {
            let ticket = stage.ticket(&format!("Ticket {number}")).await;
            opened.insert(ticket["id"].as_str().unwrap().to_owned());
            // Several share an instant, so that the cursor must tell them apart.
            if number % 7 == 0 {
                stage.desk.ground.clock.advance(jiff::SignedDuration::from_secs(1));
            }
        }
        for limit in [1, 7, 50, 200] {
            let pages = ids_of_pages(&stage, limit).await;
            assert_eq!(pages.len(), 120, "limit {limit}");
            assert_eq!(pages.iter().cloned().collect::<BTreeSet<_>>(), opened, "limit {limit}");
        }
        let whole = stage.get("/api/v1/tickets?limit=120").await.body;
        assert_eq!(whole["next"], Value::Null, "a full last page has no next");
        stage.settle().await;
    })
    .await;
}

async fn ids_of_pages(stage: &Stage, limit: usize) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = stage.get(&format!("/api/v1/tickets?limit={limit}{after}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        let items = page.body["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match page.body["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn each_filter_lets_its_own_tickets_through() {
    on_each_database(async |stage| {
        stage.people().await;
        let answers = json!({"documents": 1, "details": "New logo"});
        let survey = json!({"from": {"email": "maria@acme.example"}, "answers": answers});
        let submitted = stage.post("/api/v1/forms/document-survey/submissions", survey).await;
        assert_eq!(submitted.status, 201, "{submitted:?}");
        stage.settle().await;
        let plain = stage.post("/api/v1/tickets", crate::stage::new_ticket("Plain")).await.body;
        let other = json!({"subject": "Other", "body": "x", "requester": {"email": "bo@other.example"}});
        stage.post("/api/v1/tickets", other).await;
        stage.post(&format!("/api/v1/tickets/{}/choices/close", plain["id"].as_str().unwrap()), json!({})).await;

        let count = async |query: &str| {
            let answer = stage.get(&format!("/api/v1/tickets?{query}")).await;
            assert_eq!(answer.status, 200, "{query}: {answer:?}");
            answer.body["items"].as_array().unwrap().len()
        };
        assert_eq!(count("").await, 4);
        assert_eq!(count("status=closed").await, 1);
        assert_eq!(count("status=open").await, 3);
        assert_eq!(count("team=customer-solutions").await, 1);
        assert_eq!(count("playbook=document-change").await, 1);
        assert_eq!(count("state=configuring").await, 1, "an ancestor of configuring.working");
        assert_eq!(count("state=configuring.working").await, 1);
        assert_eq!(count("state=config").await, 0, "a prefix is no ancestor");
        assert_eq!(count("organization=acme").await, 3, "the linked ticket is for it too");
        let acme = stage.put("/api/v1/organizations/acme", json!({"name": "Acme"})).await.body;
        assert_eq!(count(&format!("organization={}", acme["id"].as_str().unwrap())).await, 3);
        assert_eq!(count("assignee=none").await, 3);
        assert_eq!(count("q=survey").await, 2, "the form's ticket and the linked one");
        assert_eq!(count("q=new%20LOG").await, 2, "where the words stand, and where they were carried to");
        assert_eq!(count("q=survey&team=customer-solutions").await, 1);
        assert_eq!(count("q=nowhere").await, 0);
        let bo = stage.get("/api/v1/tickets?team=customer-solutions").await.body;
        let bo = bo["items"][0]["assignee"]["id"].as_str().unwrap().to_owned();
        assert_eq!(count(&format!("assignee={bo}&status=open")).await, 1);
        let of_ana = stage.request("GET", "/api/v1/tickets?assignee=me");
        let mut of_ana = of_ana.body(axum::body::Body::empty()).unwrap();
        of_ana.headers_mut().insert("authorization", format!("Bearer {}", stage.ana).parse().unwrap());
        assert_eq!(stage.send(of_ana).await.body["items"], json!([]));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_parameter_that_is_unknown_or_wrong_is_refused_by_name() {
    on_each_database(async |stage| {
        for (query, field) in [
            ("colour=red", "colour"),
            ("status=opne", "status"),
            ("team=nobody", "team"),
            ("assignee=ana", "assignee"),
            ("assignee=me", "assignee"),
            ("organization=nowhere", "organization"),
            ("limit=0", "limit"),
            ("limit=201", "limit"),
            ("after=yesterday", "after"),
            ("q=%22*", "q"),
            ("status=open&status=closed", "status"),
        ] {
            let answer = stage.get(&format!("/api/v1/tickets?{query}")).await;
            assert_eq!(answer.status, 422, "{query}: {answer:?}");
            assert_eq!(wrong_fields(&answer), [field], "{query}");
        }
        let both = stage.get("/api/v1/tickets?limit=none&colour=red").await;
        assert_eq!(wrong_fields(&both), ["limit", "colour"], "everything wrong is said at once");
    })
    .await;
}
