//! Who may connect a mailbox, and what becomes of its secrets.

use desk::error::Kind;
use desk::handle::{Command, KeepMailbox, Note, PauseMailbox, RemoveMailbox};
use desk::mailboxes::connected::{Entry, keys};
use desk::sealed::{Seals, Secret};

use crate::open::{agent, on_each_database};
use crate::{connected, fields, found, keep, note, on_each_desk, wrong};

#[tokio::test]
async fn secrets_are_sealed_and_go_to_no_other_server_than_they_were_entered_for() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let opened = async |id| keys::open(&desk.ground.settings.seals, &found(&desk, id).await).unwrap();
        let password = |opened: &keys::Opened| match &opened.incoming.as_ref().unwrap().1 {
            keys::Login::Password { password, .. } => password.reveal().to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(password(&opened(help).await), "hunter2");
        let shown =
            format!("{:?} {:?} {:?}", found(&desk, help).await, found(&desk, help).await.fields(), opened(help).await);
        assert!(!shown.contains("hunter2"), "{shown}");
        // As a form sends it: without the password.
        let mut unchanged = fields("help", &[("incoming.folder", "Desk")]);
        unchanged.remove("incoming.password");
        keep(&desk, Some(help), &unchanged).await.unwrap();
        assert_eq!(password(&opened(help).await), "hunter2");
        for moved in [("incoming.host", "evil.example"), ("incoming.user", "other"), ("outgoing.host", "evil.example")]
        {
            let mut elsewhere = unchanged.clone();
            elsewhere.insert(moved.0.to_owned(), moved.1.to_owned());
            let error = keep(&desk, Some(help), &elsewhere).await.unwrap_err();
            assert_eq!(wrong(&error), [("incoming.password", "again")], "{moved:?}");
            let seals = (&desk.ground.settings.seals, &desk.ground.chance);
            let entry = Entry::read(&elsewhere).unwrap();
            let trying = keys::of_entry(&mut desk.read().await.unwrap(), seals, &entry, Some(help)).await;
            assert_eq!(wrong(&trying.unwrap_err()), [("incoming.password", "again")], "nor by a trial");
        }
    })
    .await;
}

#[tokio::test]
async fn a_grant_is_kept_replaced_and_asked_for_again_where_it_would_go_elsewhere() {
    on_each_desk(async |desk| {
        let grant = [
            ("sign_in", "grant"),
            ("grant.endpoint", "https://login.acme.example/token"),
            ("grant.client_id", "desk"),
            ("grant.refresh_token", "first"),
        ];
        let help = connected(&desk, "help", &grant).await;
        let token = async || match keys::open(&desk.ground.settings.seals, &found(&desk, help).await).unwrap().outgoing
        {
            Some((_, Some(keys::Login::Grant { grant, .. }))) => grant.refresh_token.reveal().to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(token().await, "first");
        note(&desk, help, Note::Granted(Secret::new("second"))).await;
        assert_eq!(token().await, "second");
        let mut same = fields("help", &grant[..3]);
        keep(&desk, Some(help), &same).await.unwrap();
        assert_eq!(token().await, "second");
        same.insert("incoming.host".to_owned(), "evil.example".to_owned());
        let error = keep(&desk, Some(help), &same).await.unwrap_err();
        assert_eq!(wrong(&error), [("grant.refresh_token", "again")]);
    })
    .await;
}

#[tokio::test]
async fn only_owners_connect_mailboxes_and_no_two_have_one_name_or_address() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let taken = keep(&desk, None, &fields("help", &[])).await.unwrap_err();
        assert_eq!(wrong(&taken), [("name", "taken"), ("address", "taken")]);
        let entry = Entry::read(&fields("other", &[])).unwrap();
        let ana = agent(&desk, "Ana").await;
        for command in [
            Command::KeepMailbox(Box::new(KeepMailbox::of(None, entry))),
            Command::PauseMailbox(PauseMailbox { id: help, paused: true }),
            Command::RemoveMailbox(RemoveMailbox { id: help }),
        ] {
            assert_eq!(desk.handle(&ana, command).await.unwrap_err().kind, Kind::Forbidden);
        }
        assert_eq!(connected::all(&mut desk.read().await.unwrap(), &ana).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_desk_knows_its_master_key_and_goes_on_with_another_only_when_told_to() {
    on_each_database(async |desk| {
        let (one, other) = (Seals::read(&"1".repeat(64)).unwrap(), Seals::read(&"2".repeat(64)).unwrap());
        let unsealed = keep(&desk, None, &fields("help", &[])).await.unwrap_err();
        assert_eq!(unsealed.code, "no-master-key");
        let desk = desk.sealing(one.clone(), false).await.unwrap();
        connected(&desk, "help", &[]).await;
        let refused = desk.clone().sealing(other.clone(), false).await.err().unwrap();
        assert_eq!((refused.code, refused.kind), ("wrong-master-key", Kind::Conflict));
        let rotated = Seals::read(&format!("{}\n{}\n", "2".repeat(64), "1".repeat(64))).unwrap();
        let desk = desk.sealing(rotated, false).await.unwrap();
        let mailbox = connected::find_by_name(&mut desk.read().await.unwrap(), "help").await.unwrap().unwrap();
        assert!(keys::open(&desk.ground.settings.seals, &mailbox).is_ok(), "under the former key");
        assert_eq!(desk.clone().sealing(one.clone(), false).await.err().unwrap().code, "wrong-master-key");
        let forgetful = desk.sealing(Seals::read(&"3".repeat(64)).unwrap(), true).await.unwrap();
        let lost = keys::open(&forgetful.ground.settings.seals, &mailbox).unwrap_err();
        assert_eq!(lost.code, "cannot-unseal");
    })
    .await;
}
