//! Whose hours count, told and chosen by programs; and the replies that wait, wherever they do.

use desk::Role;
use desk::agents::tokens::NewToken;
use serde_json::json;

use crate::stage::{Stage, on_each_database, token_with, wrong_fields};

#[tokio::test]
async fn an_organization_and_a_team_have_hours_of_their_own_and_tell_the_days_of_a_month() {
    on_each_database(async |stage| {
        let lead = NewToken { name: "a lead".to_owned(), role: Role::Lead, agent: None, expires_at: None };
        let stage = Stage { token: token_with(&stage.desk, lead).await, ..stage };
        stage.put("/api/v1/organizations/acme", json!({"name": "Acme"})).await;
        for path in ["/api/v1/organizations/acme/calendar", "/api/v1/teams/support/calendar"] {
            let told = stage.get(&format!("{path}?month=2026-12")).await.body;
            let whose = (&told["calendar"], &told["counts"], &told["of"], &told["zone"]);
            assert_eq!(whose, (&json!(null), &json!("office"), &json!("desk"), &json!("Europe/Lisbon")));
            let holiday = json!({"date": "2026-12-08", "hours": [], "off": true, "name": "Immaculate Conception"});
            assert_eq!((&told["days"][7], told["days"].as_array().unwrap().len()), (&holiday, 31));
            assert_eq!(told["days"][1]["hours"], json!(["09:00-18:00"]));
            assert_eq!(told["days"][5], json!({"date": "2026-12-06", "hours": [], "off": false, "name": null}));

            let kept = stage.put(path, json!({"calendar": "brazil", "days_off": ["2026-11-18"]})).await.body;
            assert_eq!((&kept["counts"], &kept["zone"]), (&json!("brazil"), &json!("America/Sao_Paulo")));
            assert_eq!((&kept["month"], &kept["days"][17]["off"]), (&json!("2026-11"), &json!(true)));
            assert_eq!(kept["of"], if path.contains("team") { "team" } else { "organization" });

            for (body, wrong) in
                [(json!({"calendar": "ofice"}), "calendar"), (json!({"days_off": ["soon"]}), "days_off")]
            {
                let refused = stage.put(path, body).await;
                assert_eq!(refused.status, 422, "{refused:?}");
                assert!(wrong_fields(&refused)[0].ends_with(wrong), "{refused:?}");
            }
            for month in ["2026-13", "december", "2026-1"] {
                assert_eq!(stage.get(&format!("{path}?month={month}")).await.status, 422, "{month}");
            }
            let none = stage.put(path, json!({"calendar": null})).await.body;
            assert_eq!((&none["counts"], &none["days_off"]), (&json!("office"), &json!([])));
        }
        for nowhere in ["/api/v1/organizations/nobody/calendar", "/api/v1/teams/nobody/calendar"] {
            assert_eq!(stage.get(nowhere).await.status, 404);
            assert_eq!(stage.put(nowhere, json!({"calendar": "office"})).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_on_any_ticket_is_one_list() {
    on_each_database(async |stage| {
        stage.people().await;
        for (subject, day) in [("One", 20), ("Two", 19)] {
            let asked = json!({"subject": subject, "body": "Hi", "requester": {"email": "maria@acme.example"}});
            let id = stage.post("/api/v1/tickets", asked).await.body["id"].as_str().unwrap().to_owned();
            let later = json!({"body": subject, "send_at": format!("2026-11-{day}T09:00:00Z")});
            assert_eq!(stage.post(&format!("/api/v1/tickets/{id}/sendings"), later).await.status, 201);
        }
        let first = stage.get("/api/v1/sendings?limit=1").await.body;
        assert_eq!((&first["items"][0]["body"], first["items"].as_array().unwrap().len()), (&json!("Two"), 1));
        let after = first["next"].as_str().unwrap();
        let rest = stage.get(&format!("/api/v1/sendings?limit=1&after={after}")).await.body;
        assert_eq!((&rest["items"][0]["body"], &rest["next"]), (&json!("One"), &json!(null)));
        assert_eq!(
            stage.get("/api/v1/sendings?of=mine").await.body["items"],
            json!([]),
            "a program has none of its own"
        );
        for (query, wrong) in [("?of=everybody", "of"), ("?after=x", "after"), ("?colour=red", "colour")] {
            let refused = stage.get(&format!("/api/v1/sendings{query}")).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec![wrong]));
        }
        stage.settle().await;
    })
    .await;
}
