//! Who may what, and what happens when that changes or somebody leaves.

use desk::accounts::{self, Profile};
use desk::agents::{self, NewAgent};
use desk::entry::Entered;
use desk::handle::account::{
    Account, ChangeRole, Done, EndOtherSessions, EndSession, Invite, KeepProfile, SendAway, SetTeams,
};
use desk::handle::{Assign, Command};
use desk::rights::Scope;
use desk::{Actor, Desk, Result, Role, notifications};

use crate::open::{Courier, mail_in, on_each_database, ticket};
use crate::{PASSWORD, from, id, is_in, reached, signed_in, who, with_password};

async fn change_role(desk: &Desk, by: &Actor, agent: store::Id, role: Role) -> Result<Done> {
    desk.account(by, Account::ChangeRole(ChangeRole { agent, role })).await
}

#[tokio::test]
async fn whose_role_changes_signs_in_anew_and_the_last_owner_stays_one() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        with_password(&desk, "Bo", Role::Agent).await;
        let (ana, bo) = (owner.agent_id().unwrap(), id(&desk, "Bo").await);
        let session = signed_in(&desk, "bo@desk.example", PASSWORD, from("192.0.2.7")).await;
        change_role(&desk, &owner, bo, Role::Agent).await.unwrap();
        assert!(is_in(&desk, &session.session).await, "the same role is no change");
        change_role(&desk, &owner, bo, Role::Lead).await.unwrap();
        assert!(!is_in(&desk, &session.session).await);
        assert_eq!(who(&desk, "bo@desk.example").await.role(), Some(Role::Lead));

        assert_eq!(change_role(&desk, &owner, ana, Role::Agent).await.unwrap_err().code, "last-owner");
        change_role(&desk, &owner, bo, Role::Owner).await.unwrap();
        change_role(&desk, &owner, ana, Role::Agent).await.unwrap();
        let agent = who(&desk, "ana@desk.example").await;
        assert!(change_role(&desk, &agent, ana, Role::Owner).await.is_err(), "nobody takes a right back");
    })
    .await;
}

#[tokio::test]
async fn two_owners_who_send_each_other_away_at_once_leave_one() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ana = with_password(&desk, "Ana", Role::Owner).await;
        let bo = with_password(&desk, "Bo", Role::Owner).await;
        let away = |agent: &Actor| Account::SendAway(SendAway { agent: agent.agent_id().unwrap() });
        let (a, b) = tokio::join!(desk.account(&ana, away(&bo)), desk.account(&bo, away(&ana)));
        assert!(a.is_ok() || b.is_ok());
        assert!(!desk.needs_set_up().await.unwrap(), "somebody still owns it: {a:?} {b:?}");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_is_out_at_once_and_their_tickets_go_back_to_their_teams() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let bo = with_password(&desk, "Bo", Role::Agent).await;
        let agent = bo.agent_id().unwrap();
        let raw =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
        let opened = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        desk.handle(&owner, Command::Assign(Assign { ticket: opened, agent: Some(agent) })).await.unwrap();
        let session = signed_in(&desk, "bo@desk.example", PASSWORD, from("192.0.2.7")).await;

        let oneself = desk.account(&owner, Account::SendAway(SendAway { agent: owner.agent_id().unwrap() })).await;
        assert_eq!(oneself.unwrap_err().code, "oneself");
        let done = desk.account(&owner, Account::SendAway(SendAway { agent })).await.unwrap();
        assert!(matches!(done, Done::HandedBack(1)), "{done:?}");
        assert!(!is_in(&desk, &session.session).await);
        assert!(matches!(
            desk.sign_in("bo@desk.example", PASSWORD, from("192.0.2.9")).await.unwrap(),
            Entered::Refused
        ));
        assert_eq!(ticket(&desk, opened).await.assignee, None);
        let mut conn = desk.read().await.unwrap();
        let told = notifications::of_ticket(&mut conn, Scope::of(&owner).unwrap(), opened, 20).await.unwrap();
        assert!(told.iter().any(|notice| notice.text.contains("Bo, who works here no longer")), "{told:?}");
        drop(conn);
        let assign = Command::Assign(Assign { ticket: opened, agent: Some(agent) });
        assert!(desk.handle(&owner, assign).await.is_err(), "nobody gives a ticket to who left");

        // Whoever comes back is invited anew, and the old password is none.
        let (name, teams) = ("Bo".to_owned(), vec!["support".to_owned()]);
        let back = NewAgent { name, address: "bo@desk.example".to_owned(), role: Role::Collaborator, teams };
        let invite = Invite { agent: back, language: "en".to_owned() };
        desk.account(&owner, Account::Invite(invite)).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let account = accounts::require(&mut desk.read().await.unwrap(), agent).await.unwrap();
        assert_eq!((account.agent.role, account.password), (Role::Collaborator, None));
    })
    .await;
}

#[tokio::test]
async fn leads_invite_who_works_on_tickets_and_owners_everybody() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let lead = with_password(&desk, "Bo", Role::Lead).await;
        let agent = who(&desk, "cy@desk.example").await;
        let invite = async |by: &Actor, role: Role, teams: &[&str]| {
            let address = format!("{}.{}@acme.example", role.as_str(), by.name().to_lowercase());
            let teams = teams.iter().map(|team| (*team).to_owned()).collect();
            let agent = NewAgent { name: "Nina".to_owned(), address, role, teams };
            desk.account(by, Account::Invite(Invite { agent, language: "en".to_owned() })).await
        };
        for (by, role, may) in [
            (&owner, Role::Owner, true),
            (&owner, Role::Agent, true),
            (&lead, Role::Owner, false),
            (&lead, Role::Lead, false),
            (&lead, Role::Agent, true),
            (&lead, Role::Collaborator, true),
            (&agent, Role::Collaborator, false),
        ] {
            assert_eq!(invite(by, role, &["support"]).await.is_ok(), may, "{by:?} {role:?}");
        }
        assert_eq!(invite(&owner, Role::Lead, &["no-such-team"]).await.unwrap_err().fields[0].code, "no-such-team");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn teams_are_those_of_the_handbook_and_a_collaborator_is_given_no_tickets() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let lead = with_password(&desk, "Bo", Role::Lead).await;
        let ana = id(&desk, "Ana").await;
        let set = |teams: &[&str]| {
            let teams = teams.iter().map(|team| (*team).to_owned()).collect();
            Account::SetTeams(SetTeams { agent: ana, teams })
        };
        desk.account(&lead, set(&["customer-solutions"])).await.unwrap();
        assert!(desk.account(&lead, set(&["nowhere"])).await.is_err());
        let teams = agents::teams_of(&mut desk.read().await.unwrap(), ana).await.unwrap();
        assert_eq!(teams, ["customer-solutions"]);

        change_role(&desk, &Actor::Desk, ana, Role::Collaborator).await.unwrap();
        desk.account(&lead, set(&["support"])).await.unwrap();
        let raw =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
        let opened = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        let assign = Command::Assign(Assign { ticket: opened, agent: Some(ana) });
        assert!(desk.handle(&lead, assign).await.is_err());
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(ticket(&desk, opened).await.assignee, None);
    })
    .await;
}

#[tokio::test]
async fn somebody_keeps_their_own_account_and_nobody_elses() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ana = with_password(&desk, "Ana", Role::Agent).await;
        let bo = with_password(&desk, "Bo", Role::Owner).await;
        let here = signed_in(&desk, "ana@desk.example", PASSWORD, from("192.0.2.7")).await;
        let there = signed_in(&desk, "ana@desk.example", PASSWORD, from("192.0.2.8")).await;
        let (session, _) = desk.session(&here.session.0).await.unwrap().unwrap();
        let end = Account::EndSession(EndSession { session: session.id });
        assert!(desk.account(&bo, end).await.is_err(), "not even an owner ends it here");
        let others = Account::EndOtherSessions(EndOtherSessions { kept: session.id });
        desk.account(&ana, others).await.unwrap();
        assert!(is_in(&desk, &here.session).await && !is_in(&desk, &there.session).await);
        desk.account(&ana, Account::EndSession(EndSession { session: session.id })).await.unwrap();
        assert!(!is_in(&desk, &here.session).await);
        assert!(!desk.is_signed_in(session.id).await.unwrap());

        let zone = |zone: &str| Profile {
            name: "Ana Prado".to_owned(),
            language: Some("pt".to_owned()),
            time_zone: Some(zone.to_owned()),
            undo_seconds: Some(30),
        };
        let keep = |profile| Account::KeepProfile(KeepProfile(profile));
        assert_eq!(desk.account(&ana, keep(zone("Mars/Olympus"))).await.unwrap_err().fields[0].field, "time_zone");
        desk.account(&ana, keep(zone("Asia/Tokyo"))).await.unwrap();
        let account = accounts::require(&mut desk.read().await.unwrap(), ana.agent_id().unwrap()).await.unwrap();
        assert_eq!((account.agent.name.as_str(), account.time_zone.as_deref()), ("Ana Prado", Some("Asia/Tokyo")));
        let program = Actor::Program { name: "importer".to_owned(), role: Role::Owner };
        assert!(desk.account(&program, keep(zone("Asia/Tokyo"))).await.is_err(), "a program has no account");
    })
    .await;
}
