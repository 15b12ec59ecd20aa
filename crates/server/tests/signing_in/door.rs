//! Setting up, signing in and out, and what pages are to whom.

use desk::accounts::links::Purpose;
use desk::handle::account::{Account, ChangeRole, Done, MakeLink};
use desk::{Actor, Desk, Role, agents};
use store::Id;

use crate::browser::{Browser, leads_to, page};
use crate::stage::{Stage, on_each_database};

/// A password that is taken.
pub const PASSWORD: &str = "otter lamp violet nine";
/// Ana's address.
pub const ANA: &str = "ana@desk.example";

/// Ana's id.
pub async fn ana(desk: &Desk) -> Id {
    agents::find_by_name(&mut desk.read().await.unwrap(), "Ana").await.unwrap().unwrap().id
}

/// Gives Ana a password and a role.
pub async fn ana_is(stage: &Stage, role: Role) -> Id {
    let agent = ana(&stage.desk).await;
    stage.desk.account(&Actor::Desk, Account::ChangeRole(ChangeRole { agent, role })).await.unwrap();
    stage.desk.set_password(agent, PASSWORD).await.unwrap();
    agent
}

/// A browser in which Ana signed in.
pub async fn signed_in(stage: &Stage) -> Browser<'_> {
    let mut browser = Browser::new(stage);
    let answer = browser.post("/sign-in", &[("email", ANA), ("password", PASSWORD), ("next", "/account")]).await;
    assert_eq!(leads_to(&answer), "/account");
    browser
}

/// A link to Ana's account.
pub async fn link(desk: &Desk, purpose: Purpose) -> String {
    let agent = ana(desk).await;
    match desk.account(&Actor::Desk, Account::MakeLink(MakeLink { agent, purpose })).await.unwrap() {
        Done::Link(secret) => secret.0,
        other => panic!("{other:?} is no link"),
    }
}

#[tokio::test]
async fn an_empty_desk_is_set_up_by_whoever_has_the_code_and_by_nobody_twice() {
    on_each_database(async |stage| {
        let mut browser = Browser::new(&stage);
        assert_eq!(leads_to(&browser.get("/").await), "/tickets");
        assert!(leads_to(&browser.get("/tickets").await).starts_with("/sign-in?next="));
        assert_eq!(leads_to(&browser.get("/sign-in").await), "/set-up");
        let elsewhere = browser.get("/set-up").await;
        assert!(page(&elsewhere).contains("setup-link"), "it says where the code is");
        assert_eq!(browser.get(&format!("/set-up/{}", "0".repeat(64))).await.status, 410);

        let code = stage.desk.make_set_up_code().await.unwrap();
        let path = format!("/set-up/{code}");
        let form = browser.get(&path).await;
        assert_eq!(form.headers["referrer-policy"], "no-referrer");
        assert!(page(&form).contains("Europe/Lisbon\" selected"), "the handbook's zone is offered");
        let fields = [
            ("desk", "Acme Help"),
            ("zone", "Europe/Lisbon"),
            ("name", "Olga"),
            ("email", "olga@acme.example"),
            ("password", "short"),
        ];
        let wrong = browser.post(&path, &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(page(&wrong).contains("At least 12 characters") && page(&wrong).contains("Acme Help"), "{wrong:?}");
        let fields = [&fields[..4], &[("password", PASSWORD)]].concat();
        assert_eq!(leads_to(&browser.post(&path, &fields).await), "/welcome");
        let welcome = browser.get("/welcome").await;
        assert!(page(&welcome).contains("Acme Help is set up"), "{welcome:?}");

        let mut late = Browser::new(&stage);
        assert_eq!(late.get(&path).await.status, 410);
        assert_eq!(late.post(&path, &fields).await.status, 409);
        assert_eq!(leads_to(&late.get("/set-up").await), "/sign-in");
        assert_eq!(late.get("/sign-in").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_to_where_one_wanted_to_go_and_never_to_another_site() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        for (next, to) in [
            ("/tickets?status=open", "/tickets?status=open"),
            ("https://evil.example/", "/tickets"),
            ("//evil.example", "/tickets"),
            ("/\\evil.example", "/tickets"),
        ] {
            let fields = [("email", ANA), ("password", PASSWORD), ("next", next)];
            let answer = Browser::new(&stage).post("/sign-in", &fields).await;
            assert_eq!(leads_to(&answer), to, "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leaves_nothing_to_go_back_to() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = signed_in(&stage).await;
        let account = browser.get("/account").await;
        assert_eq!(account.headers["cache-control"], "no-store");
        let secret = browser.session().unwrap();
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!(leads_to(&out), "/sign-in");
        assert!(out.headers["clear-site-data"].to_str().unwrap().contains("cache"));
        assert_eq!(browser.session(), None);
        browser.cookies.insert("deskhand_session".to_owned(), secret);
        assert!(leads_to(&browser.get("/account").await).starts_with("/sign-in"), "the cookie of before opens nothing");
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_is_looked_at_freely_and_used_once() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let path = format!("/reset/{}", link(&stage.desk, Purpose::Reset).await);
        let mut browser = Browser::new(&stage);
        for _ in 0..3 {
            let form = browser.get(&path).await;
            assert_eq!(
                (form.status.as_u16(), &form.headers["referrer-policy"]),
                (200, &"no-referrer".parse().unwrap())
            );
            assert!(page(&form).contains(ANA));
        }
        assert_eq!(browser.post(&path, &[("password", "ana@desk.example")]).await.status, 422);
        assert_eq!(leads_to(&browser.post(&path, &[("password", "seven grey kites")]).await), "/tickets");
        let replayed = Browser::new(&stage).post(&path, &[("password", "one more of them all")]).await;
        assert_eq!(replayed.status, 410);
        assert!(page(&replayed).contains("counts no longer"));
    })
    .await;
}

#[tokio::test]
async fn trying_too_often_is_told_with_the_time_to_wait() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = Browser::new(&stage);
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let answer = browser.post("/sign-in", &[("email", ANA), ("password", "a guess of mine")]).await;
            statuses.push(answer.status.as_u16());
            if answer.status == 429 {
                assert_eq!(answer.headers["retry-after"], "2");
            }
        }
        assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    })
    .await;
}
