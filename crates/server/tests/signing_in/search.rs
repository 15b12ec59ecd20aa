//! The page of the search: what it shows, to whom, and what it makes of anything that is typed.

use std::collections::BTreeSet;

use desk::handle::account::{Account, SetTeams};
use desk::{Actor, Role};

use crate::browser::page;
use crate::door::{ana_is, signed_in};
use crate::stage::on_each_database;

#[tokio::test]
async fn what_holds_the_words_is_listed_with_the_words_marked_and_leads_to_its_ticket() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("Logótipo <novo>").await;
        let id = ticket["id"].as_str().unwrap();
        ana_is(&stage, Role::Agent).await;
        let mut browser = signed_in(&stage).await;
        let found = browser.get("/search?q=logotipo").await;
        assert_eq!(found.status, 200);
        let shown = page(&found);
        assert!(shown.contains(&format!("href=\"/tickets/{id}\"")), "{shown}");
        assert!(shown.contains("<mark>Logótipo</mark> &#60;novo&#62;"), "{shown}");
        assert!(shown.contains("value=\"logotipo\""), "what was typed stands in the box");
        let said = browser.get("/search?q=have+a+lo").await;
        assert!(page(&said).contains(&format!("href=\"/tickets/{id}?from=")));
        let people = browser.get("/search?q=acme").await;
        assert!(page(&people).contains("Maria"), "whoever keeps people finds them");
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_understood_stands_in_chips_that_lead_to_the_rest_of_the_question() {
    on_each_database(async |stage| {
        stage.people().await;
        stage.ticket("Logótipo <novo>").await;
        ana_is(&stage, Role::Agent).await;
        let mut browser = signed_in(&stage).await;
        let found = browser.get("/search?q=logotipo+is%3Aopen+-%22old+one%22+org%3Aacme").await;
        let shown = page(&found);
        assert!(shown.contains("<mark>Logótipo</mark>"), "{shown}");
        for left in [
            "/search?q=logotipo%20%2D%22old%20one%22%20org%3Aacme",
            "/search?q=logotipo%20is%3Aopen%20org%3Aacme",
            "/search?q=logotipo%20is%3Aopen%20%2D%22old%20one%22",
        ] {
            assert!(shown.contains(&format!("class=\"asked__chip\" href=\"{left}\"")), "{left}: {shown}");
        }
        let meant = browser.get("/search?q=logotipo+is%3Aopne").await;
        assert!(page(&meant).contains("href=\"/search?q=logotipo%20is%3Aopen\""), "{}", page(&meant));
        let attack = browser.get("/search?q=%3Cb%3E:%22%3Cscript%3E%22+org:%3Cscript%3E").await;
        assert_eq!(attack.status, 200);
        assert!(
            !page(&attack).contains("<script>\"")
                && !page(&attack).contains("org:</span><bdi class=\"asked__value\"><script")
        );
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn whatever_is_typed_is_answered_with_a_page_that_says_what_is_wrong() {
    on_each_database(async |stage| {
        ana_is(&stage, Role::Agent).await;
        let mut browser = signed_in(&stage).await;
        for (query, status) in [
            ("", 200),
            ("?q=", 200),
            ("?q=nowhere", 200),
            ("?q=%2A%20%22", 422),
            ("?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
            ("?q=x&after=yesterday", 422),
            ("?q=%E2%80%AE%00x", 200),
        ] {
            let answer = browser.get(&format!("/search{query}")).await;
            assert_eq!(answer.status, status, "{query}: {answer:?}");
            assert!(!page(&answer).contains("<script>alert"), "{query}");
        }
        let long = browser.get(&format!("/search?q={}", "x".repeat(5_000))).await;
        assert_eq!(long.status, 422);
        let nobody = browser.cookies.clone();
        browser.cookies.clear();
        assert_eq!(browser.get("/search?q=x").await.status, 303, "whoever is not signed in is sent to the door");
        browser.cookies = nobody;
    })
    .await;
}

#[tokio::test]
async fn more_than_fits_stands_on_further_pages_and_nothing_is_shown_twice() {
    on_each_database(async |stage| {
        for number in 0..31 {
            stage.ticket(&format!("Pages {number}")).await;
        }
        ana_is(&stage, Role::Agent).await;
        let mut browser = signed_in(&stage).await;
        let links = |shown: &str| -> Vec<String> {
            shown
                .split("class=\"found__link\" href=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect()
        };
        let first = browser.get("/search?q=pages").await;
        let more =
            page(&first).split("href=\"/search?").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
        let second = browser.get(&format!("/search?{more}")).await;
        assert!(page(&second).contains("href=\"/search?q=pages\""), "and back to the first");
        let (first, second) = (links(page(&first)), links(page(&second)));
        assert_eq!((first.len(), second.len()), (30, 1));
        assert_eq!(first.iter().chain(&second).collect::<BTreeSet<_>>().len(), 31);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_collaborator_finds_what_they_see_and_no_people() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("Zebra crossing").await;
        let href = format!("/tickets/{}\"", ticket["id"].as_str().unwrap());
        let agent = ana_is(&stage, Role::Collaborator).await;
        let mut browser = signed_in(&stage).await;
        assert!(page(&browser.get("/search?q=zebra").await).contains(&href), "the ticket of their team");
        assert!(
            !page(&browser.get("/search?q=maria").await).contains("found__row"),
            "people are for those who keep them"
        );
        let none = SetTeams { agent, teams: Vec::new() };
        stage.desk.account(&Actor::Desk, Account::SetTeams(none)).await.unwrap();
        let found = browser.get("/search?q=zebra").await;
        assert_eq!(found.status, 200);
        assert!(!page(&found).contains("found__row") && !page(&found).contains("crossing"));
        stage.settle().await;
    })
    .await;
}
