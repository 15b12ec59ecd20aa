//! The people's pages: who may see and do what there.

use desk::accounts;
use desk::handle::account::{Account, SetTeams};
use desk::settings::PublicUrl;
use desk::{Actor, Role};

use crate::browser::{Browser, leads_to, page};
use crate::door::{PASSWORD, ana, ana_is, signed_in};
use crate::stage::{Stage, on_each_database, session_of};

/// A browser of an agent's, by name.
async fn browser_of<'s>(stage: &'s Stage, name: &str) -> (Browser<'s>, store::Id) {
    let found = desk::agents::find_by_name(&mut stage.desk.read().await.unwrap(), name).await.unwrap().unwrap();
    let mut browser = Browser::new(stage);
    browser.cookies.insert("deskhand_session".to_owned(), session_of(&stage.desk, found.id).await);
    (browser, found.id)
}

#[tokio::test]
async fn an_owner_invites_somebody_who_comes_in_and_works() {
    on_each_database(async |stage| {
        let url = PublicUrl::read("http://127.0.0.1:8080").unwrap();
        let desk = stage.desk.clone().reached_at(url, false).await.unwrap();
        let stage = Stage { app: server::state::App::alone(desk.clone(), false), desk, ..stage };
        ana_is(&stage, Role::Owner).await;
        let mut owner = signed_in(&stage).await;
        let taken = [("name", "Bo"), ("email", "BO@desk.example"), ("role", "agent")];
        let taken = owner.post("/people/invitation", &taken).await;
        assert!(page(&taken).contains("has this address already"), "{taken:?}");
        let nina = [("name", "Nina"), ("email", "nina@acme.example"), ("role", "agent"), ("team.support", "1")];
        assert_eq!(leads_to(&owner.post("/people/invitation", &nina).await), "/people?done=invited");
        stage.settle().await;
        let people = owner.get("/people").await;
        let letter = page(&people).split("/people/letters/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let letter = owner.get(&format!("/people/letters/{letter}")).await;
        let link = page(&letter).split("href=\"http://127.0.0.1:8080").nth(1).unwrap().split('"').next().unwrap();

        let mut nina = Browser::new(&stage);
        assert!(page(&nina.get(link).await).contains("nina@acme.example"));
        assert_eq!(leads_to(&nina.post(link, &[("name", "Nina Sol"), ("password", PASSWORD)]).await), "/tickets");
        assert_eq!(nina.get("/tickets").await.status, 200);
        assert_eq!(nina.get("/people").await.status, 403);
        assert_eq!(Browser::new(&stage).get(link).await.status, 410);
    })
    .await;
}

#[tokio::test]
async fn without_a_public_address_an_invitation_says_what_is_missing() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let nina = [("name", "Nina"), ("email", "nina@acme.example"), ("role", "agent")];
        let answer = signed_in(&stage).await.post("/people/invitation", &nina).await;
        assert_eq!(answer.status, 422);
        assert!(page(&answer).contains("--public-url"), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn a_lead_sees_the_people_and_changes_teams_but_nobodys_role() {
    on_each_database(async |stage| {
        let agent = ana_is(&stage, Role::Lead).await;
        let mut lead = signed_in(&stage).await;
        let (mut bo, bo_id) = browser_of(&stage, "Bo").await;
        let people = lead.get("/people").await;
        assert!(page(&people).contains("/teams") && !page(&people).contains("/departure"), "{people:?}");
        assert_eq!(lead.post(&format!("/people/{bo_id}/teams"), &[("team.support", "1")]).await.status, 303);
        assert_eq!(lead.post(&format!("/people/{bo_id}/role"), &[("role", "lead")]).await.status, 403);
        assert_eq!(lead.post(&format!("/people/{bo_id}/departure"), &[]).await.status, 403);
        for path in [format!("/people/{agent}/teams"), format!("/people/{agent}/role")] {
            assert_eq!(bo.post(&path, &[("role", "agent")]).await.status, 403, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_owner_changes_roles_and_sends_people_away_who_are_out_at_once() {
    on_each_database(async |stage| {
        let agent = ana_is(&stage, Role::Owner).await;
        let mut owner = signed_in(&stage).await;
        let (mut bo, bo_id) = browser_of(&stage, "Bo").await;
        assert_eq!(bo.get("/account").await.status, 200);
        let role = owner.post(&format!("/people/{bo_id}/role"), &[("role", "collaborator")]).await;
        assert_eq!(leads_to(&role), "/people?done=role");
        assert!(leads_to(&bo.get("/account").await).starts_with("/sign-in"));
        let last = owner.post(&format!("/people/{agent}/role"), &[("role", "agent")]).await;
        assert_eq!(last.status, 409);
        assert!(page(&last).contains("Nobody else owns this desk"));
        let gone = owner.post(&format!("/people/{bo_id}/departure"), &[]).await;
        assert_eq!(leads_to(&gone), "/people?done=gone");
        let account = accounts::find(&mut stage.desk.read().await.unwrap(), bo_id).await.unwrap().unwrap();
        assert!(!account.active);
    })
    .await;
}

#[tokio::test]
async fn somebody_ends_a_session_elsewhere_and_all_of_them() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Agent).await;
        let mut here = signed_in(&stage).await;
        let (mut there, mut elsewhere) = (signed_in(&stage).await, signed_in(&stage).await);
        let account = here.get("/account").await;
        let ends = page(&account).matches("/end\"").count();
        assert_eq!(ends, 2, "every session but this one");
        let first = page(&account).split("/account/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        assert_eq!(
            leads_to(&here.post(&format!("/account/sessions/{first}/end"), &[]).await),
            "/account?done=sessions"
        );
        let open = [there.get("/account").await.status, elsewhere.get("/account").await.status];
        assert_eq!(open.iter().filter(|status| **status == 200).count(), 1);
        here.post("/account/sessions/end-others", &[]).await;
        for browser in [&mut there, &mut elsewhere] {
            assert_eq!(browser.get("/account").await.status, 303);
        }
        assert_eq!(here.get("/account").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_collaborator_reads_and_notes_and_is_offered_nothing_else() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("One").await;
        let id = ticket["id"].as_str().unwrap();
        let agent = ana_is(&stage, Role::Collaborator).await;
        let mut browser = signed_in(&stage).await;
        let shown = browser.get(&format!("/tickets/{id}")).await;
        assert_eq!(shown.status, 200);
        assert!(!page(&shown).contains("value=\"reply\"") && page(&shown).contains("value=\"note\""), "{shown:?}");
        assert!(!page(&shown).contains("/assignee\"") && !page(&shown).contains("/choices/"));
        let note = browser
            .post(
                &format!("/tickets/{id}/replies"),
                &[("kind", "note"), ("body", "Looks right."), ("submission", "one")],
            )
            .await;
        assert_eq!(note.status, 303, "{note:?}");
        let reply = browser
            .post(&format!("/tickets/{id}/replies"), &[("kind", "reply"), ("body", "Hello"), ("submission", "two")])
            .await;
        assert_eq!(reply.status, 403);
        assert_eq!(browser.get("/mail").await.status, 403);
        let none = SetTeams { agent, teams: Vec::new() };
        stage.desk.account(&Actor::Desk, Account::SetTeams(none)).await.unwrap();
        assert_eq!(browser.get(&format!("/tickets/{id}")).await.status, 404);
        assert!(!page(&browser.get("/tickets").await).contains("One"));
        assert_eq!(ana(&stage.desk).await, agent);
        stage.settle().await;
    })
    .await;
}
