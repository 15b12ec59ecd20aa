//! Which ticket a mail belongs to, and what kinds of mail move nothing.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::Outcome;
use desk::mailboxes::Outcome as Became;
use desk::messages::{self, Kind};
use desk::rights::Scope;
use open::{Courier, agent, all_tickets, child, mail_in, on_each_database, submitted, ticket};

fn became(outcome: &Outcome) -> Became {
    match outcome {
        Outcome::Mail { outcome, .. } => *outcome,
        other => panic!("{other:?} is no mail's outcome"),
    }
}

/// A mail from `from` that says it answers `mail_id`.
fn answer(from: &str, to: &str, mail_id: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: Re: it\nMessage-ID: <{from}.{}>\nIn-Reply-To: <{mail_id}>\n\n{text}\n",
        text.len()
    )
}

#[tokio::test]
async fn an_answer_of_the_requester_joins_by_its_reference_alone() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last();
        let plain_id = sent.message_id.unwrap();
        let outcome = mail_in(&desk, &answer("Maria@Acme.example", "help@desk.example", &plain_id, "One more thing"))
            .await
            .unwrap();
        assert_eq!((became(&outcome), outcome.ticket()), (Became::Appended, Some(opened.id)));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stranger_who_knows_a_message_id_of_the_client_does_not_get_in() {
    on_each_database(async |desk| {
        let first = mail_in(
            &desk,
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m1@acme.example>\n\nHi\n",
        )
        .await
        .unwrap();
        assert_eq!(became(&first), Became::Opened);
        let outcome =
            mail_in(&desk, &answer("eve@elsewhere.example", "help@desk.example", "m1@acme.example", "Me too"))
                .await
                .unwrap();
        assert_eq!(became(&outcome), Became::Opened);
        assert_ne!(outcome.ticket(), first.ticket());
        let again = mail_in(&desk, &answer("maria@acme.example", "help@desk.example", "m1@acme.example", "And this"))
            .await
            .unwrap();
        assert_eq!(
            (became(&again), again.ticket()),
            (Became::Appended, first.ticket()),
            "she takes part, so her reference counts"
        );
    })
    .await;
}

#[tokio::test]
async fn a_colleague_with_the_signed_address_joins_and_moves_nothing_and_a_forged_one_does_not_join() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let signed = courier.last().answer_to().unwrap().address.clone();
        assert!(signed.starts_with("help+t."), "{signed}");
        let raw = format!(
            "From: boss@acme.example\nTo: {signed}\nSubject: Re\nMessage-ID: <b1@acme.example>\n\nLooks good\n"
        );
        let outcome = mail_in(&desk, &raw).await.unwrap();
        assert_eq!((became(&outcome), outcome.ticket()), (Became::Appended, Some(opened.id)));
        assert_eq!(ticket(&desk, opened.id).await.state, opened.state);
        let carried_over = child(&desk, opened.id, "config").await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let notes = messages::of_ticket(&mut desk.read().await.unwrap(), scope, carried_over.id, 50).await.unwrap();
        assert!(
            notes.iter().all(|note| !note.text.contains("Looks good")),
            "only the requester's words are carried over"
        );

        let mut forged = signed.clone();
        let letter = forged.find("+t.").unwrap() + 10;
        let other = if &forged[letter..=letter] == "a" { "b" } else { "a" };
        forged.replace_range(letter..=letter, other);
        let raw = format!(
            "From: eve@elsewhere.example\nTo: {forged}\nSubject: Re\nMessage-ID: <e1@elsewhere.example>\n\nLet me in\n"
        );
        let outcome = mail_in(&desk, &raw).await.unwrap();
        assert_eq!(became(&outcome), Became::Opened);
        assert_ne!(outcome.ticket(), Some(opened.id));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_out_of_office_is_filed_on_the_ticket_and_moves_nothing() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let published = {
            let bo = agent(&desk, "Bo").await;
            let config = child(&desk, opened.id, "config").await;
            let actor = if config.assignee == bo.agent_id() { bo } else { agent(&desk, "Cy").await };
            for name in ["configured", "published"] {
                let choice = desk::handle::Choose {
                    ticket: config.id,
                    choice: name.to_owned(),
                    note: None,
                    inputs: Default::default(),
                    fields: Default::default(),
                    key: None,
                };
                desk.handle(&actor, desk::handle::Command::Choose(choice)).await.unwrap();
            }
            desk.settle(&courier).await.unwrap();
            ticket(&desk, opened.id).await
        };
        assert_eq!(published.state, "published");
        let sent = courier.last().message_id.unwrap();
        let raw = format!(
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Out of office: Re\nAuto-Submitted: auto-replied\nMessage-ID: <o1@acme.example>\nIn-Reply-To: <{sent}>\n\nI am away\n"
        );
        let outcome = mail_in(&desk, &raw).await.unwrap();
        assert_eq!((became(&outcome), outcome.ticket()), (Became::Filed, Some(opened.id)));
        assert_eq!(ticket(&desk, opened.id).await.state, "published", "a program's answer is nobody's answer");
    })
    .await;
}

#[tokio::test]
async fn a_bounce_is_shown_on_the_message_that_bounced() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last().message_id.unwrap();
        let raw = format!(
            "From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; maria@acme.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{sent}>\nTo: maria@acme.example\n\n--b--\n"
        );
        let outcome = mail_in(&desk, &raw).await.unwrap();
        assert_eq!((became(&outcome), outcome.ticket()), (Became::Filed, Some(opened.id)));
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let thread = messages::of_ticket(&mut desk.read().await.unwrap(), scope, opened.id, 50).await.unwrap();
        let reply = thread.iter().find(|message| message.kind == Kind::Automatic).unwrap();
        assert_eq!(reply.delivery.as_deref(), Some("bounced"));
    })
    .await;
}

#[tokio::test]
async fn what_no_person_wrote_and_what_has_no_sender_is_kept_whole_and_opens_nothing() {
    on_each_database(async |desk| {
        let list = "From: news@list.example\nList-Id: <news.list.example>\nPrecedence: bulk\nSubject: News\n\nNews\n";
        assert_eq!(became(&mail_in(&desk, list).await.unwrap()), Became::Filed);
        assert_eq!(became(&mail_in(&desk, "Subject: who am I\n\nno sender\n").await.unwrap()), Became::SetAside);
        let own = "From: help@desk.example\nSubject: an echo\nMessage-ID: <x@y.example>\n\nhello\n";
        assert_eq!(became(&mail_in(&desk, own).await.unwrap()), Became::SetAside);
        assert!(all_tickets(&desk).await.is_empty());
        let ana = agent(&desk, "Ana").await;
        let kept = desk::mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap();
        assert_eq!(kept.items.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_same_bytes_are_one_mail_and_a_mail_without_an_id_is_still_a_mail() {
    on_each_database(async |desk| {
        let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nDate: Tue, 17 Nov 2026 09:00:00 +0000\n\nHi\n";
        let first = mail_in(&desk, raw).await.unwrap();
        let again = mail_in(&desk, raw).await.unwrap();
        assert_eq!(first.ticket(), again.ticket());
        assert_eq!(all_tickets(&desk).await.len(), 1);
        let other = mail_in(&desk, &raw.replace("09:00:00", "09:00:01")).await.unwrap();
        assert_ne!(other.ticket(), first.ticket(), "alike is not the same");
    })
    .await;
}

#[tokio::test]
async fn customer_solutions_write_on_the_openers_thread_and_are_answered_there() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let config = child(&desk, opened.id, "config").await;
        let bo = agent(&desk, "Bo").await;
        let reply = desk::handle::Reply {
            ticket: config.id,
            body: "Which **logo**?".to_owned(),
            kind: desk::handle::ReplyKind::Reply,
            files: Vec::new(),
            seen: None,
            key: None,
        };
        desk.handle(&bo, desk::handle::Command::Reply(reply)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let asked = courier.last();
        assert_eq!(asked.to[0].address, "maria@acme.example");
        assert!(asked.text.as_deref().unwrap().contains("Which logo?"), "{:?}", asked.text);
        let back = format!(
            "From: maria@acme.example\nTo: {}\nSubject: Re\nMessage-ID: <a@acme.example>\nIn-Reply-To: <{}>\n\nThe blue one\n",
            asked.answer_to().unwrap().address,
            asked.message_id.as_deref().unwrap()
        );
        let outcome = mail_in(&desk, &back).await.unwrap();
        assert_eq!(outcome.ticket(), Some(opened.id));
        desk.settle(&courier).await.unwrap();
        let scope = Scope::of(&bo).unwrap();
        let seen = messages::of_ticket(&mut desk.read().await.unwrap(), scope, config.id, 50).await.unwrap();
        let words: Vec<&str> = seen.iter().map(|message| message.text.as_str()).collect();
        assert!(words.contains(&"Which **logo**?"), "what they wrote themselves is on their page too: {words:?}");
        assert!(words.iter().any(|text| text.contains("The blue one")), "her answer is carried over: {words:?}");
    })
    .await;
}
