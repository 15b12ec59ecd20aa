//! People in copy, on both databases: who reads along with the client hears what the desk says, and moves nothing.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::error::Kind;
use desk::handle::work::{Copy, Merge, Unmerge, Work};
use desk::handle::{Command, Outcome, Reply, ReplyKind};
use desk::messages::{self, bounces};
use desk::outbox::Refusal;
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::participants::{self, COPIES_MAX};
use desk::{Actor, Desk, Result, Role, contacts};
use mail::Address;
use open::{Courier, agent, known, mail_in, on_each_database, on_each_database_with, ticket, without_stories};
use store::Id;

/// A mail of Maria's to the desk with these other recipients.
async fn asked(desk: &Desk, to: &str, cc: &str) -> Id {
    let raw = format!(
        "From: Maria <maria@acme.example>\nTo: {to}\nCc: {cc}\nSubject: Invoice\nMessage-ID: <first@acme.example>\n\nWhere is it?\n"
    );
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

/// An answer to what was said on the ticket, by reference alone.
async fn answered(desk: &Desk, from: &str, to: &str, rest: &str) -> Outcome {
    let raw = format!(
        "From: {from}\nTo: help@desk.example\n{rest}Subject: Re: Invoice\nMessage-ID: <{to}.{from}>\nIn-Reply-To: <{to}>\n\nFrom {from}\n"
    );
    mail_in(desk, &raw).await.unwrap()
}

async fn replies(desk: &Desk, ticket: Id) -> Id {
    let body = "It is on its way.".to_owned();
    let reply = Reply { ticket, body, kind: ReplyKind::Reply, files: Vec::new(), seen: None, key: None };
    match desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap() {
        Outcome::Message { message, .. } => message,
        other => panic!("{other:?} is no message"),
    }
}

async fn copy(desk: &Desk, ticket: Id, address: &str, in_copy: bool) -> Result<Outcome> {
    let copy = Copy { ticket, who: Address::bare(address), in_copy };
    desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Copy(copy))).await
}

async fn in_copy(desk: &Desk, ticket: Id) -> Vec<String> {
    let copies = participants::in_copy(&mut desk.read().await.unwrap(), ticket).await.unwrap();
    copies.iter().map(ToString::to_string).collect()
}

/// Whom the mails went to that were carried since the last look.
fn readers(courier: &Courier) -> Vec<String> {
    let carried: Vec<_> = courier.carried.lock().unwrap().drain(..).collect();
    let mut readers: Vec<String> = carried.into_iter().flat_map(|parcel| parcel.mail.recipients).collect();
    readers.sort();
    readers
}

#[tokio::test]
async fn whom_a_client_copies_reads_the_answers_and_what_they_say_joins_the_ticket() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let to = "help@desk.example, Otto Lima <otto@acme.example>";
        let id = asked(&desk, to, "Rita@acme.example, Maria <maria@acme.example>, help@desk.example").await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(in_copy(&desk, id).await, ["Otto Lima <otto@acme.example>", "rita@acme.example"]);

        // Before any agent wrote: the reference to the client's own mail, and a place among its readers.
        let joined = answered(&desk, "otto@acme.example", "first@acme.example", "").await;
        assert_eq!(joined.ticket(), Some(id));
        assert_ne!(answered(&desk, "eve@elsewhere.example", "first@acme.example", "").await.ticket(), Some(id));
        desk.settle(&courier).await.unwrap();
        readers(&courier);

        let said = replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        let mail = courier.last();
        assert_eq!(mail.to[0].address, "maria@acme.example");
        let cc: Vec<String> = mail.cc.iter().map(ToString::to_string).collect();
        assert_eq!(cc, ["Otto Lima <otto@acme.example>", "rita@acme.example"]);
        assert_eq!(readers(&courier), ["maria@acme.example", "otto@acme.example", "rita@acme.example"]);
        let message = messages::find(&mut desk.read().await.unwrap(), said).await.unwrap().unwrap();
        assert_eq!((message.copies.len(), message.delivery.as_deref()), (2, Some("sent")));

        // Their answer moves nothing, whom they name besides is answered too, and a stranger names nobody.
        let stands = ticket(&desk, id).await;
        let more = answered(&desk, "rita@acme.example", &mail.message_id.unwrap(), "Cc: sol@acme.example\n").await;
        assert_eq!(more.ticket(), Some(id));
        assert_eq!(ticket(&desk, id).await.state, stands.state);
        let token = mail.reply_to[0].address.clone();
        let forwarded = format!("From: eve@elsewhere.example\nTo: {token}\nCc: mallory@elsewhere.example\nSubject: x\nMessage-ID: <x>\n\nHa\n");
        assert_eq!(mail_in(&desk, &forwarded).await.unwrap().ticket(), Some(id));
        assert_eq!(in_copy(&desk, id).await.len(), 3);
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_procedure_says_by_itself_goes_to_the_client_alone() {
    let mut files = without_stories();
    files.insert(
        "playbooks/general-request.yaml".to_owned(),
        "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: work\nstates:\n\
         \x20 work:\n    entry: [ reply: closing-for-now ]\n    choices: { stop: { label: Stop, target: over } }\n\
         \x20 over: { type: final }\n",
    );
    on_each_database_with(Some(files), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, "help@desk.example", "otto@acme.example").await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(in_copy(&desk, id).await, ["otto@acme.example"]);
        assert_eq!(readers(&courier), ["maria@acme.example"]);
    })
    .await;
}

#[tokio::test]
async fn agents_say_who_is_in_copy_and_the_ticket_keeps_it() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, "help@desk.example", "otto@acme.example").await;
        desk.settle(&courier).await.unwrap();
        copy(&desk, id, "RITA@acme.example", true).await.unwrap();
        let version = ticket(&desk, id).await.version;
        copy(&desk, id, "rita@acme.example", true).await.unwrap();
        copy(&desk, id, "maria@acme.example", true).await.unwrap();
        assert_eq!(
            ticket(&desk, id).await.version,
            version,
            "to whom it is so already, and to who asked, it is no change"
        );
        assert_eq!(in_copy(&desk, id).await, ["otto@acme.example", "rita@acme.example"]);
        copy(&desk, id, "otto@acme.example", false).await.unwrap();
        readers(&courier);
        replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(readers(&courier), ["maria@acme.example", "rita@acme.example"]);

        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let past = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 100).await.unwrap();
        let told: Vec<_> = past
            .iter()
            .map(|line| line.event.as_str())
            .filter(|event| ["copied", "left-out"].contains(event))
            .collect();
        assert_eq!(told, ["copied", "left-out"]);

        // Whoever was taken out still takes part, and the client may bring them back.
        assert_eq!(answered(&desk, "otto@acme.example", "first@acme.example", "").await.ticket(), Some(id));
        assert_eq!(in_copy(&desk, id).await, ["rita@acme.example"]);
        answered(&desk, "maria@acme.example", "first@acme.example", "Cc: otto@acme.example\n").await;
        assert_eq!(in_copy(&desk, id).await, ["otto@acme.example", "rita@acme.example"]);

        for wrong in ["otto", "a b@acme.example", "x@y@z", ""] {
            assert_eq!(copy(&desk, id, wrong, true).await.unwrap_err().kind, Kind::Invalid, "{wrong}");
        }
        for number in 2..COPIES_MAX {
            copy(&desk, id, &format!("{number}@acme.example"), true).await.unwrap();
        }
        assert_eq!(copy(&desk, id, "one.more@acme.example", true).await.unwrap_err().code, "copies");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_circular_brings_nobody_and_an_alias_of_the_desk_is_not_written_to() {
    on_each_database(async |desk| {
        let many: Vec<String> = (0..=COPIES_MAX).map(|number| format!("{number}@acme.example")).collect();
        let id = asked(&desk, "help@desk.example", &many.join(", ")).await;
        assert!(in_copy(&desk, id).await.is_empty());
        let raw = "From: maria@acme.example\nTo: info@desk.example\nCc: otto@acme.example\nSubject: x\nMessage-ID: <alias>\n\nx\n";
        let by_alias = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        assert_eq!(in_copy(&desk, by_alias).await, ["otto@acme.example"], "the alias that it came by is among its readers");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_cannot_be_reached_in_copy_keeps_it_from_nobody_else() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, "help@desk.example", "gone@acme.example").await;
        desk.settle(&courier).await.unwrap();
        let refused = Courier::default();
        *refused.refusal_to.lock().unwrap() =
            Some(("gone@acme.example".to_owned(), Refusal::Never("550 5.1.1 nobody here".to_owned())));
        let said = replies(&desk, id).await;
        desk.settle(&refused).await.unwrap();
        assert_eq!(readers(&refused), ["maria@acme.example"]);
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let message = messages::find(&mut conn, said).await.unwrap().unwrap();
        assert_eq!(message.delivery.as_deref(), Some("sent"), "the client got it");
        let returned = bounces::of_ticket(&mut conn, scope, id).await.unwrap();
        assert_eq!(returned[0].recipient.as_deref(), Some("gone@acme.example"));
        drop(conn);

        // The same said by a report later: shown on the message, which its client still got.
        copy(&desk, id, "late@acme.example", true).await.unwrap();
        let said = replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        let sent = courier.last().message_id.unwrap();
        let report = format!(
            "From: MAILER-DAEMON@acme.example\nTo: help@desk.example\nSubject: Undelivered\nMessage-ID: <dsn>\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nNo.\n--b\n\
             Content-Type: message/delivery-status\n\nReporting-MTA: dns; acme.example\n\nFinal-Recipient: rfc822; late@acme.example\n\
             Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{sent}>\nSubject: x\n\n--b--\n"
        );
        mail_in(&desk, &report).await.unwrap();
        let mut conn = desk.read().await.unwrap();
        let returned = bounces::of_ticket(&mut conn, scope, id).await.unwrap();
        let last = returned.last().unwrap();
        assert_eq!((last.recipient.as_deref(), last.proved, last.message), (Some("late@acme.example"), true, said));
        assert_eq!(messages::find(&mut conn, said).await.unwrap().unwrap().delivery.as_deref(), Some("sent"));
        drop(conn);
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_several_people_read_proves_nobodys_word() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, "help@desk.example", "").await;
        replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        let alone = courier.last();
        copy(&desk, id, "otto@acme.example", true).await.unwrap();
        replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        let copied = courier.last();
        assert!(
            !copied.references.contains(alone.message_id.as_ref().unwrap()),
            "the client's own token stays with the client"
        );
        let key = &desk.ground.settings.reply_key;
        let whose = |mail: &mail::Incoming| {
            let local = mail.reply_to[0].local_part().to_owned();
            mail::ReplyToken::verify(key, local.split_once("+t.").unwrap().1).unwrap().contact
        };
        let maria = ticket(&desk, id).await.requester;
        assert_eq!((whose(&alone), whose(&copied)), (maria.0, 0));
    })
    .await;
}

#[tokio::test]
async fn who_is_in_copy_of_a_merged_ticket_is_in_copy_of_the_other_until_they_are_apart() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let id = asked(&desk, "help@desk.example", "rita@acme.example").await;
        let raw = "From: Otto <otto@acme.example>\nTo: help@desk.example\nCc: sol@acme.example, maria@acme.example\nSubject: Same\nMessage-ID: <same>\n\nx\n";
        let part = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        let ana = agent(&desk, "Ana").await;
        let merge = Merge { ticket: part, into: id, why: None, key: None };
        desk.handle(&ana, Command::Work(Work::Merge(merge))).await.unwrap();
        assert_eq!(in_copy(&desk, id).await, ["rita@acme.example", "sol@acme.example", "Otto <otto@acme.example>"]);
        copy(&desk, id, "sol@acme.example", false).await.unwrap();
        desk.settle(&courier).await.unwrap();
        readers(&courier);
        replies(&desk, id).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(readers(&courier), ["maria@acme.example", "otto@acme.example", "rita@acme.example"]);
        desk.handle(&ana, Command::Work(Work::Unmerge(Unmerge { ticket: part, key: None }))).await.unwrap();
        assert_eq!(in_copy(&desk, id).await, ["rita@acme.example"]);
        assert_eq!(in_copy(&desk, part).await, ["maria@acme.example", "sol@acme.example"]);
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_is_in_copy_of_nothing_and_nothing_leaves_for_them() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        known(&desk, "otto@acme.example", &[]).await;
        let id = asked(&desk, "help@desk.example", "Otto <otto@acme.example>, rita@acme.example").await;
        desk.settle(&courier).await.unwrap();
        readers(&courier);
        let said = replies(&desk, id).await;
        let mut conn = desk.read().await.unwrap();
        let otto = contacts::find_by_address(&mut conn, "otto@acme.example").await.unwrap().unwrap();
        drop(conn);
        let olga = Actor::Agent { id: Id(1), name: "Olga".to_owned(), role: Role::Owner };
        desk.erase_contact(&olga, otto.id).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(readers(&courier), ["maria@acme.example", "rita@acme.example"]);
        assert_eq!(in_copy(&desk, id).await, ["rita@acme.example"]);
        let message = messages::find(&mut desk.read().await.unwrap(), said).await.unwrap().unwrap();
        assert_eq!(message.copies, [Address::bare("rita@acme.example")]);
    })
    .await;
}
