//! A party is asked and heard: whoever may confirm does so from a verified address and in answer to what went to them; nobody else.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::Command;
use desk::{Desk, contacts, notifications, rights::Scope};
use open::{Courier, agent, known, mail_in, on_each_database_with, ticket, without_stories};
use playbook::Files;
use store::Id;

const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Access\nteam: support\nopens: [ mail, api ]\n\
parties: { confirmer: { of: organization, may: confirm-access } }\n\
checklists:\n\x20 grant:\n    title: Grant\n    items: [ { id: confirmed, label: Confirmed in writing, evidence: [ message ], from: confirmer } ]\n\
initial: asking\nstates:\n\
\x20 asking:\n    waiting_on: confirmer\n    entry: [ { reply: { name: confirm, to: confirmer } }, { reply: heard } ]\n\
\x20   on: { confirmer.replied: { target: granting, actions: [ { note: 'Confirmed by {{ event.by.name }}' } ] }, requester.replied: { actions: [ { note: more } ] }, requester.bounced: { actions: [ { note: bounced } ] } }\n\
\x20   after: { 5 days: closed }\n\
\x20 granting: { choices: { grant: { label: Grant, needs: [ grant ], target: closed } } }\n  closed: { type: final }\n";

fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", GENERAL);
    for name in ["confirm", "heard"] {
        files.insert(format!("replies/{name}.md"), "Hello\n");
        files.insert(format!("replies/{name}.pt.md"), "Bom dia\n");
    }
    files
}

/// Maria asks; Olga may confirm, Pia is a colleague who may not.
async fn asked(desk: &Desk, courier: &Courier) -> Id {
    known(desk, "olga@acme.example", &["confirm-access"]).await;
    known(desk, "pia@acme.example", &["pay"]).await;
    let raw =
        "From: maria@acme.example\nTo: help@desk.example\nSubject: Access\nMessage-ID: <a@acme.example>\n\nPlease\n";
    let id = mail_in(desk, raw).await.unwrap().ticket().unwrap();
    desk.settle(courier).await.unwrap();
    assert_eq!(
        (ticket(desk, id).await.waiting_on.as_str(), ticket(desk, id).await.state.as_str()),
        ("confirmer", "asking")
    );
    id
}

fn mail_to(courier: &Courier, address: &str) -> mail::Incoming {
    let mails = courier.mails();
    mails.into_iter().rfind(|mail| mail.to.iter().any(|to| to.address == address)).unwrap()
}

/// A mail from `from` that answers `sent`, at the address that it asks for where `signed`.
async fn answers(desk: &Desk, from: &str, sent: &mail::Incoming, signed: bool, headers: &str) {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let to = if signed { sent.answer_to().unwrap().address.clone() } else { "help@desk.example".to_owned() };
    let id = sent.message_id.clone().unwrap();
    let raw = format!(
        "From: {from}\nTo: {to}\nSubject: Re\nMessage-ID: <n{number}@x.example>\nIn-Reply-To: <{id}>\n{headers}\nYes\n"
    );
    mail_in(desk, &raw).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

#[tokio::test]
async fn each_of_the_party_is_asked_in_a_mail_of_their_own_and_one_who_may_confirms() {
    on_each_database_with(Some(handbook()), async |desk| {
        known(&desk, "otto@acme.example", &["confirm-access", "pay"]).await;
        let courier = Courier::default();
        let id = asked(&desk, &courier).await;
        // Mails to different people leave in no fixed order.
        let mut asked: Vec<String> = courier.mails().into_iter().map(|mail| mail.to[0].address.clone()).collect();
        asked.sort();
        assert_eq!(asked, ["maria@acme.example", "olga@acme.example", "otto@acme.example"]);
        let own = |address| mail_to(&courier, address).answer_to().unwrap().address.clone();
        assert_ne!(own("otto@acme.example"), own("olga@acme.example"));

        answers(&desk, "Olga <olga@acme.example>", &mail_to(&courier, "olga@acme.example"), true, "").await;
        assert_eq!(ticket(&desk, id).await.state, "granting");
    })
    .await;
}

#[tokio::test]
async fn strangers_colleagues_in_copy_programs_and_borrowed_proofs_confirm_nothing() {
    on_each_database_with(Some(handbook()), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, &courier).await;
        let (to_olga, to_maria) = (mail_to(&courier, "olga@acme.example"), mail_to(&courier, "maria@acme.example"));
        let away = "Auto-Submitted: auto-replied\n";
        for (from, sent, headers) in [
            ("eve@elsewhere.example", &to_olga, ""),
            ("pia@acme.example", &to_olga, ""),
            ("pia@acme.example", &to_maria, ""),
            ("maria@acme.example", &to_olga, ""),
            ("olga@acme.example", &to_maria, ""),
            ("olga@acme.example", &to_olga, away),
        ] {
            answers(&desk, from, sent, true, headers).await;
            assert_eq!(ticket(&desk, id).await.state, "asking", "{from} {headers}");
        }
        answers(&desk, "olga@acme.example", &to_olga, false, "").await;
        assert_eq!(ticket(&desk, id).await.state, "granting", "the reference to her own mail is a proof as well");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_not_verified_or_a_right_that_was_taken_away_confirms_nothing() {
    on_each_database_with(Some(handbook()), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, &courier).await;
        let to_olga = mail_to(&courier, "olga@acme.example");
        known(&desk, "olga@acme.example", &[]).await;
        answers(&desk, "olga@acme.example", &to_olga, true, "").await;
        assert_eq!(ticket(&desk, id).await.state, "asking");
        let mut conn = desk.read().await.unwrap();
        let acme = contacts::find_by_address(&mut conn, "olga@acme.example").await.unwrap().unwrap().organization;
        let of = async |conn: &mut store::Conn, address| {
            contacts::rights::verified(conn, acme.unwrap(), None, address).await.unwrap().is_some()
        };
        assert!(of(&mut conn, "pia@acme.example").await && !of(&mut conn, "eve@elsewhere.example").await);
        let everybody = contacts::rights::holders(&mut conn, acme.unwrap(), None, 10).await.unwrap();
        assert_eq!(everybody.len(), 3, "Maria, Olga and Pia are known and verified");
    })
    .await;
}

#[tokio::test]
async fn a_confirmation_is_evidence_and_what_others_wrote_is_not() {
    on_each_database_with(Some(handbook()), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, &courier).await;
        let to_olga = mail_to(&courier, "olga@acme.example");
        answers(&desk, "pia@acme.example", &to_olga, true, "").await;
        answers(&desk, "olga@acme.example", &to_olga, true, "").await;
        let ana = agent(&desk, "Ana").await;
        let said = desk::messages::of_ticket(&mut desk.read().await.unwrap(), Scope::of(&ana).unwrap(), id, 20).await;
        let said: Vec<_> = said.unwrap().into_iter().filter(|message| message.author.kind == "contact").collect();
        let [_maria, pia, olga] = &said[..] else { panic!("{said:?}") };
        let check = |message: &desk::messages::Message| {
            let evidence = playbook::Evidence { kind: playbook::EvidenceKind::Message, value: message.id.to_string() };
            let (checklist, item) = ("grant".to_owned(), "confirmed".to_owned());
            Command::CheckItem(desk::handle::CheckItem {
                ticket: id,
                checklist,
                item,
                evidence: Some(evidence),
                key: None,
            })
        };
        assert_eq!(desk.handle(&ana, check(pia)).await.unwrap_err().fields[0].code, "wrong-sender");
        desk.handle(&ana, check(olga)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn when_nobody_may_confirm_the_team_is_told_and_a_bounce_is_not_the_requesters() {
    on_each_database_with(Some(handbook()), async |desk| {
        let raw = "From: rui@elsewhere.example\nTo: help@desk.example\nSubject: Access\nMessage-ID: <r@x.example>\n\nPlease\n";
        let alone = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let told = async |id: Id| {
            let scope = Scope::of(&ana).unwrap();
            let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap();
            notices.into_iter().map(|notice| notice.text).collect::<Vec<_>>().join(" ")
        };
        assert!(told(alone).await.contains("nobody with a verified address is known as its confirmer"), "{}", told(alone).await);

        let id = asked(&desk, &courier).await;
        let sent = mail_to(&courier, "olga@acme.example").message_id.unwrap();
        let bounce = format!(
            "From: MAILER-DAEMON@acme.example\nTo: help@desk.example\nSubject: Undelivered\nMessage-ID: <b@acme.example>\n\
             MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nNo\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; acme.example\n\nFinal-Recipient: rfc822; olga@acme.example\n\
             Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nFrom: help@desk.example\nTo: olga@acme.example\nMessage-ID: <{sent}>\n\nHi\n--b--\n"
        );
        mail_in(&desk, &bounce).await.unwrap();
        assert!(told(id).await.contains("to olga@acme.example came back"), "{}", told(id).await);
        assert_eq!(ticket(&desk, id).await.state, "asking");
    })
    .await;
}

#[tokio::test]
async fn a_requester_who_may_confirm_speaks_for_the_party_while_the_ticket_waits_on_it() {
    on_each_database_with(Some(handbook()), async |desk| {
        known(&desk, "maria@acme.example", &["confirm-access"]).await;
        let courier = Courier::default();
        let id = asked(&desk, &courier).await;
        let to_maria = mail_to(&courier, "maria@acme.example");
        answers(&desk, "maria@acme.example", &to_maria, true, "").await;
        assert_eq!(ticket(&desk, id).await.state, "granting");
        answers(&desk, "maria@acme.example", &to_maria, true, "").await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = desk::runs::history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 20).await.unwrap();
        assert_eq!(told.last().unwrap().event, "requester.replied");
    })
    .await;
}
