//! The holes that desks are known for, each by its name.

use desk::Actor;
use desk::Role;
use desk::accounts::Secret;
use desk::accounts::links::Purpose;
use desk::outbox::catcher::{self, Catcher};
use desk::settings::PublicUrl;

use crate::browser::{Browser, leads_to, page, set};
use crate::door::{ANA, PASSWORD, ana_is, link, signed_in};
use crate::stage::{Stage, on_each_database};

/// The stage of a desk that browsers reach at this address.
async fn reached_at(stage: Stage, url: &str) -> Stage {
    let url = PublicUrl::read(url).unwrap();
    let desk = stage.desk.clone().reached_at(url, false).await.unwrap();
    let app = server::state::App::alone(desk.clone(), false);
    Stage { desk, app, ..stage }
}

#[tokio::test]
async fn fixation_a_session_that_a_browser_brought_is_not_the_one_it_leaves_with() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = Browser::new(&stage);
        let planted = "ab".repeat(32);
        browser.cookies.insert("deskhand_session".to_owned(), planted.clone());
        let answer = browser.post("/sign-in", &[("email", ANA), ("password", PASSWORD)]).await;
        assert_eq!(leads_to(&answer), "/tickets");
        assert_ne!(browser.session(), Some(planted.clone()));
        let mut attacker = Browser::new(&stage);
        attacker.cookies.insert("deskhand_session".to_owned(), planted);
        assert!(leads_to(&attacker.get("/account").await).starts_with("/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn sessions_do_not_outlive_a_password_change_and_the_own_one_is_rotated() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let (mut here, mut elsewhere) = (signed_in(&stage).await, signed_in(&stage).await);
        let before = here.session();
        let wrong = here.post("/account/password", &[("old", "not it"), ("password", "seven grey kites")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(elsewhere.get("/account").await.status, 200);
        let fields = [("old", PASSWORD), ("password", "seven grey kites")];
        assert_eq!(leads_to(&here.post("/account/password", &fields).await), "/account?done=password");
        assert_ne!(here.session(), before);
        assert_eq!(here.get("/account?done=password").await.status, 200);
        assert!(leads_to(&elsewhere.get("/account").await).starts_with("/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn host_poisoning_a_link_in_a_mail_never_comes_from_the_host_header() {
    on_each_database(async |stage| {
        let stage = reached_at(stage, "https://desk.acme.example").await;
        ana_is(&stage, Role::Owner).await;
        let mut attacker = Browser::new(&stage)
            .saying("host", "evil.example")
            .saying("x-forwarded-host", "evil.example")
            .saying("x-forwarded-proto", "http")
            .saying("forwarded", "host=evil.example");
        assert_eq!(attacker.post("/forgotten", &[("email", ANA)]).await.status, 200);
        stage.desk.settle(&Catcher::new(stage.desk.ground.clone())).await.unwrap();
        let owner = Actor::Agent { id: store::Id(0), name: "Olga".to_owned(), role: Role::Owner };
        let mut conn = stage.desk.read().await.unwrap();
        let letter = catcher::letters(&mut conn, &owner, 5).await.unwrap().remove(0);
        let (_, raw) = catcher::show_letter(&mut conn, &owner, letter.id).await.unwrap();
        let raw = String::from_utf8(raw).unwrap();
        assert!(raw.contains("https://desk.acme.example/reset/") && !raw.contains("evil"), "{raw}");
    })
    .await;
}

#[tokio::test]
async fn discovery_a_stranger_learns_nothing_of_who_has_an_account() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let (mut pages, mut costs) = (Vec::new(), Vec::new());
        for address in [ANA, "xyz@desk.example"] {
            let mut browser = Browser::new(&stage);
            let csrf = browser.csrf().await;
            let before = stage.desk.hasher.done();
            let refused = browser.post("/sign-in", &[("email", address), ("password", "a guess of mine")]).await;
            costs.push(stage.desk.hasher.done() - before);
            let asked = browser.post("/forgotten", &[("email", address)]).await;
            let plain = |text: &str| text.replace(&csrf, "CSRF").replace(address, "ADDRESS");
            pages.push((refused.status, plain(page(&refused)), asked.status, plain(page(&asked))));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(costs[0], costs[1]);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn csrf_a_form_of_another_site_is_refused_whatever_it_knows() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = signed_in(&stage).await;
        let profile = [("name", "Mallory")];
        let elsewhere: [&[(&'static str, &str)]; 4] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ];
        for headers in elsewhere {
            let plain = browser.headers.clone();
            browser.headers.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
            let answer = browser.post("/account/profile", &profile).await;
            assert_eq!(answer.status, 403, "{headers:?}");
            assert_eq!(browser.post("/sign-out", &[]).await.status, 403, "{headers:?}");
            browser.headers = plain;
        }
        let without = browser.post_as_is("/account/profile", &profile).await;
        assert_eq!(without.status, 422, "a form without the page's token");
        browser.headers.push(("origin", "http://127.0.0.1:8080".to_owned()));
        assert_eq!(leads_to(&browser.post("/account/profile", &profile).await), "/account?done=profile");
    })
    .await;
}

#[tokio::test]
async fn cookies_are_for_this_desk_alone_and_for_tls_alone_where_there_is_tls() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let fields = [("email", ANA), ("password", PASSWORD)];
        let mut browser = Browser::new(&stage);
        let plain = browser.post("/sign-in", &fields).await;
        let cookie = set(&plain, "deskhand_session");
        assert!(cookie.contains("; Path=/; SameSite=Lax; HttpOnly;") && !cookie.contains("Secure"), "{cookie}");
        let secret = browser.session().unwrap();

        let stage = reached_at(stage, "https://desk.acme.example").await;
        let mut browser = Browser::new(&stage);
        let secure = browser.post("/sign-in", &fields).await;
        for name in ["__Host-deskhand_session", "__Host-deskhand_device"] {
            let cookie = set(&secure, name);
            assert!(
                cookie.contains("; Path=/; SameSite=Lax; HttpOnly; Secure;") && !cookie.contains("Domain"),
                "{cookie}"
            );
        }
        assert_eq!(browser.get("/account").await.status, 200);
        let mut neighbour = Browser::new(&stage);
        neighbour.cookies.insert("deskhand_session".to_owned(), secret);
        let answer = neighbour.get("/account").await;
        assert!(
            leads_to(&answer).starts_with("/sign-in"),
            "a cookie that a neighbouring host could set is none of ours"
        );
    })
    .await;
}

#[tokio::test]
async fn clickjacking_no_page_is_shown_in_another_sites_frame() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = signed_in(&stage).await;
        for path in ["/account", "/people", "/people/invitation", "/forgotten"] {
            let answer = browser.get(path).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"),
                "{path}: {policy}"
            );
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_of_the_api_is_no_session_and_a_link_opens_only_what_it_is_for() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Owner).await;
        let mut browser = Browser::new(&stage);
        browser.cookies.insert("deskhand_session".to_owned(), stage.ana.clone());
        assert!(leads_to(&browser.get("/account").await).starts_with("/sign-in"));
        let reset = link(&stage.desk, Purpose::Reset).await;
        assert_eq!(browser.get(&format!("/invitation/{reset}")).await.status, 410);
        browser.cookies.insert("deskhand_session".to_owned(), reset.clone());
        assert!(leads_to(&browser.get("/account").await).starts_with("/sign-in"));
        assert_eq!(format!("{:?}", Secret(reset.clone())), "Secret(…)");
        assert_eq!(stage.get("/api/v1/tickets").await.status, 200, "tokens still open the API");
    })
    .await;
}
