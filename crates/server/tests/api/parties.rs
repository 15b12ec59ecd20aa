use serde_json::json;

use crate::stage::{Stage, on_each_database, wrong_fields};

const PLAYBOOK: &str = "language: 1\nplaybook: general-request\ntitle: Access\nteam: support\nopens: [ mail, api ]\n\
    parties: { confirmer: { of: organization, may: confirm-access }, payer: { of: organization, may: pay } }\ninitial: asking\nstates:\n\
    \x20 asking: { on: { confirmer.written_to: waiting, agent.replied: answered } }\n\
    \x20 waiting: { waiting_on: confirmer, after: { 5 days: asking } }\n\
    \x20 answered: { choices: { close: { label: Close, target: closed } } }\n  closed: { type: final }\n";

/// A handbook in which ordinary requests know parties, and Olga, who may confirm.
async fn with_parties(stage: &Stage) {
    stage.publish_general(PLAYBOOK).await;
    stage.people().await;
    let olga = json!({"name": "Olga", "organization": "acme", "may": ["confirm-access"]});
    assert_eq!(stage.put("/api/v1/contacts/olga@acme.example", olga).await.status, 200);
}

#[tokio::test]
async fn words_to_a_party_go_to_its_people_and_are_no_answer_to_the_client() {
    on_each_database(async |stage| {
        with_parties(&stage).await;
        let ticket = stage.ticket("May I come in?").await;
        assert_eq!(ticket["parties"][0]["people"][0]["email"], "olga@acme.example");
        assert_eq!(ticket["parties"][1], json!({"name": "payer", "people": []}));
        let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap());
        let replies = format!("{path}/replies");
        let written = stage.post(&replies, json!({"body": "May she?", "kind": "reply", "to": "confirmer"})).await;
        assert_eq!((written.status.as_u16(), &written.body["to"]), (201, &json!("olga@acme.example")), "{written:?}");
        let now = stage.get(&path).await.body;
        assert_eq!((&now["state"], &now["waiting_on"]), (&json!("waiting"), &json!("confirmer")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_to_a_party_is_said() {
    on_each_database(async |stage| {
        with_parties(&stage).await;
        let ticket = stage.ticket("May I come in?").await;
        let replies = format!("/api/v1/tickets/{}/replies", ticket["id"].as_str().unwrap());
        let nobody = stage.post(&replies, json!({"body": "Pay?", "kind": "reply", "to": "payer"})).await;
        assert_eq!((nobody.status.as_u16(), nobody.body["code"].as_str()), (409, Some("nobody-there")));
        for body in [
            json!({"body": "Hello", "kind": "reply", "to": "landlord"}),
            json!({"body": "Hello", "kind": "note", "to": "confirmer"}),
            json!({"body": "Hello", "kind": "reply", "to": "confirmer", "suggestion": "7"}),
        ] {
            let refused = stage.post(&replies, body).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["to"]), "{refused:?}");
        }
        stage.settle().await;
    })
    .await;
}
