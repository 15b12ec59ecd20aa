use std::path::Path;

use serde_json::Value;

use crate::stage::on_each_database;

#[tokio::test]
async fn a_process_that_answers_is_healthy_and_one_whose_loops_turn_is_ready() {
    on_each_database(async |stage| {
        assert_eq!(stage.get("/health").await.status, 200);
        let still = stage.get("/ready").await;
        assert_eq!(still.status, 503);
        insta::assert_json_snapshot!("not_ready", still.body);
        stage.app.pulse.beat("timers");
        let turning = stage.get("/ready").await;
        assert_eq!((turning.status.as_u16(), turning.body["status"].as_str()), (200, Some("ready")));
    })
    .await;
}

#[test]
fn the_description_in_the_documents_is_that_of_this_desk() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let description = server::api::description();
    if std::env::var_os("DESKHAND_WRITE_DOCS").is_some() {
        std::fs::write(&file, &description).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == description,
        "docs/openapi.json is not what the API is: write it anew with DESKHAND_WRITE_DOCS=1"
    );
}

#[test]
fn every_address_says_how_it_fails_and_every_parameter_what_it_is() {
    let description: Value = serde_json::from_str(&server::api::description()).unwrap();
    for (path, verbs) in description["paths"].as_object().unwrap() {
        for (verb, operation) in verbs.as_object().unwrap() {
            let at = format!("{verb} {path}");
            let text = |place: &str| operation[place].as_str().is_some_and(|text| !text.is_empty());
            assert!(text("summary") && text("operationId"), "{at} says nothing of itself");
            let responses = operation["responses"].as_object().unwrap();
            if path.starts_with("/api/") {
                for status in ["400", "422", "500", "503"] {
                    assert!(responses.contains_key(status), "{at} may answer {status}");
                }
            }
            for response in responses.values().filter(|response| response.get("$ref").is_none()) {
                assert!(response["description"].as_str().is_some_and(|said| !said.is_empty()), "{at}: {response}");
            }
            for hole in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                let known = operation["parameters"].as_array().into_iter().flatten();
                assert!(known.into_iter().any(|known| known["name"] == hole && known["in"] == "path"), "{at} {hole}");
            }
        }
    }
    let ids = description["paths"].as_object().unwrap().values().flat_map(|verbs| verbs.as_object().unwrap().values());
    let ids: Vec<_> = ids.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{ids:?}");
}

#[tokio::test]
async fn every_address_is_described() {
    on_each_database(async |stage| {
        let described = stage.get("/api/v1/openapi.json").await;
        assert_eq!(described.headers["content-type"], "application/json");
        assert_eq!(described.body["info"]["title"], "Deskhand");
        let addresses: Vec<String> = described.body["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, verbs)| verbs.as_object().unwrap().keys().map(move |verb| format!("{verb} {path}")))
            .collect();
        insta::assert_json_snapshot!("addresses", addresses);
    })
    .await;
}
