//! The first start.

use desk::accounts::{self, links};
use desk::entry::SettingUp;
use desk::{Desk, Role};

use crate::open::on_each_database;
use crate::{PASSWORD, from, is_in, reached, who};

fn setting_up(code: &str, address: &str) -> SettingUp {
    SettingUp {
        code: Some(code.to_owned()),
        desk: "Acme Help".to_owned(),
        zone: "America/Sao_Paulo".to_owned(),
        name: "Olga Reis".to_owned(),
        address: address.to_owned(),
        password: PASSWORD.to_owned(),
        language: Some("pt".to_owned()),
        visitor: from("192.0.2.7"),
    }
}

async fn today(desk: &Desk) -> (String, Option<String>) {
    let handbook = desk.handbooks.current(&mut desk.read().await.unwrap()).await.unwrap();
    (handbook.desk.name.clone(), handbook.desk.zone.iana_name().map(str::to_owned))
}

#[tokio::test]
async fn whoever_has_the_code_names_the_desk_and_owns_it() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        assert!(desk.needs_set_up().await.unwrap());
        let code = desk.make_set_up_code().await.unwrap();
        let owner = desk.set_up(setting_up(&code, "Olga@acme.example")).await.unwrap();
        assert!(is_in(&desk, &owner.session).await);
        let account = accounts::require(&mut desk.read().await.unwrap(), owner.agent).await.unwrap();
        assert_eq!((account.agent.role, account.agent.address.as_str()), (Role::Owner, "olga@acme.example"));
        assert_eq!(account.language.as_deref(), Some("pt"));
        assert_eq!(today(&desk).await, ("Acme Help".to_owned(), Some("America/Sao_Paulo".to_owned())));
        assert!(!desk.needs_set_up().await.unwrap());
        assert!(desk.make_set_up_code().await.is_err(), "no code opens an owned desk");
    })
    .await;
}

#[tokio::test]
async fn of_two_browsers_at_once_one_wins_and_the_other_is_told() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let codes = [desk.make_set_up_code().await.unwrap(), desk.make_set_up_code().await.unwrap()];
        let given = [setting_up(&codes[0], "olga@acme.example"), setting_up(&codes[1], "pete@acme.example")];
        let [first, second] = given.map(|given| desk.set_up(given));
        let (first, second) = tokio::join!(first, second);
        let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
        let error = lost.unwrap_err();
        assert!(matches!(error.code, "set-up-already" | "link-over"), "{error:?}");
        let won = won.unwrap();
        let all = accounts::all(&mut desk.read().await.unwrap()).await.unwrap();
        let owners: Vec<_> = all.iter().filter(|account| account.agent.role == Role::Owner).collect();
        assert_eq!(owners.len(), 1);
        assert_eq!(owners[0].agent.id, won.agent);
        assert_eq!(desk.handbooks.current_number(), 2, "the handbook was published once more, not twice");
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_made_up_or_is_a_day_old_opens_nothing() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let error = desk.set_up(setting_up(&"0".repeat(64), "olga@acme.example")).await.unwrap_err();
        assert_eq!(error.code, links::over().code);
        let code = desk.make_set_up_code().await.unwrap();
        desk.ground.clock.advance(links::Purpose::SetUp.lasts());
        assert!(!desk.knows_set_up_code(&code).await.unwrap());
        assert!(desk.set_up(setting_up(&code, "olga@acme.example")).await.is_err());
        assert!(desk.needs_set_up().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn every_mistake_is_told_at_once_and_nothing_is_done() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let code = desk.make_set_up_code().await.unwrap();
        let (name, zone, password) = (String::new(), "Mars/Olympus".to_owned(), "short".to_owned());
        let wrong = SettingUp { desk: name.clone(), name, zone, password, ..setting_up(&code, "nowhere") };
        let error = desk.set_up(wrong).await.unwrap_err();
        let fields: Vec<&str> = error.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["desk", "zone", "name", "email", "password"]);
        assert!(desk.knows_set_up_code(&code).await.unwrap(), "the code still counts");
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_an_agent_already_becomes_the_owner() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let code = desk.make_set_up_code().await.unwrap();
        let (zone, name) = today(&desk).await;
        let given = SettingUp { desk: zone, zone: name.unwrap(), ..setting_up(&code, "ana@desk.example") };
        let owner = desk.set_up(given).await.unwrap();
        assert_eq!(who(&desk, "ana@desk.example").await.agent_id(), Some(owner.agent));
        assert_eq!(who(&desk, "ana@desk.example").await.role(), Some(Role::Owner));
        assert_eq!(desk.handbooks.current_number(), 1, "name and zone stayed, so nothing was published");
    })
    .await;
}
