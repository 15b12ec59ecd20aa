use axum::body::Body;
use axum::http::Request;
use desk::agents;
use desk::agents::tokens::NewToken;
use desk::handle::{Command, CreateToken, RevokeToken};
use desk::rights::{Verb, may};
use desk::{Actor, Role};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, token_with, wrong_fields};

async fn ask(stage: &Stage, token: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    let body = body.map(ToString::to_string);
    let request = match &body {
        Some(_) => request.header("content-type", "application/json"),
        None => request,
    };
    stage.send(request.body(Body::from(body.unwrap_or_default())).unwrap()).await
}

fn new(name: &str, role: Role) -> NewToken {
    NewToken { name: name.to_owned(), role, agent: None, expires_at: None }
}

#[tokio::test]
async fn owners_list_tokens_and_take_them_away() {
    on_each_database(async |stage| {
        let owner = token_with(&stage.desk, new("the owner's", Role::Owner)).await;
        let lost = token_with(&stage.desk, new("lost/found & co", Role::Lead)).await;
        assert_eq!(ask(&stage, &lost, "GET", "/api/v1/tickets", None).await.status, 200);
        let listed = ask(&stage, &owner, "GET", "/api/v1/tokens", None).await;
        insta::assert_json_snapshot!("tokens", listed.body, { ".items[].agent.id" => "[id]" });

        let first = ask(&stage, &owner, "GET", "/api/v1/tokens?limit=3", None).await.body;
        let after = first["next"].as_str().unwrap();
        assert_eq!(after, first["items"][2]["name"]);
        let rest = format!("/api/v1/tokens?limit=3&after={}", after.replace(' ', "%20").replace('&', "%26"));
        let rest = ask(&stage, &owner, "GET", &rest, None).await.body;
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));

        let path = "/api/v1/tokens/lost%2Ffound%20%26%20co";
        assert_eq!(ask(&stage, &stage.token, "DELETE", path, None).await.status, 403);
        assert_eq!(ask(&stage, &owner, "DELETE", path, None).await.status, 204);
        assert_eq!(ask(&stage, &owner, "DELETE", path, None).await.status, 404);
        assert_eq!(ask(&stage, &lost, "GET", "/api/v1/tickets", None).await.status, 401);
        assert_eq!(ask(&stage, &owner, "DELETE", "/api/v1/tokens/the%20owner's", None).await.status, 204);
        assert_eq!(ask(&stage, &owner, "GET", "/api/v1/tokens", None).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_counts_until_it_ends_and_says_when_it_was_last_used() {
    on_each_database(async |stage| {
        let owner = token_with(&stage.desk, new("owner", Role::Owner)).await;
        let end = stage.desk.now() + SignedDuration::from_hours(3);
        let ends = NewToken { expires_at: Some(end), ..new("for an afternoon", Role::Agent) };
        let token = token_with(&stage.desk, ends).await;
        let used = async || {
            let listed = ask(&stage, &owner, "GET", "/api/v1/tokens", None).await.body;
            let items = listed["items"].as_array().unwrap().clone();
            items.into_iter().find(|item| item["name"] == "for an afternoon").unwrap()["used_at"].clone()
        };
        assert_eq!(used().await, Value::Null);
        let asked = async || ask(&stage, &token, "GET", "/api/v1/tickets", None).await.status.as_u16();
        assert_eq!(asked().await, 200);
        assert_eq!(used().await, "2026-11-17T09:00:00Z");
        stage.desk.ground.clock.advance(SignedDuration::from_mins(59));
        assert_eq!(asked().await, 200);
        assert_eq!(used().await, "2026-11-17T09:00:00Z", "to the hour");
        stage.desk.ground.clock.advance(SignedDuration::from_mins(2));
        assert_eq!(asked().await, 200);
        assert_eq!(used().await, "2026-11-17T10:01:00Z");
        stage.desk.ground.clock.advance_to(end);
        assert_eq!(asked().await, 401);
    })
    .await;
}

#[tokio::test]
async fn no_two_tokens_have_a_name_and_none_ends_before_it_begins() {
    on_each_database(async |stage| {
        let refused = async |new: NewToken| {
            let error = stage.desk.handle(&Actor::Desk, Command::CreateToken(CreateToken(new))).await.unwrap_err();
            error.fields.first().map_or(error.code, |field| if field.field == "name" { "name" } else { "expires_at" })
        };
        assert_eq!(refused(new("importer", Role::Owner)).await, "name-taken");
        assert_eq!(refused(new(" ", Role::Owner)).await, "name");
        assert_eq!(refused(new(&"x".repeat(101), Role::Owner)).await, "name");
        let late = NewToken { expires_at: Some(stage.desk.now()), ..new("late", Role::Owner) };
        assert_eq!(refused(late).await, "expires_at");
        let revoke = RevokeToken { name: "importer".to_owned() };
        stage.desk.handle(&Actor::Desk, Command::RevokeToken(revoke)).await.unwrap();
        token_with(&stage.desk, new("importer", Role::Owner)).await;
    })
    .await;
}

#[tokio::test]
async fn a_token_of_an_agent_never_may_more_than_either() {
    on_each_database(async |stage| {
        let ana = agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        let wide = NewToken { agent: Some(ana.id), ..new("wide", Role::Owner) };
        let wide = token_with(&stage.desk, wide).await;
        assert_eq!(ask(&stage, &wide, "GET", "/api/v1/tokens", None).await.status, 403, "Ana is no owner");
        let boss = agents::NewAgent {
            name: "Cy".to_owned(),
            address: "cy@desk.example".to_owned(),
            role: Role::Owner,
            teams: Vec::new(),
        };
        let adding = desk::handle::AddAgent(boss);
        stage.desk.handle(&Actor::Desk, Command::AddAgent(adding)).await.unwrap();
        let boss = agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Cy").await.unwrap().unwrap();
        for (role, expected) in [(Role::Owner, 200), (Role::Lead, 403), (Role::Agent, 403)] {
            let token = NewToken { agent: Some(boss.id), ..new(role.as_str(), role) };
            let token = token_with(&stage.desk, token).await;
            assert_eq!(ask(&stage, &token, "GET", "/api/v1/tokens", None).await.status.as_u16(), expected, "{role:?}");
        }
    })
    .await;
}

/// An address that needs a token, what one must be allowed to do for it, and a body that would be understood.
type Address = (&'static str, &'static str, Verb, Option<Value>);

/// Every one of them.
fn addresses() -> Vec<Address> {
    let from = json!({"email": "maria@acme.example"});
    let later = json!({"body": "x", "send_at": "2026-11-18T09:00:00Z"});
    let ticket = json!({"subject": "x", "body": "x", "requester": from.clone()});
    let mut addresses = vec![
        ("GET", "/api/v1/tickets", Verb::ReadTickets, None),
        ("POST", "/api/v1/tickets", Verb::OpenTicket, Some(ticket)),
        ("GET", "/api/v1/tickets/1", Verb::ReadTickets, None),
        ("PATCH", "/api/v1/tickets/1", Verb::WorkOnTickets, Some(json!({"priority": "high"}))),
        ("GET", "/api/v1/views", Verb::ReadTickets, None),
        ("POST", "/api/v1/views", Verb::ReadTickets, Some(json!({"name": "x"}))),
        ("PUT", "/api/v1/views/1", Verb::ReadTickets, Some(json!({"name": "x"}))),
        ("DELETE", "/api/v1/views/1", Verb::ReadTickets, None),
        ("POST", "/api/v1/bulk", Verb::WorkOnTickets, Some(json!({"deed": "assign", "tickets": ["1"]}))),
        ("POST", "/api/v1/bulk/1/undo", Verb::WorkOnTickets, Some(json!({}))),
        ("PUT", "/api/v1/tickets/1/assignee", Verb::WorkOnTickets, Some(json!({"agent": null}))),
        ("POST", "/api/v1/tickets/1/replies", Verb::WorkOnTickets, Some(json!({"kind": "reply", "body": "x"}))),
        ("POST", "/api/v1/tickets/1/attachments?name=x.txt", Verb::NoteOnTickets, None),
        ("GET", "/api/v1/sendings?of=all", Verb::ReadTickets, None),
        ("GET", "/api/v1/workload?team=support", Verb::ReadTickets, None),
        ("GET", "/api/v1/today", Verb::ReadTickets, None),
        ("GET", "/api/v1/insights", Verb::ReadInsights, None),
        ("GET", "/api/v1/insights/procedures/general-request", Verb::ReadInsights, None),
        ("GET", "/api/v1/insights/events", Verb::ReadInsights, None),
        ("GET", "/api/v1/handbook", Verb::ReadHandbook, None),
        ("GET", "/api/v1/handbook/revisions", Verb::ReadHandbook, None),
        ("POST", "/api/v1/handbook/revisions", Verb::PublishHandbook, Some(json!({"base": 1, "files": {}}))),
        ("GET", "/api/v1/handbook/revisions/1", Verb::ReadHandbook, None),
        ("POST", "/api/v1/handbook/findings", Verb::PublishHandbook, Some(json!({"files": {}}))),
        ("POST", "/api/v1/handbook/rehearsals", Verb::PublishHandbook, Some(json!({"scenario": "x"}))),
        ("GET", "/api/v1/tickets/1/sendings", Verb::ReadTickets, None),
        ("POST", "/api/v1/tickets/1/sendings", Verb::WorkOnTickets, Some(later)),
        ("PATCH", "/api/v1/tickets/1/sendings/1", Verb::WorkOnTickets, Some(json!({"send_at": null}))),
        ("DELETE", "/api/v1/tickets/1/sendings/1", Verb::WorkOnTickets, None),
        ("POST", "/api/v1/tickets/1/merge", Verb::WorkOnTickets, Some(json!({"into": "2"}))),
        ("DELETE", "/api/v1/tickets/1/merge", Verb::WorkOnTickets, None),
        ("POST", "/api/v1/tickets/1/messages/1/split", Verb::WorkOnTickets, Some(json!({}))),
        ("PUT", "/api/v1/tickets/1/related/2", Verb::WorkOnTickets, None),
        ("DELETE", "/api/v1/tickets/1/related/2", Verb::WorkOnTickets, None),
        ("PUT", "/api/v1/tickets/1/following", Verb::NoteOnTickets, None),
        ("DELETE", "/api/v1/tickets/1/following", Verb::NoteOnTickets, None),
        ("PUT", "/api/v1/tickets/1/copies/rita@acme.example", Verb::WorkOnTickets, None),
        ("DELETE", "/api/v1/tickets/1/copies/rita@acme.example", Verb::WorkOnTickets, None),
        ("POST", "/api/v1/tickets/1/choices/x", Verb::WorkOnTickets, Some(json!({}))),
        ("DELETE", "/api/v1/tickets/1/suggestions/1", Verb::WorkOnTickets, None),
        ("PUT", "/api/v1/tickets/1/checklists/a/b", Verb::WorkOnTickets, Some(json!({}))),
        ("DELETE", "/api/v1/tickets/1/checklists/a/b", Verb::WorkOnTickets, None),
        ("GET", "/api/v1/questions", Verb::ReadTickets, None),
        ("POST", "/api/v1/questions/1/answer", Verb::WorkOnTickets, Some(json!({"answer": "x"}))),
        ("POST", "/api/v1/forms/x/submissions", Verb::BringIn, Some(json!({"from": from, "answers": {}}))),
        ("GET", "/api/v1/search?q=acme", Verb::ReadTickets, None),
        ("GET", "/metrics", Verb::ReadTickets, None),
        ("GET", "/api/v1/mailboxes", Verb::ReadTickets, None),
        ("POST", "/api/v1/mailboxes", Verb::KeepMailboxes, Some(json!({}))),
        ("PATCH", "/api/v1/mailboxes/m", Verb::KeepMailboxes, Some(json!({}))),
        ("POST", "/api/v1/mailboxes/m/trial", Verb::KeepMailboxes, None),
        ("PUT", "/api/v1/mailboxes/m", Verb::BringIn, Some(json!({"caught_up_until": "2026-11-17T08:00:00Z"}))),
        ("DELETE", "/api/v1/mailboxes/m", Verb::BringIn, None),
        ("GET", "/api/v1/hooks", Verb::KeepAgents, None),
        ("PUT", "/api/v1/hooks/typeform/x", Verb::KeepAgents, None),
        ("DELETE", "/api/v1/hooks/typeform/x", Verb::KeepAgents, None),
        ("GET", "/api/v1/tokens", Verb::KeepAgents, None),
        ("DELETE", "/api/v1/tokens/x", Verb::KeepAgents, None),
    ];
    addresses.extend(of_people());
    addresses
}

/// Those of organizations, contacts and teams.
fn of_people() -> Vec<(&'static str, &'static str, Verb, Option<Value>)> {
    vec![
        ("GET", "/api/v1/organizations", Verb::ReadPeople, None),
        ("GET", "/api/v1/organizations/o", Verb::ReadPeople, None),
        ("GET", "/api/v1/organizations/o/calendar", Verb::ReadPeople, None),
        ("PUT", "/api/v1/organizations/o/calendar", Verb::KeepPeople, Some(json!({"calendar": null}))),
        ("GET", "/api/v1/teams/support/calendar", Verb::KeepTeams, None),
        ("PUT", "/api/v1/teams/support/calendar", Verb::KeepTeams, Some(json!({"calendar": null}))),
        ("GET", "/api/v1/contacts", Verb::ReadPeople, None),
        ("GET", "/api/v1/contacts/o@o.example", Verb::ReadPeople, None),
        ("PUT", "/api/v1/organizations/o", Verb::KeepPeople, Some(json!({"name": "O"}))),
        ("PUT", "/api/v1/contacts/o@o.example", Verb::KeepPeople, Some(json!({}))),
    ]
    .into_iter()
    .chain(addresses_of_notices())
    .chain(addresses_of_people())
    .collect()
}

/// Those of notices.
fn addresses_of_notices() -> Vec<Address> {
    vec![
        ("GET", "/api/v1/notifications", Verb::ReadTickets, None),
        ("POST", "/api/v1/notifications/read", Verb::ReadTickets, Some(json!({"id": "1"}))),
        ("GET", "/api/v1/notifications/browsers", Verb::ReadTickets, None),
        (
            "POST",
            "/api/v1/notifications/browsers",
            Verb::ReadTickets,
            Some(json!({"endpoint": "x", "keys": {"p256dh": "x", "auth": "x"}})),
        ),
        ("DELETE", "/api/v1/notifications/browsers/1", Verb::ReadTickets, None),
    ]
}

/// Those of organizations and contacts.
fn addresses_of_people() -> Vec<Address> {
    vec![
        ("GET", "/api/v1/organizations", Verb::ReadPeople, None),
        ("GET", "/api/v1/organizations/o", Verb::ReadPeople, None),
        ("GET", "/api/v1/contacts", Verb::ReadPeople, None),
        ("GET", "/api/v1/contacts/o@o.example", Verb::ReadPeople, None),
        ("GET", "/api/v1/contacts/o@o.example/data", Verb::KeepPeople, None),
        ("DELETE", "/api/v1/contacts/o@o.example", Verb::ErasePeople, None),
        ("GET", "/api/v1/exports/contacts", Verb::ReadPeople, None),
        ("GET", "/api/v1/exports/organizations", Verb::ReadPeople, None),
        ("GET", "/api/v1/imports?kind=contacts", Verb::KeepPeople, None),
        ("POST", "/api/v1/imports?kind=contacts", Verb::KeepPeople, None),
        ("GET", "/api/v1/imports/1", Verb::KeepPeople, None),
        ("DELETE", "/api/v1/imports/1", Verb::KeepPeople, None),
        ("GET", "/api/v1/imports/1/rows", Verb::KeepPeople, None),
        ("PUT", "/api/v1/imports/1/columns", Verb::KeepPeople, Some(json!({"columns": []}))),
        ("POST", "/api/v1/imports/1/carrying", Verb::KeepPeople, None),
        ("POST", "/api/v1/imports/1/undoing", Verb::KeepPeople, None),
        ("PUT", "/api/v1/organizations/o", Verb::KeepPeople, Some(json!({"name": "O"}))),
        ("PUT", "/api/v1/contacts/o@o.example", Verb::KeepPeople, Some(json!({}))),
    ]
}

#[tokio::test]
async fn what_a_role_may_over_the_api_is_what_the_table_says() {
    on_each_database(async |stage| {
        for role in [Role::Owner, Role::Lead, Role::Agent] {
            let token = token_with(&stage.desk, new(&format!("a {}", role.as_str()), role)).await;
            for (method, path, verb, body) in addresses() {
                let answer = ask(&stage, &token, method, path, body.as_ref()).await;
                let allowed = may(&Actor::Program { name: String::new(), role }, verb);
                assert_eq!(answer.status != 403, allowed, "{role:?} {method} {path}: {answer:?}");
                assert!(allowed || answer.body["code"] == "forbidden", "{answer:?}");
            }
        }
        // Every address that asks for a token is in the list.
        let described = stage.get("/api/v1/openapi.json").await.body;
        let known: Vec<_> = addresses().into_iter().map(|(method, path, ..)| format!("{method} {path}")).collect();
        for (path, verbs) in described["paths"].as_object().unwrap() {
            for (method, operation) in verbs.as_object().unwrap() {
                let says_who = operation["security"].as_array().is_some_and(|list| !list.is_empty());
                let is_here = known.iter().any(|known| {
                    let (known_method, known_path) = known.split_once(' ').unwrap();
                    known_method.eq_ignore_ascii_case(method) && is_of(path, known_path.split('?').next().unwrap())
                });
                assert!(!says_who || is_here || path == "/api/v1/inbound/mail", "{method} {path}");
            }
        }
        stage.settle().await;
    })
    .await;
}

fn is_of(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(one, other)| one.starts_with('{') || *one == other)
}

#[tokio::test]
async fn a_wrong_page_of_tokens_is_refused() {
    on_each_database(async |stage| {
        let owner = token_with(&stage.desk, new("owner", Role::Owner)).await;
        let answer = ask(&stage, &owner, "GET", "/api/v1/tokens?limit=0&colour=red", None).await;
        assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec!["limit", "colour"]));
    })
    .await;
}
