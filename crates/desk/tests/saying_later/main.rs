//! Replies that wait for their time, on both databases: taken back while they can be, held when something came between, said once.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;

mod choosing;

use std::sync::Arc;

use desk::drafts::{self, Kind};
use desk::handle::account::{Account, KeepProfile};
use desk::handle::work::{ChangeSending, SendLater, SendingDue, When, WithdrawSending, Work};
use desk::handle::{AttachFile, Command, Outcome};
use desk::notifications::{What, own};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::sendings::{self, Sending};
use desk::{Actor, Desk, Result, accounts, attachments, messages, notifications, suggestions};
use futures::future::join_all;
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database, on_each_database_with, open_ticket, ticket, without_stories};
use playbook::Files;
use store::Id;

const SUGGESTING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: work\nstates:\n\
    \x20 work:\n    entry: [ { suggest: { reply: closing-for-now, send_in: 4h } } ]\n\
    \x20   on: { agent.replied: said, reply.closing-for-now: sent }\n  said: {}\n  sent: {}\n";

fn suggesting() -> Option<Files> {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml".to_owned(), SUGGESTING);
    Some(files)
}

async fn asked(desk: &Desk) -> Id {
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
    mail_in(desk, raw).await.unwrap().ticket().unwrap()
}

async fn answer(desk: &Desk, id: &str) {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nMessage-ID: <{id}>\nIn-Reply-To: <m@acme.example>\n\nWait!\n"
    );
    mail_in(desk, &raw).await.unwrap();
}

async fn later(desk: &Desk, who: &Actor, ticket: Id, at: When, files: Vec<Id>) -> Result<Id> {
    let key = Some(Key::new(drafts::RECEIPT, &format!("{ticket}{at:?}"), b"It is done.").unwrap());
    let (party, suggestion, body) = (None, None, "It is done.".to_owned());
    let command = SendLater { ticket, party, suggestion, body, files, seen: None, at, key };
    match desk.handle(who, Command::Work(Work::SendLater(command))).await? {
        Outcome::Sending(of, sending) => {
            assert_eq!(of, ticket);
            Ok(sending)
        }
        other => panic!("{other:?} does not wait"),
    }
}

async fn change(desk: &Desk, who: &Actor, ticket: Id, sending: Id, at: Option<jiff::Timestamp>) -> Result<Outcome> {
    desk.handle(who, Command::Work(Work::ChangeSending(ChangeSending { ticket, sending, at }))).await
}

async fn withdraw(desk: &Desk, who: &Actor, ticket: Id, sending: Id) -> Result<Outcome> {
    desk.handle(who, Command::Work(Work::WithdrawSending(WithdrawSending { ticket, sending }))).await
}

async fn waiting(desk: &Desk, ticket: Id) -> Vec<Sending> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    sendings::of_ticket(&mut desk.read().await.unwrap(), scope, ticket).await.unwrap()
}

async fn replies(desk: &Desk, ticket: Id) -> Vec<messages::Message> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let said = messages::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 100).await.unwrap();
    said.into_iter().filter(|message| message.kind == messages::Kind::Reply).collect()
}

/// Lets seconds pass and what is due happen.
async fn wait(desk: &Desk, courier: &Courier, seconds: i64) {
    desk.ground.clock.advance(SignedDuration::from_secs(seconds));
    desk.settle(courier).await.unwrap();
}

#[tokio::test]
async fn a_reply_is_said_when_it_leaves_and_not_before() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let sending = later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap();
        assert_eq!(
            later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap(),
            sending,
            "the same form counts once"
        );
        wait(&desk, &courier, 9).await;
        assert!(courier.carried.lock().unwrap().is_empty() && replies(&desk, id).await.is_empty());
        assert_eq!(ticket(&desk, id).await.state, "open", "the procedure has heard of no answer");
        let waits = waiting(&desk, id).await.pop().unwrap();
        assert!(waits.briefly && waits.held.is_none() && waits.author.name == "Ana", "{waits:?}");

        wait(&desk, &courier, 1).await;
        assert_eq!(ticket(&desk, id).await.state, "waiting");
        let said = replies(&desk, id).await;
        assert_eq!((said.len(), said[0].author.name.as_str(), said[0].created_at), (1, "Ana", desk.now()));
        assert_eq!(courier.mails().len(), 1);
        assert!(waiting(&desk, id).await.is_empty());
        let late = withdraw(&desk, &ana, id, sending).await.unwrap_err();
        assert_eq!(late.code, "left-already");
    })
    .await;
}

#[tokio::test]
async fn whoever_wrote_a_reply_hears_that_somebody_else_took_it_back() {
    on_each_database(async |desk| {
        let (ana, bo, id) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await, asked(&desk).await);
        let number = ticket(&desk, id).await.number;
        let told = async |who: &Actor| {
            let listed = own::list(&mut desk.read().await.unwrap(), who, false, None, 200).await.unwrap();
            listed.items.into_iter().filter_map(|own| own.notice.what).collect::<Vec<What>>()
        };
        let sending = later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap();
        withdraw(&desk, &ana, id, sending).await.unwrap();
        assert_eq!(told(&ana).await, [], "she knows what she did");
        let tomorrow = When::At(desk.now() + SignedDuration::from_hours(24));
        let sending = later(&desk, &ana, id, tomorrow, Vec::new()).await.unwrap();
        withdraw(&desk, &bo, id, sending).await.unwrap();
        assert_eq!(told(&ana).await, [What::TakenBack { who: "Bo".to_owned(), number }]);
        assert_eq!(told(&bo).await, []);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_is_a_draft_again_with_its_files() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let file = mail::Attachment {
            name: "plan.txt".to_owned(),
            kind: "text/plain".to_owned(),
            size: 4,
            inline: false,
            bytes: b"plan".to_vec(),
            content_id: None,
            within: None,
        };
        let attach = AttachFile { ticket: id, kind: Kind::Reply, file: Arc::new(file) };
        let Outcome::File(file) = desk.handle(&ana, Command::AttachFile(attach)).await.unwrap() else { panic!() };
        let sending = later(&desk, &ana, id, When::Briefly, vec![file]).await.unwrap();
        let scope = Scope::of(&ana).unwrap();
        let drafts = async || drafts::of_ticket(&mut desk.read().await.unwrap(), scope, &ana, id).await.unwrap();
        assert!(drafts().await.is_empty());
        // A colleague takes it back: it is its writer's draft all the same.
        withdraw(&desk, &agent(&desk, "Bo").await, id, sending).await.unwrap();
        let back = drafts().await.pop().unwrap();
        assert_eq!((back.text.as_str(), back.files[0].name.as_str()), ("It is done.", "plan.txt"));
        wait(&desk, &courier, 60).await;
        assert!(replies(&desk, id).await.is_empty());

        // It can be sent after all, once, file and all.
        later(&desk, &ana, id, When::At(desk.now()), vec![back.files[0].id]).await.unwrap();
        wait(&desk, &courier, 0).await;
        let said = replies(&desk, id).await.pop().unwrap();
        let files = attachments::of_message(&mut desk.read().await.unwrap(), said.id).await.unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["plan.txt"]);
        assert_eq!(courier.last().attachments.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_client_says_meanwhile_holds_a_reply_back_until_somebody_has_looked() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let afternoon = desk.now() + SignedDuration::from_hours(4);
        let sending = later(&desk, &ana, id, When::At(afternoon), Vec::new()).await.unwrap();
        let other = open_ticket(&desk, "Other", "Hi").await;
        let soon =
            later(&desk, &ana, other, When::At(desk.now() + SignedDuration::from_hours(1)), Vec::new()).await.unwrap();
        answer(&desk, "a1").await;
        let all = sendings::HeldOf::Everybody;
        let mut conn = desk.read().await.unwrap();
        let listed = sendings::list(&mut conn, Scope::of(&ana).unwrap(), &all, Default::default()).await.unwrap();
        drop(conn);
        let listed: Vec<(Id, bool)> =
            listed.items.iter().map(|row| (row.sending.id, row.sending.held.is_some())).collect();
        assert_eq!(
            listed,
            [(sending, true), (soon, false)],
            "held at once, not at its hour, and before what leaves sooner"
        );
        withdraw(&desk, &ana, other, soon).await.unwrap();
        wait(&desk, &courier, 4 * 3600).await;
        assert!(replies(&desk, id).await.is_empty() && courier.mails().is_empty());
        assert_eq!(waiting(&desk, id).await[0].held.as_deref(), Some("crossed"));
        let scope = Scope::of(&ana).unwrap();
        let told =
            notifications::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap().pop().unwrap();
        assert!(told.audience == "Ana" && told.text.contains("was held back"), "{told:?}");

        change(&desk, &ana, id, sending, None).await.unwrap();
        wait(&desk, &courier, 0).await;
        assert_eq!((replies(&desk, id).await.len(), courier.mails().len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn another_time_counts_and_of_two_processes_one_says_it() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let hour = SignedDuration::from_hours(1);
        let sending = later(&desk, &ana, id, When::At(desk.now() + hour), Vec::new()).await.unwrap();
        change(&desk, &ana, id, sending, Some(desk.now() + hour * 3)).await.unwrap();
        wait(&desk, &courier, 2 * 3600).await;
        assert!(replies(&desk, id).await.is_empty());
        desk.ground.clock.advance(hour);
        let due = || desk.handle(&Actor::Desk, Command::Work(Work::SendingDue(SendingDue { ticket: id, sending })));
        for outcome in join_all([due(), due(), due()]).await {
            outcome.unwrap();
        }
        desk.settle(&courier).await.unwrap();
        assert_eq!((replies(&desk, id).await.len(), courier.mails().len()), (1, 1));

        let far = later(&desk, &ana, id, When::At(desk.now() + hour * 24 * 400), Vec::new()).await.unwrap_err();
        assert_eq!(far.fields[0].code, "too-far");
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_does_not_cross_with_what_is_said_in_its_place() {
    on_each_database_with(suggesting(), async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let hours = |hours| desk.now() + SignedDuration::from_hours(hours);
        let sending = later(&desk, &ana, id, When::At(hours(6)), Vec::new()).await.unwrap();
        wait(&desk, &courier, 5 * 3600).await;
        assert!(courier.mails().is_empty(), "the suggestion of four hours waits");
        withdraw(&desk, &ana, id, sending).await.unwrap();
        wait(&desk, &courier, 14 * 60).await;
        assert!(courier.mails().is_empty(), "and goes on waiting while its reader has the words before them");
        let draft = suggestions::waiting(&mut desk.read().await.unwrap(), id).await.unwrap();
        assert!(draft.is_some());
        wait(&desk, &courier, 60).await;
        assert_eq!((courier.mails().len(), ticket(&desk, id).await.state.as_str()), (1, "sent"));
    })
    .await;
    on_each_database_with(suggesting(), async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        later(&desk, &ana, id, When::At(desk.now() + SignedDuration::from_hours(5)), Vec::new()).await.unwrap();
        wait(&desk, &courier, 5 * 3600).await;
        wait(&desk, &courier, 5 * 3600).await;
        assert_eq!((courier.mails().len(), ticket(&desk, id).await.state.as_str()), (1, "said"));
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_to_take_nothing_back_waits_for_nothing() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let profile = |seconds| accounts::Profile {
            name: "Ana".to_owned(),
            language: None,
            time_zone: None,
            undo_seconds: Some(seconds),
        };
        let keep = |seconds| desk.account(&ana, Account::KeepProfile(KeepProfile(profile(seconds))));
        assert_eq!(keep(61).await.unwrap_err().fields[0].field, "undo_seconds");
        keep(0).await.unwrap();
        later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap();
        wait(&desk, &courier, 0).await;
        assert_eq!(courier.mails().len(), 1);
        keep(30).await.unwrap();
        later(&desk, &ana, id, When::At(desk.now() + SignedDuration::from_secs(1)), Vec::new()).await.unwrap();
        wait(&desk, &courier, 1).await;
        assert_eq!(courier.mails().len(), 2, "an hour that was chosen is an hour");
    })
    .await;
}

#[tokio::test]
async fn two_of_one_person_leave_one_after_the_other_and_two_of_two_people_do_not_cross_unnoticed() {
    on_each_database(async |desk| {
        let (courier, ana, bo, id) =
            (Courier::default(), agent(&desk, "Ana").await, agent(&desk, "Bo").await, asked(&desk).await);
        let in_seconds = |seconds| When::At(desk.now() + SignedDuration::from_secs(seconds));
        let first = later(&desk, &ana, id, in_seconds(10), Vec::new()).await.unwrap();
        later(&desk, &ana, id, in_seconds(15), Vec::new()).await.unwrap();
        let body = "From me as well.".to_owned();
        let seen = messages::newest_public(&mut desk.read().await.unwrap(), id).await.unwrap();
        let crossing = |seen| SendLater {
            ticket: id,
            party: None,
            suggestion: None,
            body: body.clone(),
            files: Vec::new(),
            seen,
            at: When::Briefly,
            key: None,
        };
        let refused = desk.handle(&bo, Command::Work(Work::SendLater(crossing(seen)))).await.unwrap_err();
        assert_eq!(refused.code, "crossed", "Bo has not seen what Ana is sending");
        assert!(first > seen.unwrap());
        wait(&desk, &courier, 10).await;
        wait(&desk, &courier, 5).await;
        assert_eq!((replies(&desk, id).await.len(), waiting(&desk, id).await.len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_listed_by_when_it_leaves_for_its_writer_its_team_and_whoever_may_see_it() {
    use desk::page::Page;
    use desk::today::{self, Of};
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let (one, two) = (open_ticket(&desk, "One", "Hi").await, open_ticket(&desk, "Two", "Hi").await);
        for (ticket, hours, who) in [(one, 3, &ana), (two, 1, &ana), (one, 2, &bo)] {
            let at = When::At(desk.now() + SignedDuration::from_hours(hours));
            let (party, suggestion, body) = (None, None, format!("In {hours} h."));
            let newest = desk::messages::newest_public(&mut desk.read().await.unwrap(), ticket).await.unwrap();
            let waits = sendings::newest(&mut desk.read().await.unwrap(), ticket).await.unwrap();
            let seen = waits.or(newest);
            let later = SendLater { ticket, party, suggestion, body, files: Vec::new(), seen, at, key: None };
            desk.handle(who, Command::Work(Work::SendLater(later))).await.unwrap();
        }
        let listed = async |who: &desk::Actor, of: Of| {
            let conn = &mut desk.read().await.unwrap();
            let (mut texts, mut page) = (Vec::new(), Page { after: None, limit: 1 });
            let Some(whose) = today::whose(conn, who, of).await.unwrap() else { return texts };
            loop {
                let found = sendings::list(conn, Scope::of(who).unwrap(), &whose, page).await.unwrap();
                texts.extend(found.items.into_iter().map(|row| (row.subject, row.sending.text)));
                page.after = found.next;
                if page.after.is_none() {
                    return texts;
                }
            }
        };
        let of = |subject: &str, text: &str| (subject.to_owned(), text.to_owned());
        let all = [of("Two", "In 1 h."), of("One", "In 2 h."), of("One", "In 3 h.")];
        assert_eq!(listed(&bo, Of::All).await, all);
        assert_eq!(listed(&ana, Of::Teams).await, all);
        assert_eq!(listed(&ana, Of::Mine).await, [all[0].clone(), all[2].clone()]);
        assert_eq!(listed(&bo, Of::Mine).await, [all[1].clone()]);
        assert_eq!(listed(&bo, Of::Teams).await, [], "the tickets are another team's");
        let narrow =
            desk::Actor::Agent { id: bo.agent_id().unwrap(), name: "Bo".to_owned(), role: desk::Role::Collaborator };
        assert_eq!(listed(&narrow, Of::All).await, [], "whoever may not see the tickets sees nothing");
        open::pass(&desk, SignedDuration::from_mins(61)).await;
        assert_eq!(listed(&ana, Of::All).await, all[1..], "what has left waits no longer");
        open::pass(&desk, SignedDuration::from_hours(4)).await;
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
