use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn an_organization_is_made_and_then_changed_where_something_is_said() {
    on_each_database(async |stage| {
        stage.put("/api/v1/organizations/upstream", json!({"name": "Upstream"})).await;
        let made = json!({"name": "Acme", "plan": "premium", "parent": "upstream", "time_zone": "Europe/Lisbon",
            "attributes": {"documents": 1}});
        let made = stage.put("/api/v1/organizations/acme", made).await;
        assert_eq!(made.status, 200, "{made:?}");
        insta::assert_json_snapshot!("an_organization", made.body, { ".id" => "[id]" });
        let changed = stage.put("/api/v1/organizations/acme", json!({"name": "Acme Ltd"})).await.body;
        assert_eq!((changed["name"].as_str(), changed["plan"].as_str()), (Some("Acme Ltd"), Some("premium")));
        assert_eq!(changed["id"], made.body["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_found_by_its_whole_address_without_case() {
    on_each_database(async |stage| {
        stage.people().await;
        let maria = stage.put("/api/v1/contacts/Maria@ACME.example", json!({"language": "pt"})).await;
        assert_eq!(maria.status, 200, "{maria:?}");
        insta::assert_json_snapshot!("a_contact", maria.body, { ".id" => "[id]" });
        let entitled =
            stage.put("/api/v1/contacts/maria@acme.example", json!({"may": ["pay", "confirm-access"]})).await;
        assert_eq!(entitled.body["may"], json!(["confirm-access", "pay"]));
        let kept = stage.put("/api/v1/contacts/maria@acme.example", json!({"name": "Maria"})).await.body;
        assert_eq!(kept["may"], json!(["confirm-access", "pay"]), "what is left out stays as it is");
        let refused = stage.put("/api/v1/contacts/maria@acme.example", json!({"may": [" "]})).await;
        assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["may"]));
        let encoded = stage.put("/api/v1/contacts/maria%40acme.example", json!({})).await.body;
        assert_eq!(encoded["id"], maria.body["id"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_person_is_named() {
    on_each_database(async |stage| {
        for (path, body, field) in [
            ("organizations/acme", json!({}), "name"),
            ("organizations/acme", json!({"name": "Acme", "time_zone": "Europe/Atlantis"}), "time_zone"),
            ("organizations/acme", json!({"name": "Acme", "parent": "nowhere"}), "parent"),
            ("organizations/acme", json!({"name": "Acme", "zone": "UTC"}), "zone"),
            ("contacts/maria", json!({"name": "Maria"}), "email"),
            ("contacts/maria@acme.example", json!({"organization": "nowhere"}), "organization"),
        ] {
            let answer = stage.put(&format!("/api/v1/{path}"), body).await;
            assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec![field]), "{answer:?}");
        }
    })
    .await;
}
