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
