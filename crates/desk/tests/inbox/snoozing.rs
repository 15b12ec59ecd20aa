use desk::handle::{Change, Choose, Command};
use desk::outbox::Carrier;
use desk::rights::Scope;
use desk::runs::by_hand::{SNOOZED, WOKEN};
use desk::runs::history;
use desk::tickets::bulk::Deed;
use desk::tickets::views::{Cut, Standing};
use desk::tickets::{self, Order};
use desk::{Actor, Desk};
use jiff::SignedDuration;
use store::Id;

use super::open::{Courier, agent, child, mail_in, on_each_database, pass, submitted, survey, ticket};
use super::{change, listed, mails, minute};

async fn snooze(desk: &Desk, who: &Actor, id: Id, hours: i64) {
    let until = desk.now() + SignedDuration::from_hours(hours);
    assert!(change(desk, who, id, Deed::Snooze { until: Some(until) }).await.unwrap());
}

async fn events(desk: &Desk, id: Id) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let kept = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 50).await.unwrap();
    kept.into_iter().map(|entry| entry.event).filter(|event| [SNOOZED, WOKEN].contains(&event.as_str())).collect()
}

#[tokio::test]
async fn a_snoozed_ticket_comes_back_by_itself_at_its_time_as_something_new() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 2).await;
        snooze(&desk, &ana, asked[0], 2).await;
        let inbox = Standing::Unassigned;
        assert_eq!(listed(&desk, &ana, &inbox.cut(), inbox.order()).await, [asked[1]]);
        assert_eq!(desk.next_due().await.unwrap(), ticket(&desk, asked[0]).await.snoozed_until);
        desk.ground.clock.advance(SignedDuration::from_mins(119));
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(listed(&desk, &ana, &inbox.cut(), inbox.order()).await, [asked[1]]);
        pass(&desk, SignedDuration::from_mins(1)).await;
        assert_eq!(listed(&desk, &ana, &inbox.cut(), inbox.order()).await, [asked[0], asked[1]]);
        let back = ticket(&desk, asked[0]).await;
        assert_eq!((back.snoozed_until, back.updated_at), (None, desk.now()));
        let seen = desk::tickets::seen::unread(&mut desk.read().await.unwrap(), &ana, &[&back]).await.unwrap();
        assert!(seen.contains(&back.id));
        assert_eq!(events(&desk, asked[0]).await, [SNOOZED, WOKEN]);
    })
    .await;
}

#[tokio::test]
async fn it_comes_back_when_its_client_writes_and_not_for_what_a_program_writes() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let ana = agent(&desk, "Ana").await;
        let opened = submitted(&desk, &courier).await.id;
        let sent = courier.last();
        minute(&desk);
        snooze(&desk, &ana, opened, 20).await;
        let answer = |number: u32, header: &str| {
            let (to, id) = (&sent.reply_to.first().unwrap().address, sent.message_id.as_deref().unwrap());
            format!(
                "From: maria@acme.example\nTo: {to}\nSubject: Re\nIn-Reply-To: <{id}>\nMessage-ID: <w{number}@acme.example>\n{header}\nHello\n"
            )
        };
        mail_in(&desk, &answer(1, "Auto-Submitted: auto-replied\n")).await.unwrap();
        assert!(ticket(&desk, opened).await.snoozed_until.is_some(), "a machine wakes nobody");
        mail_in(&desk, &answer(2, "")).await.unwrap();
        assert_eq!(ticket(&desk, opened).await.snoozed_until, None);
        desk.settle(&courier as &dyn Carrier).await.unwrap();
    })
    .await;
}

fn choice(ticket: Id, choice: &str) -> Command {
    let (inputs, fields) = Default::default();
    Command::Choose(Choose { ticket, choice: choice.to_owned(), note: None, inputs, fields, key: None })
}

#[tokio::test]
async fn a_snooze_hides_no_clock_that_runs_out_and_ends_when_the_procedure_goes_on() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let mut form = survey();
        form.answers.insert("test_first".to_owned(), true.into());
        let opened = desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap().ticket().unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let config = child(&desk, opened, "config").await.id;
        desk.handle(&bo, choice(config, "configured")).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let scope = Scope::of(&ana).unwrap();
        let row = tickets::summary(&mut desk.read().await.unwrap(), scope, opened).await.unwrap();
        let due = row.next_due.unwrap();
        snooze(&desk, &ana, opened, 24 * 30).await;

        let view = async |view: Standing| listed(&desk, &ana, &view.cut(), view.order()).await;
        let soon = Cut { unfinished: true, due_soon: true, ..Cut::default() };
        let happens = async || listed(&desk, &ana, &soon, Order::Due).await.contains(&opened);
        assert_eq!((view(Standing::Teams).await.contains(&opened), happens().await), (false, false));
        let near = due.duration_since(desk.now()) - SignedDuration::from_hours(3);
        pass(&desk, near).await;
        assert_eq!((view(Standing::Teams).await.contains(&opened), happens().await), (false, true));
        pass(&desk, SignedDuration::from_hours(3)).await;
        assert_eq!(ticket(&desk, opened).await.snoozed_until, None, "the silence of its client moved it");
        assert!(view(Standing::Teams).await.contains(&opened));

        let raw =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Late\nMessage-ID: <late@acme.example>\n\nHi\n";
        let owed = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        snooze(&desk, &ana, owed, 24 * 30).await;
        assert!(!view(Standing::Teams).await.contains(&owed));
        assert!(view(Standing::Due).await.contains(&owed), "its clock runs out within a day");
        assert!(!view(Standing::Due).await.contains(&opened), "a silence that ends is no promise");
    })
    .await;
}

#[tokio::test]
async fn what_is_solved_stands_in_no_inbox_and_is_not_snoozed() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let opened = submitted(&desk, &Courier::default()).await.id;
        let config = child(&desk, opened, "config").await.id;
        for word in ["configured", "published"] {
            desk.handle(&bo, choice(config, word)).await.unwrap();
        }
        desk.settle(&Courier::default()).await.unwrap();
        let until = Some(desk.now() + SignedDuration::from_hours(9));
        assert_eq!(change(&desk, &ana, opened, Deed::Snooze { until }).await.unwrap_err().code, "over");
        assert_eq!(listed(&desk, &ana, &Standing::Solved.cut(), Standing::Solved.order()).await, [opened]);
    })
    .await;
}

#[tokio::test]
async fn nobody_snoozes_into_the_past_or_for_ever() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 1).await;
        for hours in [0, -3, 24 * 400] {
            let until = Some(desk.now() + SignedDuration::from_hours(hours));
            let refused = change(&desk, &ana, asked[0], Deed::Snooze { until }).await.unwrap_err();
            assert_eq!(refused.fields[0].field, "snoozed_until");
        }
        snooze(&desk, &ana, asked[0], 3).await;
        assert!(change(&desk, &ana, asked[0], Deed::Snooze { until: None }).await.unwrap(), "it can be brought back");
        assert!(!change(&desk, &ana, asked[0], Deed::Snooze { until: None }).await.unwrap());
        let both = vec![Deed::Tags { tags: vec!["logo".into()] }, Deed::Snooze { until: Some(desk.now()) }];
        let refused = desk.handle(&ana, Command::Change(Change { ticket: asked[0], deeds: both, bulk: None })).await;
        assert!(refused.is_err());
        let tags = desk::tickets::tags(&mut desk.read().await.unwrap(), asked[0]).await.unwrap();
        assert!(tags.is_empty(), "all of it or nothing");
    })
    .await;
}
