//! `/api/v1/today`, and the clocks of a ticket.

use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn a_ticket_tells_its_clocks_and_why_they_run_out_when_they_do() {
    on_each_database(async |stage| {
        stage.people().await;
        let asked = json!({"subject": "x", "body": "Hi", "requester": {"email": "maria@acme.example"}});
        let id = stage.post("/api/v1/tickets", asked).await.body["id"].as_str().unwrap().to_owned();
        stage.settle().await;
        let ticket = stage.get(&format!("/api/v1/tickets/{id}")).await.body;
        let clock = &ticket["clocks"][0];
        assert_eq!((&clock["name"], &clock["state"]), (&json!("response"), &json!("running")), "{clock}");
        assert_eq!((&clock["due_at"], &clock["ended_at"]), (&json!("2026-11-17T18:00:00Z"), &json!(null)));
        let why = json!({
            "span": "end of working day", "calendar": "organization", "zone": "Europe/Lisbon", "counted_from": null,
            "counted_by": {"calendar": "office", "of": "desk"}, "days_off": [],
            "stood_still": null
        });
        assert_eq!(clock["why"], why);

        let today = stage.get("/api/v1/today?of=all").await;
        assert_eq!(today.status, 200, "{today:?}");
        let first = &today.body["clocks"]["items"][0];
        assert_eq!((&today.body["clocks"]["count"], &first["id"]), (&json!(1), &json!(id)));
        assert_eq!(first["clock"]["title"], "Answer or word that one is coming");
        assert_eq!(today.body["unassigned"]["count"], 1);
        let listed = stage.get("/api/v1/tickets?clock=soon&sort=clock").await.body;
        assert_eq!(listed["items"][0]["id"], json!(id));
        assert_eq!(stage.get("/api/v1/tickets?quiet=2").await.body["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn whose_day_it_is_must_be_understood() {
    on_each_database(async |stage| {
        for (query, wrong) in [("?of=everybody", "of"), ("?colour=red", "colour")] {
            let refused = stage.get(&format!("/api/v1/today{query}")).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec![wrong]));
        }
        let nobody = stage.get("/api/v1/today?of=mine").await.body;
        assert_eq!((&nobody["of"], &nobody["clocks"]["count"]), (&json!("mine"), &json!(0)));
    })
    .await;
}
