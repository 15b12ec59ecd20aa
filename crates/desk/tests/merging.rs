//! Merging tickets and taking them apart, on both databases: mail follows, nothing happens by itself meanwhile, and nothing is lost.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::work::{Merge, SendLater, Unmerge, When, Work};
use desk::handle::{Assign, Choose, Command, Outcome, Reply, ReplyKind};
use desk::rights::Scope;
use desk::runs::history;
use desk::search::{self, Wanted};
use desk::tickets::merges;
use desk::{Actor, Desk, Error, Result, Role, messages, notifications, questions, suggestions, timers};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use open::{
    Courier, agent, child, known, mail_in, on_each_database, on_each_database_with, pass, submitted, ticket,
    without_stories,
};
use playbook::{Files, Status};
use store::Id;

/// Everything that can wait: a draft that is sent by itself, a question that is asked again, a timer, a look at the clock.
const BUSY: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: work\nstates:\n\
    \x20 work:\n    entry:\n      - suggest: { reply: closing-for-now, send_in: 4h }\n\
    \x20     - ask: { as: colour, who: Ana, text: Which colour?, answers: [ red, blue ], chase: 3h }\n\
    \x20   after: { 6h: { target: later, actions: [ { note: Six hours went by. } ] } }\n\
    \x20   on: { requester.replied: { actions: [ { note: They wrote. } ] } }\n\
    \x20   choices: { stop: { label: Stop, target: over } }\n\
    \x20 later: { after: { 2h: { target: over, actions: [ { note: Two more hours went by. } ] } } }\n  over: { type: final }\n";

fn busy() -> Option<Files> {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml".to_owned(), BUSY);
    Some(files)
}

async fn asked(desk: &Desk, from: &str, name: &str) -> Id {
    let raw =
        format!("From: {from}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@acme.example>\n\nHi\n");
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

async fn merge(desk: &Desk, ticket: Id, into: Id) -> Result<Outcome> {
    let merge = Merge { ticket, into, why: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Merge(merge))).await
}

async fn unmerge(desk: &Desk, ticket: Id) -> Result<Outcome> {
    let unmerge = Unmerge { ticket, key: None };
    desk.handle(&agent(desk, "Bo").await, Command::Work(Work::Unmerge(unmerge))).await
}

/// What was said and written on a ticket, and when.
async fn said(desk: &Desk, id: Id) -> Vec<(String, String, Timestamp)> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let said = messages::of_ticket(&mut desk.read().await.unwrap(), scope, id, 100).await.unwrap();
    said.into_iter().map(|message| (message.kind.as_str().to_owned(), message.text, message.created_at)).collect()
}

async fn events(desk: &Desk, id: Id) -> Vec<(String, String)> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let past = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 100).await.unwrap();
    past.into_iter().map(|entry| (entry.event, entry.by.name)).collect()
}

#[tokio::test]
async fn mail_that_answers_either_goes_to_the_one_that_goes_on() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        known(&desk, "otto@acme.example", &[]).await;
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        let gone = asked(&desk, "otto@acme.example", "gone").await;
        desk.settle(&courier).await.unwrap();
        merge(&desk, gone, kept).await.unwrap();
        let merged = ticket(&desk, gone).await;
        assert_eq!((merged.status, merged.merged_into), (Status::Closed, Some(kept)));

        let answer = |from: &str, id: &str, to: &str| {
            format!("From: {from}\nTo: help@desk.example\nSubject: Re\nMessage-ID: <{id}>\nIn-Reply-To: <{to}@acme.example>\n\nMore\n")
        };
        for (from, to) in [("maria@acme.example", "kept"), ("otto@acme.example", "gone"), ("otto@acme.example", "kept")] {
            let came = mail_in(&desk, &answer(from, &format!("{from}.{to}"), to)).await.unwrap();
            assert_eq!(came.ticket(), Some(kept), "{from} to {to}");
        }
        let stranger = mail_in(&desk, &answer("eve@elsewhere.example", "e", "gone")).await.unwrap();
        assert_ne!(stranger.ticket(), Some(kept), "a reference alone is still no proof");

        let reply = Reply {
            ticket: kept,
            body: "Both of you: done.".to_owned(),
            kind: ReplyKind::Reply,
            files: Vec::new(),
            seen: None,
            key: None,
        };
        let ana = agent(&desk, "Ana").await;
        desk.handle(&ana, Command::Reply(reply)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let readers = |parcel: &desk::outbox::Parcel| parcel.mail.recipients.clone();
        let mut last: Vec<String> = courier.carried.lock().unwrap().iter().rev().take(2).flat_map(readers).collect();
        last.sort();
        assert_eq!(last, ["maria@acme.example", "otto@acme.example"], "whoever asked the same hears of it in copy");

        // The token of a mail about the merged ticket leads to the other one too.
        let signed = courier.last().answer_to().unwrap().address.clone();
        let by_token = format!("From: otto@acme.example\nTo: {signed}\nSubject: Re\nMessage-ID: <t>\n\nThanks\n");
        assert_eq!(mail_in(&desk, &by_token).await.unwrap().ticket(), Some(kept));
        assert_eq!(ticket(&desk, kept).await.state, "open", "who asked the same wakes it as well");

        unmerge(&desk, gone).await.unwrap();
        let apart = mail_in(&desk, &answer("otto@acme.example", "later", "gone")).await.unwrap();
        assert_eq!(apart.ticket(), Some(gone));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_merged_ticket_does_nothing_by_itself_and_nothing_can_be_done_with_it() {
    on_each_database_with(busy(), async |desk| {
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        let gone = asked(&desk, "maria@acme.example", "gone").await;
        let ana = agent(&desk, "Ana").await;
        merge(&desk, gone, kept).await.unwrap();
        let before = said(&desk, gone).await;
        pass(&desk, SignedDuration::from_hours(30)).await;
        assert_eq!(said(&desk, gone).await, before);
        let scope = Scope::of(&ana).unwrap();
        let mut conn = desk.read().await.unwrap();
        let put = questions::put_to(&mut conn, scope, &ana, Default::default()).await.unwrap().items;
        assert!(put.iter().all(|listing| listing.question.ticket != gone), "nobody is asked about it");
        drop(conn);

        let choice = Choose {
            ticket: gone,
            choice: "stop".to_owned(),
            note: None,
            inputs: Default::default(),
            fields: Default::default(),
            key: None,
        };
        let refused = desk.handle(&ana, Command::Choose(choice)).await.unwrap_err();
        assert_eq!(refused.code, "merged", "{refused}");
        let view = desk.view(&mut desk.read().await.unwrap(), scope, gone).await.unwrap();
        assert_eq!(view.merged_into.map(|into| into.id), Some(kept));
        assert!(view.choices.is_empty());
        let other = desk.view(&mut desk.read().await.unwrap(), scope, kept).await.unwrap();
        assert_eq!(
            other.merged.iter().map(|merged| (merged.ticket.id, merged.by.as_str())).collect::<Vec<_>>(),
            [(gone, "Ana")]
        );
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_was_merged_and_taken_out_goes_on_as_if_it_had_never_been() {
    on_each_database_with(busy(), async |desk| {
        let sink = asked(&desk, "maria@acme.example", "sink").await;
        let untouched = asked(&desk, "maria@acme.example", "untouched").await;
        let mut tried = Vec::new();
        for hour in 0..=9 {
            tried.push((hour, asked(&desk, "maria@acme.example", &format!("after-{hour}")).await));
        }
        for (hour, id) in &tried {
            if ticket(&desk, *id).await.closed_at.is_none() && ticket(&desk, sink).await.closed_at.is_none() {
                let (stood, set) =
                    (ticket(&desk, *id).await, timers::of_ticket(&mut desk.read().await.unwrap(), *id).await);
                let draft = suggestions::waiting(&mut desk.read().await.unwrap(), *id).await.unwrap();
                merge(&desk, *id, sink).await.unwrap();
                unmerge(&desk, *id).await.unwrap();
                let stands = ticket(&desk, *id).await;
                assert_eq!(
                    (stands.status, &stands.waiting_on, stands.closed_at),
                    (stood.status, &stood.waiting_on, stood.closed_at)
                );
                assert_eq!((&stands.state, stands.merged_into), (&stood.state, None));
                assert_eq!(
                    timers::of_ticket(&mut desk.read().await.unwrap(), *id).await.unwrap(),
                    set.unwrap(),
                    "after {hour} h"
                );
                assert_eq!(
                    suggestions::waiting(&mut desk.read().await.unwrap(), *id).await.unwrap(),
                    draft,
                    "after {hour} h"
                );
            }
            pass(&desk, SignedDuration::from_hours(1)).await;
        }
        pass(&desk, SignedDuration::from_hours(48)).await;
        let expected = said(&desk, untouched).await;
        assert!(expected.len() >= 4, "{expected:?}");
        for (hour, id) in tried {
            assert_eq!(said(&desk, id).await, expected, "merged after {hour} hours");
        }
    })
    .await;
}

#[tokio::test]
async fn what_fell_due_meanwhile_happens_once_when_the_two_are_taken_apart() {
    on_each_database_with(busy(), async |desk| {
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        let gone = asked(&desk, "maria@acme.example", "gone").await;
        merge(&desk, gone, kept).await.unwrap();
        pass(&desk, SignedDuration::from_hours(7)).await;
        let at = desk.now();
        unmerge(&desk, gone).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let since: Vec<(String, Timestamp)> =
            said(&desk, gone).await.into_iter().skip(1).map(|(kind, _, when)| (kind, when)).collect();
        assert_eq!(
            since,
            [("automatic".to_owned(), at), ("note".to_owned(), at)],
            "the draft of 4 h, then the timer of 6 h"
        );
        assert_eq!(ticket(&desk, gone).await.state, "later");
        let who = events(&desk, gone).await;
        assert!(who.contains(&("merged".to_owned(), "Ana".to_owned())), "{who:?}");
        assert!(who.contains(&("unmerged".to_owned(), "Bo".to_owned())), "{who:?}");
        let who = events(&desk, kept).await;
        assert!(who.contains(&("merged.here".to_owned(), "Ana".to_owned())), "{who:?}");
        assert!(who.contains(&("unmerged.here".to_owned(), "Bo".to_owned())), "{who:?}");
        pass(&desk, SignedDuration::from_hours(48)).await;
    })
    .await;
}

#[tokio::test]
async fn merges_into_merges_are_followed_to_their_end_and_undone_one_by_one() {
    on_each_database(async |desk| {
        let (one, two, three) = (
            asked(&desk, "maria@acme.example", "one").await,
            asked(&desk, "maria@acme.example", "two").await,
            asked(&desk, "maria@acme.example", "three").await,
        );
        merge(&desk, one, two).await.unwrap();
        merge(&desk, two, three).await.unwrap();
        let mut conn = desk.read().await.unwrap();
        assert_eq!(merges::root(&mut conn, one).await.unwrap(), three);
        assert_eq!(merges::parts(&mut conn, three).await.unwrap(), [one, two]);
        drop(conn);
        unmerge(&desk, two).await.unwrap();
        let mut conn = desk.read().await.unwrap();
        assert_eq!(merges::root(&mut conn, one).await.unwrap(), two);
        assert_eq!(merges::parts(&mut conn, three).await.unwrap(), []);
        drop(conn);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

fn code(outcome: Result<Outcome>) -> (&'static str, String) {
    let Error { code, message, .. } = outcome.unwrap_err();
    (code, message)
}

#[tokio::test]
async fn a_merge_that_makes_no_sense_is_refused_with_the_reason() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opener = submitted(&desk, &courier).await;
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        let gone = asked(&desk, "maria@acme.example", "gone").await;
        let elsewhere = asked(&desk, "else@delta.example", "elsewhere").await;
        let ana = agent(&desk, "Ana").await;
        desk.settle(&courier).await.unwrap();

        assert_eq!(merge(&desk, gone, gone).await.unwrap_err().fields[0].code, "same-ticket");
        let (waited, why) = code(merge(&desk, child(&desk, opener.id, "config").await.id, kept).await);
        assert!(waited == "waited-for" && why.contains(&format!("ticket {}", opener.number)), "{waited}: {why}");
        assert_eq!(code(merge(&desk, opener.id, kept).await).0, "works-for-it");

        let later = SendLater {
            ticket: gone,
            party: None,
            suggestion: None,
            body: "Soon".to_owned(),
            files: Vec::new(),
            seen: None,
            at: When::At(desk.now() + SignedDuration::from_hours(400)),
            key: None,
        };
        let Outcome::Sending(_, sending) = desk.handle(&ana, Command::Work(Work::SendLater(later))).await.unwrap()
        else {
            panic!("it does not wait")
        };
        assert_eq!(code(merge(&desk, gone, kept).await).0, "reply-waits");
        let back = desk::handle::work::WithdrawSending { ticket: gone, sending };
        desk.handle(&ana, Command::Work(Work::WithdrawSending(back))).await.unwrap();

        merge(&desk, gone, kept).await.unwrap();
        assert_eq!(code(merge(&desk, gone, elsewhere).await).0, "merged-already");
        assert_eq!(code(merge(&desk, elsewhere, gone).await).0, "merged-elsewhere");
        assert_eq!(code(unmerge(&desk, kept).await).0, "not-merged");
        let nobody = Command::Work(Work::Merge(Merge { ticket: elsewhere, into: kept, why: None, key: None }));
        assert_eq!(desk.handle(&Actor::Outside, nobody).await.unwrap_err().code, "forbidden");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_ticket_is_told_that_it_was_merged_and_the_reason_is_a_note() {
    on_each_database(async |desk| {
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        let gone = asked(&desk, "maria@acme.example", "gone").await;
        let bo = agent(&desk, "Bo").await;
        let give = desk::handle::Assign { ticket: gone, agent: bo.agent_id() };
        desk.handle(&bo, Command::Assign(give)).await.unwrap();
        let why = Some("Asked twice, by mistake.".to_owned());
        let merging = Merge { ticket: gone, into: kept, why, key: None };
        let ana = agent(&desk, "Ana").await;
        desk.handle(&ana, Command::Work(Work::Merge(merging))).await.unwrap();
        let scope = Scope::of(&ana).unwrap();
        let told = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, gone, 10).await.unwrap();
        let (to, text) = told.last().map(|notice| (notice.audience.clone(), notice.text.clone())).unwrap();
        assert_eq!(to, "Bo");
        assert!(text.starts_with("Ana merged ticket"), "{text}");
        let (kind, text, _) = said(&desk, gone).await.pop().unwrap();
        assert_eq!((kind.as_str(), text.as_str()), ("note", "Asked twice, by mistake."));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_merged_a_ticket_and_when_is_known_until_it_is_taken_out() {
    on_each_database(async |desk| {
        let (one, two) =
            (asked(&desk, "maria@acme.example", "one").await, asked(&desk, "maria@acme.example", "two").await);
        merge(&desk, two, one).await.unwrap();
        let merged = async || merges::merge_of(&mut desk.read().await.unwrap(), two).await.unwrap();
        assert_eq!(merged().await, Some(("Ana".to_owned(), desk.now())));
        unmerge(&desk, two).await.unwrap();
        assert_eq!(merged().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_search_says_where_the_conversation_of_a_merged_ticket_goes_on() {
    on_each_database(async |desk| {
        let (one, two) =
            (asked(&desk, "maria@acme.example", "first").await, asked(&desk, "rui@acme.example", "second").await);
        let bos = Assign { ticket: one, agent: agent(&desk, "Bo").await.agent_id() };
        desk.handle(&agent(&desk, "Ana").await, Command::Assign(bos)).await.unwrap();
        merge(&desk, one, two).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let into = async |word: &str| {
            let wanted = Wanted::read(word).unwrap();
            let found = search::find(&desk.ground, &ana, &wanted, &TimeZone::UTC, None, 10).await.unwrap();
            found.items.into_iter().find_map(|hit| hit.ticket).unwrap().merged_into
        };
        let number = ticket(&desk, two).await.number;
        assert_eq!((into("first").await, into("second").await), (Some((two, number)), None));

        // The second is merged on: there it goes on by now.
        let three = asked(&desk, "eva@acme.example", "third").await;
        merge(&desk, two, three).await.unwrap();
        let number = ticket(&desk, three).await.number;
        assert_eq!((into("first").await, into("second").await), (Some((three, number)), Some((three, number))));

        // Whoever sees the first alone is not told of a ticket that they do not see.
        let id = agent(&desk, "Bo").await.agent_id().unwrap();
        let bo = Actor::Agent { id, name: "Bo".to_owned(), role: Role::Collaborator };
        let wanted = Wanted::read("first").unwrap();
        let found = search::find(&desk.ground, &bo, &wanted, &TimeZone::UTC, None, 10).await.unwrap();
        assert_eq!(found.items[0].ticket.as_ref().unwrap().merged_into, None);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
