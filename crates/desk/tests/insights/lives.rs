//! Random lives of tickets: what was added up as things happened is what a slow count of all history has.

use desk::insights::{Asked, Figures, FirstAnswer, fill};
use desk::messages::{self, Kind};
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::Ticket;
use desk::tickets::facts::{Side, acknowledges};
use desk::{Desk, contacts};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use store::Id;

use super::open::{all_tickets, on_each_database, pass};
use super::{MARIA, RUI, asked, chose, figures, forget, lead, merged, replied, unmerged, wrote, wrote_again};

/// What somebody does, to one of the tickets that there are.
#[derive(Clone, Debug)]
enum Deed {
    Write,
    WriteAgain,
    Reply,
    Choose(&'static str),
    Merge,
    Unmerge,
}

fn deed() -> impl Strategy<Value = (Deed, prop::sample::Index, i64)> {
    let choices = prop::sample::select(vec!["solve", "close", "reopen", "more_time"]);
    let deed = prop_oneof![
        3 => Just(Deed::Write),
        4 => Just(Deed::WriteAgain),
        4 => Just(Deed::Reply),
        5 => choices.prop_map(Deed::Choose),
        1 => Just(Deed::Merge),
        1 => Just(Deed::Unmerge),
    ];
    // Up to a day and a half until the next one; now and then a week.
    (deed, any::<prop::sample::Index>(), prop_oneof![6 => 1..130_000_i64, 1 => 400_000..700_000_i64])
}

async fn live(desk: &Desk, deeds: Vec<(Deed, prop::sample::Index, i64)>) -> usize {
    let (mut tickets, mut done): (Vec<(Id, &str, String)>, usize) = (Vec::new(), 0);
    for (number, (deed, index, rest)) in deeds.into_iter().enumerate() {
        if tickets.is_empty() || matches!(deed, Deed::Write) {
            let (who, name) = (if number % 3 == 0 { RUI } else { MARIA }, format!("t{number}"));
            tickets.push((wrote(desk, who, &name).await, who, name));
        } else {
            let (id, who, name) = index.get(&tickets);
            done += usize::from(match deed {
                Deed::Write => unreachable!("handled above"),
                Deed::WriteAgain => {
                    wrote_again(desk, who, name, number).await;
                    true
                }
                Deed::Reply => replied(desk, *id).await,
                Deed::Choose(choice) => chose(desk, *id, choice).await,
                Deed::Merge => merged(desk, *id, tickets[0].0).await,
                Deed::Unmerge => unmerged(desk, *id).await,
            });
        }
        pass(desk, SignedDuration::from_secs(rest)).await;
    }
    done
}

/// What the history of a ticket says: when it stood where, and when it was answered.
struct Told {
    ticket: Ticket,
    sides: Vec<(Timestamp, Side)>,
    answered_at: Option<Timestamp>,
}

async fn told(desk: &Desk) -> Vec<Told> {
    let (scope, mut told) = (Scope::of(&lead()).unwrap(), Vec::new());
    for ticket in
        all_tickets(desk).await.into_iter().map(|row| row.ticket).filter(|ticket| ticket.merged_into.is_none())
    {
        let conn = &mut desk.read().await.unwrap();
        let handbook = desk.handbooks.current(conn).await.unwrap();
        let playbook = handbook.playbook(&ticket.playbook).unwrap();
        let steps = history::of_ticket(conn, scope, ticket.id, 10_000).await.unwrap();
        let mut sides = vec![(ticket.created_at, Side::Us)];
        for step in steps.iter().filter(|step| step.fault.is_none()) {
            let standing = playbook.standing(step.to.as_deref().unwrap()).unwrap();
            sides.push((step.created_at, Side::of(standing.status, &standing.waiting_on)));
        }
        sides.dedup_by_key(|(_, side)| *side);
        let asker = contacts::find(conn, ticket.requester).await.unwrap().unwrap().address;
        let said = messages::of_ticket(conn, scope, ticket.id, 10_000).await.unwrap();
        let answers = said.iter().filter(|said| said.ticket == ticket.id && said.recipient == asker);
        let answered_at = answers.into_iter().find(|said| match said.kind {
            Kind::Reply => true,
            Kind::Automatic => {
                let at = steps.iter().enumerate().filter(|(_, step)| step.created_at == said.created_at);
                !acknowledges(&at.map(|(place, step)| (step.event.clone(), place == 0)).collect::<Vec<_>>())
            }
            Kind::Note | Kind::Incoming => false,
        });
        told.push(Told { sides, answered_at: answered_at.map(|said| said.created_at), ticket });
    }
    told
}

/// The figures of a window, ticket by ticket and stretch by stretch.
fn slowly(told: &[Told], (from, to): (Timestamp, Timestamp), now: Timestamp) -> Figures {
    let (mut figures, mut answers, mut micros) = (Figures::default(), Vec::new(), [0_i64; 2]);
    let within = |at: Timestamp| from <= at && at < to;
    for life in told {
        figures.opened += i64::from(within(life.ticket.created_at));
        for (place, (at, side)) in life.sides.iter().enumerate() {
            let until = life.sides.get(place + 1).map_or(Timestamp::MAX, |(at, _)| *at);
            let was_done = place > 0 && life.sides[place - 1].1 == Side::Done;
            figures.closed += i64::from(place > 0 && *side == Side::Done && within(*at));
            figures.reopened += i64::from(was_done && within(*at));
            figures.open += i64::from(*side != Side::Done && *at < to && until >= to);
            let (begin, end) = ((*at).max(from), until.min(to).min(now));
            if begin < end && *side != Side::Done {
                micros[usize::from(*side == Side::Them)] += end.as_microsecond() - begin.as_microsecond();
            }
        }
        if let Some(at) = life.answered_at.filter(|at| within(*at)) {
            answers.push(at.as_microsecond() - life.ticket.created_at.as_microsecond());
        }
    }
    answers.sort_unstable();
    figures.answered = answers.len() as i64;
    if !answers.is_empty() {
        let middle = |place: usize| answers[place.min(answers.len() - 1)];
        let median = (middle((answers.len() - 1) / 2) + middle(answers.len() / 2)) / 2;
        let ninetieth = answers[(answers.len() as f64 * 0.9).ceil() as usize - 1];
        figures.first_answer = Some(FirstAnswer { median: median / 1_000_000, ninetieth: ninetieth / 1_000_000 });
    }
    figures.waited_us = micros[0] / 1_000_000;
    figures.waited_them = micros[1] / 1_000_000;
    figures
}

async fn compare(desk: &Desk, told: &[Told], days: &Asked) {
    let quick = figures(desk, days).await;
    let window = |span: desk::insights::Span| span.instants(&days.zone).unwrap();
    assert_eq!(quick.total.now, slowly(told, window(days.span), desk.now()), "{days:?}");
    assert_eq!(quick.total.before, slowly(told, window(quick.before), desk.now()), "before {days:?}");
    for part in &quick.parts {
        let slow = slowly(told, window(part.days), desk.now());
        assert_eq!(
            (part.opened, part.closed, part.reopened, part.open),
            (slow.opened, slow.closed, slow.reopened, slow.open),
            "{part:?}"
        );
    }
    for line in &quick.organizations {
        let theirs = |told: &&Told| told.ticket.organization == line.key.as_ref().map(|known| known.id);
        let theirs: Vec<Told> = told
            .iter()
            .filter(theirs)
            .map(|told| Told { ticket: told.ticket.clone(), sides: told.sides.clone(), ..*told })
            .collect();
        assert_eq!(line.figures.now, slowly(&theirs, window(days.span), desk.now()), "{:?}", line.key);
    }
}

#[tokio::test]
async fn what_is_added_up_as_it_happens_is_what_a_slow_count_of_all_history_has() {
    on_each_database(async |desk| {
        let mut chance = TestRunner::new(Config::default());
        let deeds = prop::collection::vec(deed(), 70).new_tree(&mut chance).unwrap().current();
        assert!(live(&desk, deeds).await > 15, "most of it can be done");
        let told = told(&desk).await;
        let (today, zone) = (desk.now().to_zoned(jiff::tz::TimeZone::UTC).date(), |place: usize| {
            ["UTC", "Asia/Kathmandu", "America/St_Johns"][place % 3]
        });
        let spans = prop::collection::vec((0..90_i64, 0..80_i64), 12).new_tree(&mut chance).unwrap().current();
        for again in 0..2 {
            for (place, (back, days)) in spans.iter().enumerate() {
                let last = today.checked_sub(jiff::Span::new().days(*back)).unwrap();
                let first = last.checked_sub(jiff::Span::new().days(*days)).unwrap();
                compare(&desk, &told, &asked(&first.to_string(), &last.to_string(), zone(place))).await;
            }
            if again == 0 {
                forget(&desk).await;
                fill::all(&desk.ground, &desk.handbooks).await.unwrap();
            }
        }
    })
    .await;
}
