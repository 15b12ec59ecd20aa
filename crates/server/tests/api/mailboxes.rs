use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn whoever_fetches_mail_says_how_far_and_hears_what_is_furthest_behind() {
    on_each_database(async |stage| {
        let (first, now) = ("2026-11-17T08:00:00Z", "2026-11-17T09:00:00Z");
        let read = stage.put("/api/v1/mailboxes/help", json!({"caught_up_until": first})).await;
        assert_eq!((read.status.as_u16(), &read.body), (200, &json!({"name": "help", "caught_up_until": first})));
        let other = stage.put("/api/v1/mailboxes/sales", json!({"caught_up_until": "2030-01-01T00:00:00Z"})).await;
        assert_eq!(other.body["name"], "help", "it is furthest behind");
        let forget = || stage.send(stage.request("DELETE", "/api/v1/mailboxes/help").body(Default::default()).unwrap());
        assert_eq!((forget().await.status, forget().await.status), (204.try_into().unwrap(), 404.try_into().unwrap()));
        let again = stage.put("/api/v1/mailboxes/sales", json!({"caught_up_until": first})).await;
        assert_eq!(again.body, json!({"name": "sales", "caught_up_until": now}), "never back, and never ahead");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_report_is_named() {
    on_each_database(async |stage| {
        for (body, field) in [(json!({}), "caught_up_until"), (json!({"caught_up_until": "today"}), "caught_up_until")]
        {
            let answer = stage.put("/api/v1/mailboxes/help", body).await;
            assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec![field]), "{answer:?}");
        }
    })
    .await;
}
