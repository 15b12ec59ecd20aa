//! Clocks in lists and on Today: what runs out first comes first, what was answered is gone, and nobody is shown what they may not see.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::work::{SendLater, When, Work};
use desk::handle::{Assign, Choose, Command, Reply, ReplyKind, UpsertOrganization};
use desk::page::Page;
use desk::rights::Scope;
use desk::tickets::views::{Cut, Standing};
use desk::tickets::{self, FirstClock, Order, Summary};
use desk::today::{self, Of, PartName, Today};
use desk::{Actor, Desk, Role, organizations};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database, pass, ticket};
use playbook::{CalendarChoice, ClockState, ClockView, Pause};
use serde_json::{Value, json};
use store::Id;

const MARIA: &str = "maria@acme.example";
const RUI: &str = "rui@borealis.example";

async fn wrote(desk: &Desk, who: &str, name: &str) -> Id {
    let raw = format!("From: {who}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@acme.example>\n\nHi\n");
    let id = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

async fn replied(desk: &Desk, ticket: Id) {
    let (body, kind) = ("Yes.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn works_by(desk: &Desk, calendar: Value) {
    let attributes = json!({"calendar": calendar}).as_object().unwrap().clone();
    let change = organizations::Change { attributes, ..Default::default() };
    let command = UpsertOrganization { key: "Acme".to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn clocks(desk: &Desk, id: Id) -> Vec<ClockView> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap().clocks
}

/// The tickets whose clocks run out within a day, in pages of one.
async fn running_out(desk: &Desk) -> Vec<(Id, FirstClock)> {
    let ana = agent(desk, "Ana").await;
    let conn = &mut desk.read().await.unwrap();
    let cut = Cut { clock_soon: true, unfinished: true, ..Cut::default() };
    let filter = cut.filter(conn, &ana, desk.now()).await.unwrap();
    let (mut found, mut page) = (Vec::new(), Page { after: None, limit: 1 });
    loop {
        let listed = tickets::list_by(conn, Scope::of(&ana).unwrap(), &filter, Order::Clock, page).await.unwrap();
        found.extend(listed.items.into_iter().map(|row| (row.ticket.id, row.clock.unwrap())));
        page.after = listed.next;
        if page.after.is_none() {
            return found;
        }
    }
}

async fn listed(desk: &Desk, id: Id) -> Summary {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    tickets::summary(&mut desk.read().await.unwrap(), scope, id).await.unwrap()
}

async fn choose(desk: &Desk, ticket: Id, name: &str) {
    let (inputs, fields) = Default::default();
    let choose = Choose { ticket, choice: name.to_owned(), note: None, inputs, fields, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await.unwrap();
}

async fn seen(desk: &Desk, actor: &Actor, of: Of) -> Today {
    let scope = Scope::of(actor).unwrap();
    today::of(&mut desk.read().await.unwrap(), actor, scope, of, desk.now()).await.unwrap()
}

async fn part(desk: &Desk, actor: &Actor, of: Of, name: PartName) -> Vec<Id> {
    let today = seen(desk, actor, of).await;
    let part = today.parts.into_iter().find(|part| part.name == name).unwrap();
    assert_eq!(usize::try_from(part.count).unwrap(), part.tickets.len());
    part.tickets.into_iter().map(|row| row.ticket.id).collect()
}

fn first(name: &str, due: &str) -> FirstClock {
    FirstClock { name: name.to_owned(), due: at(due) }
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

#[tokio::test]
async fn what_runs_out_first_stands_first_and_follows_the_hours_of_the_client() {
    on_each_database(async |desk| {
        works_by(&desk, json!("brazil")).await;
        let (marias, ruis) = (wrote(&desk, MARIA, "one").await, wrote(&desk, RUI, "two").await);
        let expected =
            [(ruis, first("response", "2026-11-17T18:00:00Z")), (marias, first("response", "2026-11-17T21:00:00Z"))];
        assert_eq!(running_out(&desk).await, expected);

        let clock = clocks(&desk, marias).await.remove(0);
        let opens = at("2026-11-17T12:00:00Z");
        assert_eq!(
            clock.state,
            ClockState::Paused(Pause::Closed { until: opens }),
            "it is six in the morning in São Paulo"
        );
        assert_eq!((clock.why.counted_from, clock.why.zone.as_deref()), (Some(opens), Some("America/Sao_Paulo")));
        assert_eq!(clock.why.calendar, Some(CalendarChoice::Organization));
        assert_eq!(clock.title.text("pt"), "Resposta, ou aviso de que vem a caminho");

        works_by(&desk, Value::Null).await;
        pass(&desk, SignedDuration::from_secs(1)).await;
        let now = running_out(&desk).await;
        assert_eq!(
            now,
            [marias, ruis].map(|id| (id, first("response", "2026-11-17T18:00:00Z"))),
            "counted by our hours again"
        );
        assert_eq!(clocks(&desk, marias).await[0].state, ClockState::Running);

        replied(&desk, ruis).await;
        assert_eq!(running_out(&desk).await.len(), 1, "what was answered runs out no longer");
        assert_eq!(clocks(&desk, ruis).await[0].state, ClockState::Met);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_does_not_count_is_in_no_list_until_the_ticket_is_ours_again() {
    on_each_database(async |desk| {
        let id = wrote(&desk, MARIA, "one").await;
        assert_eq!(running_out(&desk).await, [(id, first("response", "2026-11-17T18:00:00Z"))]);
        choose(&desk, id, "solve").await;
        let solved = listed(&desk, id).await;
        assert_eq!(solved.clock, None);
        assert_eq!(solved.next_due, Some(at("2026-11-22T09:00:00Z")), "it closes by itself; its clocks do nothing");
        assert!(matches!(clocks(&desk, id).await[0].state, ClockState::Paused(Pause::NotCounted { .. })));
        choose(&desk, id, "reopen").await;
        assert_eq!(listed(&desk, id).await.clock, Some(first("response", "2026-11-17T18:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn a_day_off_that_a_client_announces_moves_what_runs_already_and_one_that_is_no_date_is_refused() {
    on_each_database(async |desk| {
        let (marias, ruis) = (wrote(&desk, MARIA, "one").await, wrote(&desk, RUI, "two").await);
        let days = |days: Value| {
            let attributes = json!({"days_off": days}).as_object().unwrap().clone();
            let change = organizations::Change { attributes, ..Default::default() };
            Command::UpsertOrganization(UpsertOrganization { key: "Acme".to_owned(), change })
        };
        desk.handle(&Actor::Desk, days(json!(["2026-11-17", "2026-11-18"]))).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(clocks(&desk, marias).await[0].run.due, at("2026-11-19T18:00:00Z"));
        assert_eq!(clocks(&desk, marias).await[0].why.days_off.len(), 2);
        assert_eq!(clocks(&desk, ruis).await[0].run.due, at("2026-11-17T18:00:00Z"), "he belongs to another company");
        desk.handle(&Actor::Desk, days(json!(["2026-11-17..2026-11-19 Office moves"]))).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let clock = clocks(&desk, marias).await.remove(0);
        assert_eq!(clock.run.due, at("2026-11-20T18:00:00Z"), "a line may be several days");
        assert_eq!(clock.why.days_off.last().unwrap().1.as_deref(), Some("Office moves"));
        desk.handle(&Actor::Desk, days(Value::Null)).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(clocks(&desk, marias).await[0].run.due, at("2026-11-17T18:00:00Z"));
        for wrong in [json!(["tomorrow"]), json!(vec!["2026-11-17"; 401])] {
            let refused = desk.handle(&Actor::Desk, days(wrong)).await.unwrap_err();
            assert_eq!(refused.fields[0].field, "attributes.days_off");
        }
        let lines = json!(["2026-11-17", "2026-11-31", "2026-11-18 Fair", "2026-12-31..2026-12-24"]);
        let refused = desk.handle(&Actor::Desk, days(lines)).await.unwrap_err();
        let said: Vec<&str> = refused.fields.iter().map(|wrong| wrong.message.as_str()).collect();
        assert!(said[0].starts_with("line 2:") && said[1].starts_with("line 4:") && said.len() == 2, "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_answered_was_late_and_the_announced_answer_is_watched_from_then_on() {
    on_each_database(async |desk| {
        let id = wrote(&desk, MARIA, "one").await;
        pass(&desk, SignedDuration::from_mins(8 * 60 + 30)).await;
        assert_eq!(clocks(&desk, id).await[0].state, ClockState::Warned);
        pass(&desk, SignedDuration::from_hours(1)).await;
        let told = clocks(&desk, id).await;
        let names: Vec<(&str, &str)> = told.iter().map(|clock| (clock.name.as_str(), clock.state.as_str())).collect();
        assert_eq!(
            names,
            [("answer", "paused"), ("response", "late")],
            "the acknowledgement went out as the day ended"
        );
        assert_eq!(told[1].run.breached, Some(at("2026-11-17T18:00:00Z")));
        assert_eq!(told[0].run.due, at("2026-11-23T09:00:00Z"));
        assert!(running_out(&desk).await.is_empty(), "it is not due within a day");
        pass(&desk, SignedDuration::from_hours(24 * 7)).await;
        assert_eq!(clocks(&desk, id).await[0].state, ClockState::Breached);
        assert_eq!(
            running_out(&desk).await,
            [(id, first("answer", "2026-11-23T09:00:00Z"))],
            "overdue until it is answered"
        );
        replied(&desk, id).await;
        assert!(running_out(&desk).await.is_empty());
        assert_eq!(clocks(&desk, id).await[0].state, ClockState::Late);
    })
    .await;
}

#[tokio::test]
async fn today_is_what_is_ones_own_or_of_ones_teams_or_all_that_one_may_see() {
    on_each_database(async |desk| {
        let (marias, ruis) = (wrote(&desk, MARIA, "one").await, wrote(&desk, RUI, "two").await);
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let assign = Assign { ticket: marias, agent: ana.agent_id() };
        desk.handle(&ana, Command::Assign(assign)).await.unwrap();
        let clocks = PartName::Clocks;
        assert_eq!(part(&desk, &ana, Of::Mine, clocks).await, [marias]);
        assert_eq!(part(&desk, &ana, Of::Teams, clocks).await, [marias, ruis]);
        assert_eq!(part(&desk, &bo, Of::Teams, clocks).await, [], "his team is another one");
        assert_eq!(part(&desk, &bo, Of::All, clocks).await, [marias, ruis]);
        // The view of the list says the same as Today, and counts as much.
        assert_eq!(clocks.cut(Of::All), (Standing::Due.cut(), Standing::Due.order()));
        assert_eq!(running_out(&desk).await.len(), part(&desk, &bo, Of::All, clocks).await.len());
        assert_eq!(Standing::like(&Standing::Due.cut(), Order::Clock), Some(Standing::Due));
        for (of, who, nobodys) in
            [(Of::Mine, &ana, vec![ruis]), (Of::Teams, &bo, Vec::new()), (Of::All, &bo, vec![ruis])]
        {
            assert_eq!(part(&desk, who, of, PartName::Unassigned).await, nobodys, "{of:?}");
        }
        let narrow = Actor::Agent { id: bo.agent_id().unwrap(), name: "Bo".to_owned(), role: Role::Collaborator };
        let sees = seen(&desk, &narrow, Of::All).await;
        assert!(sees.parts.iter().all(|part| part.tickets.is_empty() && part.count == 0), "{sees:?}");
        let program = Actor::Program { name: "p".to_owned(), role: Role::Lead };
        assert!(seen(&desk, &program, Of::Mine).await.parts.is_empty(), "a program has none of its own");
        assert_eq!(part(&desk, &program, Of::All, clocks).await, [marias, ruis]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_still_is_of_today_and_so_is_a_reply_that_is_held_back() {
    on_each_database(async |desk| {
        let (courier, ana, bo) = (Courier::default(), agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let id = wrote(&desk, MARIA, "one").await;
        let (party, suggestion, body, at) = (None, None, "It is done.".to_owned(), When::At(desk.now() + SignedDuration::from_hours(1)));
        let later = SendLater { ticket: id, party, suggestion, body, files: Vec::new(), seen: None, at, key: None };
        desk.handle(&ana, Command::Work(Work::SendLater(later))).await.unwrap();
        let raw = "From: maria@acme.example\nTo: help@desk.example\nMessage-ID: <b@x>\nIn-Reply-To: <one@acme.example>\n\nWait!\n";
        mail_in(&desk, raw).await.unwrap();
        pass(&desk, SignedDuration::from_hours(2)).await;
        for (of, who, expected) in [(Of::Mine, &ana, 1), (Of::Teams, &ana, 1), (Of::All, &bo, 1), (Of::Mine, &bo, 0), (Of::Teams, &bo, 0)] {
            assert_eq!(seen(&desk, who, of).await.held.0.len(), expected, "{of:?}");
        }
        let narrow = Actor::Agent { id: bo.agent_id().unwrap(), name: "Bo".to_owned(), role: Role::Collaborator };
        assert!(seen(&desk, &narrow, Of::All).await.held.0.is_empty());
        let held = seen(&desk, &ana, Of::Mine).await.held.0.remove(0);
        assert_eq!((held.ticket, held.writer.as_str(), held.why.as_str()), (id, "Ana", "crossed"));

        replied(&desk, id).await;
        pass(&desk, SignedDuration::from_hours(24 * 5 + 1)).await;
        assert_eq!(ticket(&desk, id).await.state, "waiting");
        assert_eq!(part(&desk, &ana, Of::Teams, PartName::Paused).await, [id]);
        assert_eq!(part(&desk, &ana, Of::Teams, PartName::Waiting).await, []);
        pass(&desk, SignedDuration::from_hours(24 * 5)).await;
        assert_eq!(ticket(&desk, id).await.state, "open", "a week without a word brought it back");
        assert_eq!(part(&desk, &ana, Of::Teams, PartName::Waiting).await, [id]);
        assert_eq!(part(&desk, &ana, Of::Teams, PartName::Paused).await, []);
        desk.settle(&courier).await.unwrap();
    })
    .await;
}
