use desk::agents;
use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn a_ticket_is_given_to_somebody_and_to_nobody() {
    on_each_database(async |stage| {
        let bo = agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Bo").await.unwrap().unwrap();
        let ticket = stage.ticket("Whose is it?").await;
        let path = format!("/api/v1/tickets/{}/assignee", ticket["id"].as_str().unwrap());
        let given = stage.put(&path, json!({"agent": bo.id})).await;
        assert_eq!((given.status.as_u16(), &given.body["assignee"]["name"]), (200, &json!("Bo")), "{given:?}");
        let listed = stage.get(&format!("/api/v1/tickets?assignee={}", bo.id)).await;
        assert_eq!(listed.body["items"][0]["id"], ticket["id"]);
        let taken = stage.put(&path, json!({"agent": null})).await;
        assert_eq!((taken.status.as_u16(), &taken.body["assignee"]), (200, &json!(null)));
        for body in [json!({"agent": "7"}), json!({"agent": "Bo"}), json!({})] {
            let refused = stage.put(&path, body).await;
            assert_eq!(refused.status, 422, "{refused:?}");
            assert_eq!(wrong_fields(&refused).len(), 1);
        }
        assert_eq!(stage.put("/api/v1/tickets/7/assignee", json!({"agent": null})).await.status, 404);
    })
    .await;
}
