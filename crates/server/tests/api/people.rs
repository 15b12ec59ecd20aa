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
        let moved = json!({"addresses": ["maria@new.example"]});
        let moved = stage.put("/api/v1/contacts/maria@acme.example", moved).await;
        assert_eq!(
            (moved.status.as_u16(), moved.body["email"].as_str()),
            (200, Some("maria@new.example")),
            "{moved:?}"
        );
        let back = json!({"addresses": ["maria@acme.example", "maria@new.example"]});
        let back = stage.put("/api/v1/contacts/maria@new.example", back).await.body;
        assert_eq!(back["addresses"][1], json!({"email": "maria@new.example", "verified": true}));
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
            ("contacts/maria@acme.example", json!({"addresses": []}), "addresses"),
        ] {
            let answer = stage.put(&format!("/api/v1/{path}"), body).await;
            assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec![field]), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_are_listed_by_name_page_by_page_and_told_one_by_one() {
    on_each_database(async |stage| {
        stage.people().await;
        for (key, name) in [("zenith", "Zenith"), ("aurora", "aurora"), ("north", "Acme North")] {
            let parent = if key == "north" { json!("acme") } else { json!(null) };
            let made = json!({"name": name, "parent": parent, "plan": "lite"});
            assert_eq!(stage.put(&format!("/api/v1/organizations/{key}"), made).await.status, 200);
        }
        let first = stage.get("/api/v1/organizations?limit=3").await.body;
        let keys = |body: &serde_json::Value| -> Vec<String> {
            body["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(keys(&first), ["acme", "north", "aurora"]);
        let after = first["next"].as_str().unwrap();
        let rest = stage.get(&format!("/api/v1/organizations?limit=3&after={after}")).await.body;
        assert_eq!((keys(&rest), &rest["next"]), (vec!["zenith".to_owned()], &json!(null)));
        assert_eq!(keys(&stage.get("/api/v1/organizations?q=acm&plan=lite").await.body), ["north"]);
        let north = stage.get("/api/v1/organizations/north").await.body;
        assert_eq!((&north["parent"], &north["plan"]), (&json!("acme"), &json!("lite")));
        let emptied = json!({"name": "Acme North", "plan": "", "parent": ""});
        let emptied = stage.put("/api/v1/organizations/north", emptied).await.body;
        assert_eq!((&emptied["plan"], &emptied["parent"]), (&json!(null), &json!(null)));

        let rui = json!({"name": "Rui"});
        assert_eq!(stage.put("/api/v1/contacts/rui@borealis.example", rui).await.status, 200);
        let everybody = stage.get("/api/v1/contacts").await.body;
        assert_eq!(everybody["items"][0]["name"], "Maria");
        assert_eq!(everybody["items"][1]["addresses"], json!([{"email": "rui@borealis.example", "verified": true}]));
        let of_acme = stage.get("/api/v1/contacts?organization=acme").await.body;
        assert_eq!(
            (of_acme["items"].as_array().unwrap().len(), &of_acme["items"][0]["organization"]),
            (1, &json!("acme"))
        );
        assert_eq!(stage.get("/api/v1/contacts/RUI@borealis.example").await.body["name"], "Rui");
    })
    .await;
}

#[tokio::test]
async fn who_is_not_there_and_what_is_not_understood_is_said() {
    on_each_database(async |stage| {
        assert_eq!(stage.get("/api/v1/organizations/nowhere").await.status, 404);
        assert_eq!(stage.get("/api/v1/contacts/nobody@acme.example").await.status, 404);
        let no_address = stage.get("/api/v1/contacts/nobody").await;
        assert_eq!((no_address.status.as_u16(), wrong_fields(&no_address)), (422, vec!["email"]));
        let refused = stage.get("/api/v1/contacts?organization=nowhere&after=x&limit=0&shoe=3").await;
        assert_eq!(refused.status, 422);
        let mut wrong = wrong_fields(&refused);
        wrong.sort_unstable();
        assert_eq!(wrong, ["after", "limit", "organization", "shoe"]);
        let long = json!({"name": "x".repeat(201), "plan": "y".repeat(101)});
        let long = stage.put("/api/v1/organizations/acme", long).await;
        assert_eq!((long.status.as_u16(), wrong_fields(&long)), (422, vec!["name", "plan"]));
    })
    .await;
}
